"""Matches the words of a cell against a closed list: by value, by label or by a synonym that is given."""

from collections.abc import Iterable, Mapping

from registry.imports.parsing.folding import fold

STATUS_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "draft": ("draft", "Entwurf", "in Bearbeitung", "in Arbeit", "in Erstellung", "brouillon", "projet", "bozza", "borrador", "rascunho", "concept", "ontwerp"),
    "in_review": (
        "in review", "under review", "in Prüfung", "in Freigabe", "zur Freigabe", "zur Prüfung", "en révision", "en cours de validation", "à approuver",
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

ROLE_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "controller": (
        "controller", "data controller", "sole controller", "Verantwortlicher", "Verantwortliche", "verantwortliche Stelle", "alleiniger Verantwortlicher",
        "responsable", "responsable de traitement", "responsable du traitement", "RT", "titolare", "titolare del trattamento", "responsable del tratamiento",
        "controlador", "responsável", "responsável pelo tratamento", "verwerkingsverantwoordelijke",
    ),
    "joint_controller": (
        "joint controller", "joint controllers", "joint", "gemeinsam Verantwortlicher", "gemeinsam Verantwortliche", "gemeinsame Verantwortung", "responsable conjoint",
        "responsables conjoints", "co-responsable", "coresponsable", "contitolare", "contitolari", "corresponsable", "corresponsables", "responsável conjunto",
        "cocontrolador", "controlador conjunto", "gezamenlijk verwerkingsverantwoordelijke", "gezamenlijke verwerkingsverantwoordelijke",
    ),
    "processor": (
        "processor", "data processor", "Auftragsverarbeiter", "Auftragsverarbeiterin", "Auftragsbearbeiter", "sous-traitant", "ST", "responsabile", "responsabile del trattamento",
        "responsabile esterno", "encargado", "encargado del tratamiento", "operador", "subcontratante", "verwerker",
    ),
}  # fmt: skip
"""Words that plainly name our own role in an activity."""

ASSESSMENT_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "not_started": (
        "not started", "to do", "open", "nicht begonnen", "offen", "ausstehend", "non commencée", "à faire", "non iniziata", "da fare",
        "no iniciada", "pendiente", "não iniciada", "pendente", "niet gestart", "planned", "to be done", "geplant", "durchzuführen", "noch durchzuführen", "à réaliser", "à effectuer", "prévue", "planifiée", "da effettuare", "da svolgere",
        "por realizar", "a realizar", "planificada", "planejada", "gepland", "nog uit te voeren",
    ),
    "in_progress": (
        "in progress", "ongoing", "in Bearbeitung", "in Arbeit", "laufend", "en cours", "in corso", "en curso", "em curso",
        "em andamento", "in uitvoering", "lopend",
    ),
    "completed": (
        "complete", "completed", "done", "abgeschlossen", "durchgeführt", "erledigt", "terminée", "réalisée", "effectuée", "completata",
        "conclusa", "effettuata", "completada", "realizada", "finalizada", "concluída", "realizado", "voltooid", "afgerond", "uitgevoerd",
    ),
    "not_required": (
        "not required", "not needed", "not applicable", "nicht erforderlich", "nicht notwendig", "entfällt", "non requise", "non nécessaire",
        "non necessaria", "non richiesta", "no necesaria", "no requerida", "não necessária", "não necessário", "niet vereist", "niet nodig",
    ),
    "required": ("required", "needed", "erforderlich", "notwendig", "requise", "nécessaire", "obligatoire", "necessaria", "richiesta",
        "obbligatoria", "requerida", "obligatoria", "necessária", "obrigatória", "vereist", "nodig", "verplicht"),
    "low": ("low", "gering", "niedrig", "faible", "basso", "bajo", "baixo", "laag"),
    "medium": ("medium", "moderate", "mittel", "moyen", "modéré", "medio", "médio", "gemiddeld"),
    "high": ("high", "hoch", "élevé", "fort", "alto", "elevato", "elevado", "hoog"),
}  # fmt: skip
"""Words that plainly name the state, the conclusion or the residual risk of an assessment."""


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
