"""Finds periods in the words of a time limit: a suggestion for a person to accept, never a value by itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from registry.imports.parsing.brackets import split_outside
from registry.imports.parsing.folding import fold
from registry.reference.retention import PeriodUnit

_UNIT_WORDS: Mapping[PeriodUnit, str] = {
    PeriodUnit.DAY: r"days?|(?:kalender|werk)?tage?n?|jours?|giorn[oi]|d[ií]as?|dagen|dag(?:ar|e|er)?|døgn|dygn|dni|dzień",
    PeriodUnit.WEEK: r"weeks?|wochen?|semaines?|settiman[ae]|semanas?|weken|week|veck(?:a|or)|uker?|uger?|tydzień|tygodni[ea]?",
    PeriodUnit.MONTH: r"months?|monate?n?|mois|mes[ei]|mes(?:es)?|m[êe]s|maand(?:en)?|månad(?:er)?|måned(?:er)?|miesi[ąę]c(?:y|e|a)?",
    PeriodUnit.YEAR: r"years?|yrs?|(?:kalender|geschäfts)?jahre?n?|ans?|ann[ée]es?|ann[oi]|años?|anos?|jaar|jaren|år|lata?|lat|rok(?:u)?",
}
_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "one ein eine einem einen einer un une uno una um uma een en ett et jeden",
            "two zwei deux due dos dois duas twee två to dwa",
            "three drei trois tre tres três drie trzy",
            "four vier quatre quattro cuatro quatro fyra fire cztery",
            "five fünf fuenf cinq cinque cinco vijf fem pięć",
            "six sechs sei seis zes sex seks sześć",
            "seven sieben sept sette siete sete zeven sju syv siedem",
            "eight acht huit otto ocho oito åtta åtte otte osiem",
            "nine neun neuf nove nueve negen nio ni dziewięć",
            "ten zehn dix dieci diez dez tien tio ti dziesięć",
            "eleven elf onze undici once",
            "twelve zwölf zwoelf douze dodici doce doze twaalf tolv dwanaście",
        ),
        1,
    )
    for word in words.split()
}
_WORDS = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_UNITS = "|".join(f"(?P<{unit.value}>{words})" for unit, words in _UNIT_WORDS.items())
_PERIOD = re.compile(
    rf"(?<![\w.,/§-])(?:(?P<digits>\d{{1,4}})|(?P<word>{_WORDS}))(?:\s*\(\s*\w+\s*\))?[\s-]*(?:{_UNITS})(?!\w)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?:\d\s*(?:[-–]|bis|to|à|a|bis zu|tot|hasta|até|till|til|do)\s*)\Z", re.IGNORECASE)
_FROM = re.compile(
    r"""\s*,?\s*(?:(?:beginnend\s+)?(?:ab|nach|seit|beginnend\s+mit|gerechnet\s+ab)\b(?:\s+(?:dem|der|den|des))?
    |(?:starting\s+)?(?:from|after|following|since|counted\s+from|as\s+of|beyond|post)\b(?:\s+the)?
    |(?:à\s+compter|à\s+partir|après|depuis|suivant|dès)\b(?:\s+(?:de\s+la|de\s+l['’]|du|des|de|la|le|les|l['’]|d['’]))?
    |(?:dopo|a\s+decorrere|a\s+partire|dall[ao]|dall['’]|dal|successiv[ia])\b(?:\s+(?:all[ao]|al|dall[ao]|dal|la|il|lo))?
    |(?:desde|despu[eé]s|tras|a\s+partir|a\s+contar|contados\s+desde)\b(?:\s+(?:de\s+la|del|de|el|la))?
    |(?:após|depois|ap[oó]s|a\s+contar|desde)\b(?:\s+(?:d[aeo]|a|o))?
    |(?:na|vanaf|sinds|volgend\s+op)\b(?:\s+(?:het|de))?
    |(?:efter|från\s+och\s+med|från|räknat\s+från|etter|fra|regnet\s+fra|at\s+regne\s+fra)\b(?:\s+(?:det\s+att|at|den|det|de))?
    |(?:od|po|licząc\s+od|począwszy\s+od)\b(?:\s+(?:dnia|momentu|daty))?)\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_PLUS = re.compile(r"\s*(?P<words>(?:plus|\+)\s*(?:the\s+)?current(?:\s+(?:financial\s+|tax\s+)?year)?)", re.IGNORECASE)
_SOURCE = re.compile(r"\s*,?\s*\(?(?:gemäß|gem\.|nach|laut|according\s+to|under|selon|conformément\s+à|ai\s+sensi\s+(?:di|dell['’])|según|conforme|krachtens)?\s*(?P<source>(?:§|Art\.|Section\s+\d|HGB|AO\b|BGB|SGB|L\.\s*\d|R\.\s*\d)[^;\n()]*)", re.IGNORECASE)  # fmt: skip
_UNTIL = re.compile(
    r"""\A\s*(?:until|till|up\s+to|bis(?:\s+(?:zum|zur|zu))?|jusqu['’](?:à\s+la|à\s+l['’]|au|à|en)|fino\s+(?:alla|al|a)|hasta(?:\s+(?:la|el))?|at[eé](?:\s+(?:a|o|ao|à))?|tot(?:\s+(?:en\s+met\s+)?)?|till(?:\s+(?:dess|och\s+med))?|fram\s+till|inntil|frem\s+til|indtil|til|do(?:\s+(?:czasu|momentu|dnia))?)\s+(?P<event>\D[^;\n]*)""",
    re.IGNORECASE | re.VERBOSE,
)
_PERMANENT = frozenset(
    """permanent permanently indefinitely unbefristet dauerhaft illimite illimitee indefini permanente illimitato a tempo indeterminato
    indefinido indefinidamente permanentemente onbeperkt permanent blijvend for ever forever unlimited bevaras arkiveras permanent tills vidare ubegrenset ubegraenset tidsubegroenset bezterminowo wieczyscie trwale""".split()
)
_LONGEST = 5000
"""Longer text is a policy, not a time limit."""


@dataclass(frozen=True)
class PeriodSuggestion:
    """A period that a text may mean: number and unit ("" and None where it ends with an event), from or until what.

    ``source`` is the passage that says so; ``legal_source`` a provision named behind it.
    """

    number: int | None
    unit: str
    trigger: str
    source: str
    legal_source: str = ""
    until: bool = False
    permanent: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the suggestion as plain values."""
        return asdict(self)


def suggest_periods(text: str) -> list[PeriodSuggestion]:
    """Return the periods that a time limit's words name, in order; nothing for words without any, or for ranges."""
    found: list[PeriodSuggestion] = []
    for part, _ in split_outside(text[:_LONGEST], ";\n"):
        found += _of_part(part)
    return found


def _of_part(part: str) -> Iterator[PeriodSuggestion]:
    matches = [match for match in _PERIOD.finditer(part) if not _RANGE.search(part[: match.start()])]
    ranged = {match.start() for match in _PERIOD.finditer(part)} - {match.start() for match in matches}
    if ranged:
        return
    if until := _UNTIL.match(part):
        yield PeriodSuggestion(None, "", _tidy(until["event"]), part.strip(), until=True)
    elif not matches and fold(part) in _PERMANENT:
        yield PeriodSuggestion(None, "", "", part.strip(), permanent=True)
    for place, match in enumerate(matches):
        end = matches[place + 1].start() if place + 1 < len(matches) else len(part)
        yield _suggestion(match, part[match.end() : end])


def _suggestion(match: re.Match[str], behind: str) -> PeriodSuggestion:
    number = int(match["digits"]) if match["digits"] else _NUMBER_WORDS[match["word"].lower()]
    unit = next(unit.value for unit in PeriodUnit if match[unit.value])
    source = _SOURCE.match(behind)
    plus = _PLUS.match(behind)
    begins = None if source else _FROM.match(behind)
    trigger = _tidy(behind[begins.end() :]) if begins else plus["words"].strip() if plus else ""
    said = (match[0] + behind).strip(" ,;:–—-")
    return PeriodSuggestion(number, unit, trigger, said, _tidy(source["source"]) if source else "")


_ENDS = re.compile(r"\s*(?:[;\n]|,\s+(?=\D*\d)|(?<=\w)\.\s|\s(?:and|und|et|e|y|en|or|oder|ou|o|sowie)\s*\Z|,\s+(?:then|danach|dann|anschließend|puis|ensuite|poi|luego|después|depois|daarna)\s|\(|,\s*\Z).*", re.DOTALL)  # fmt: skip


def _tidy(text: str) -> str:
    return _ENDS.sub("", text).strip(" .,;:–—-()/")
