"""Matches the words of a cell against a closed list: by value, by label or by a synonym that is given."""

from collections.abc import Iterable, Mapping

from registry.imports.parsing.folding import fold

STATUS_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "draft": ("draft", "Entwurf", "in Bearbeitung", "in Arbeit", "in Erstellung", "brouillon", "projet", "bozza", "borrador", "rascunho", "concept", "ontwerp"),
    "in_review": (
        "in review", "under review", "in Prüfung", "in Freigabe", "zur Freigabe", "zur Prüfung", "en révision", "en cours de validation",
        "in revisione", "en revisión", "em revisão", "in beoordeling",
    ),
    "approved": ("approved", "freigegeben", "genehmigt", "validé", "approuvé", "approvato", "aprobado", "aprovado", "goedgekeurd"),
    "retired": (
        "retired", "stillgelegt", "außer Betrieb", "beendet", "eingestellt", "decommissioned", "discontinued", "abandonné", "arrêté",
        "dismesso", "retirado", "descontinuado", "buiten gebruik", "beëindigd",
    ),
}  # fmt: skip
"""Words that plainly name a status of a record. Words about the processing itself ("aktiv", "live", "in Betrieb") are not
among them: that something runs does not mean that anybody approved its record."""


def match_choice(
    text: str, choices: Iterable[tuple[str, object]], synonyms: Mapping[str, Iterable[str]] | None = None
) -> str | None:
    """Return the value of the choice that the text names, or None if it names none, or more than one.

    `choices` are pairs of value and label, as Django's `Choices.choices` gives them; spelling is compared without case,
    accents and punctuation. `synonyms` maps values to further words; values that are no choice are left out.
    """
    wanted = fold(text)
    if not wanted:
        return None
    names = [(value, {fold(value), fold(str(label))}) for value, label in choices]
    further = synonyms or {}
    found = {
        value for value, spellings in names if wanted in spellings | {fold(word) for word in further.get(value, ())}
    }
    return found.pop() if len(found) == 1 else None


def parse_choice(
    text: str, choices: Iterable[tuple[str, object]], synonyms: Mapping[str, Iterable[str]] | None = None
) -> str:
    """Return the value of the choice that the text names; raises ValueError naming the accepted labels where it names none."""
    known = list(choices)
    found = match_choice(text, known, synonyms)
    if found is None:
        raise ValueError(
            f"“{text.strip()}” is not one of the accepted values: {', '.join(str(label) for _, label in known)}."
        )
    return found
