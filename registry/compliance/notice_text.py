"""The wording of a privacy notice, taken apart once for all records that name it: its language, words, periods, places."""

import re
import unicodedata
from collections import Counter
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from registry.compliance.periods import months_of
from registry.record.remembered import Memo
from registry.reference.countries import by_code, names_of
from registry.reference.retention import PeriodUnit

ENGLISH, FRENCH, GERMAN = "en", "fr", "de"

_USUAL = {
    ENGLISH: "the and of to for with your you our that this by are from or on be have any which if not when may their",
    FRENCH: "le les des du et vous nous vos votre pour dans une aux au est sur par ou qui sont avec leur ces cette",
    GERMAN: "der die das und den dem des wir ihre ihrer ihnen zu zur zum von fur mit ist oder nicht im werden auf eine bei",
}
"""Words that stand in every text of these languages, and together make up a fifth of it and more."""
_LANGUAGE_OF = {word: language for language, words in _USUAL.items() for word in words.split()}

LEAST_WORDS = 100
"""A text of fewer words can't be a whole notice: a sign, a link, a first paragraph."""
_LEAST_SHARE = 0.12
"""So much of a notice are the usual words of its language; of a text in another language they are less."""

_JOINED = re.compile(r"\u00ad|[\u200b-\u200d\u2060]|(?<=\w)-\n(?=[a-zà-öø-ÿ])")
"""What stands within a word where lines are broken, as copied from a page or a PDF."""
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_BETWEEN = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return the words of a text without case, accents and marks, a blank between two."""
    letters = unicodedata.normalize("NFKD", _JOINED.sub("", text).casefold())
    return _BETWEEN.sub(" ", _ACCENTS.sub("", letters)).strip()


def language_of(words: list[str], least: int) -> str:
    """Return the language of these words; empty where fewer than ``least`` usual ones tell, or two languages do."""
    counted = Counter(_LANGUAGE_OF[word] for word in words if word in _LANGUAGE_OF).most_common(2)
    if not counted or counted[0][1] < least or (len(counted) > 1 and counted[1][1] * 2 > counted[0][1]):
        return ""
    return counted[0][0]


class NoticeText:
    """The wording of one notice. What it is asked for is looked for once, and remembered."""

    def __init__(self, wording: str) -> None:
        self.wording = wording
        self.plain = f" {plain(wording)} "
        words = self.plain.split()
        is_whole = len(words) >= LEAST_WORDS
        self.language = language_of(words, round(len(words) * _LEAST_SHARE)) if is_whole else ""
        """English, French or German; empty for any other, and for what is too short to be a notice."""
        self.holds: Memo[str, bool] = Memo(self.plain.__contains__)
        """Whether these letters stand anywhere; with a blank before them, at the beginning of a word."""
        self.says: Memo[re.Pattern[str], bool] = Memo(lambda pattern: bool(pattern.search(self.plain)))
        self.names: Memo[str, bool] = Memo(self._names)
        """Whether the country of this code is named, in one of the three languages."""

    @cached_property
    def joined(self) -> str:
        """The letters without any blank: by them a name is found however it is parted."""
        return self.plain.replace(" ", "")

    @cached_property
    def months(self) -> frozenset[float]:
        """All periods that it may name, in months: each number with every unit that stands a few words off."""
        return frozenset(_months(self.plain.split()))

    def names_period(self, months: float) -> bool:
        """Say whether it may name this period, perhaps in another unit."""
        return any(abs(said - months) <= _NEARLY * months for said in self.months)

    def _names(self, code: str) -> bool:
        short = code if code in _SHORT else ""
        if short and re.search(rf"\b{_SHORT[short]}\b", self.wording):
            return True
        return bool(_country(code).search(self.plain))


@lru_cache(maxsize=100)
def text_of(wording: str) -> NoticeText:
    """Return a wording taken apart, once for all that ask about it."""
    return NoticeText(wording)


def ended_on(notice: Any, on: date) -> date | None:
    """Return the last day of a notice of the catalogue that isn't valid any more on a day, or that of its retiring."""
    if notice.valid_until is not None and notice.valid_until < on:
        return notice.valid_until  # type: ignore[no-any-return]
    if notice.retired_on is not None and notice.retired_on <= on:
        return notice.retired_on  # type: ignore[no-any-return]
    return None


_NEARLY = 0.08
"""Four weeks are called a month, and ninety days a quarter."""

_SHORT = {"US": r"U\.?S\.?(?:A\.?)?(?!\w)", "GB": r"(?:U\.?K\.?|GB)(?!\w)", "AE": "(?:UAE|VAE|EAU)"}
"""Short forms by which countries are known, in capitals: "us" is a word."""
_ALSO = {
    "US": ("american", "amerikan", "americain", "vereinigt\\w* staaten", "data privacy framework"),
    "GB": ("british", "britisch", "britanni", "vereinigt\\w* konigreich"),
    "CH": ("swiss",),
    "IN": ("indisch",),
    "CN": ("chines", "chinois"),
}
"""How countries are called in other cases and as adjectives, beside names that merely end in more letters."""


@lru_cache(maxsize=300)
def _country(code: str) -> re.Pattern[str]:
    names = {plain(name) for name in names_of(by_code(code))}
    whole = sorted(name for name in names if len(name) == 4)
    begun = sorted(name for name in names if len(name) > 4)
    found = [rf"(?:{'|'.join(begun)})\w{{0,4}}"] if begun else []
    found += [rf"(?:{'|'.join(whole)})"] if whole else []
    found += [rf"(?:{'|'.join(_ALSO[code])})\w*"] if code in _ALSO else []
    return re.compile(rf" (?:{'|'.join(found)}) ") if found else re.compile(r"(?!)")


_NUMBERS = {
    **dict.fromkeys(("half", "halb", "halbes", "halben", "demi"), 0.5),
    **dict.fromkeys(("a", "one", "first", "ein", "eine", "einem", "einen", "einer", "eines", "un", "une", "premiere"), 1),
    **{
        word: number
        for number, words in enumerate(
            (
                "two second zwei zweiten deux deuxieme", "three third drei dritten trois troisieme",
                "four fourth vier vierten quatre quatrieme", "five fifth funf funften cinq cinquieme",
                "six sixth sechs sechsten sixieme", "seven seventh sieben siebten sept septieme",
                "eight eighth acht achten huit huitieme", "nine ninth neun neunten neuf neuvieme",
                "ten tenth zehn zehnten dix dixieme", "eleven elf onze", "twelve twelfth zwolf zwolften douze douzieme",
                "thirteen dreizehn treize", "fourteen vierzehn quatorze", "fifteen funfzehn quinze",
            ), start=2,
        )
        for word in words.split()
    },
    **dict.fromkeys(("eighteen", "achtzehn"), 18),
    **dict.fromkeys(("twenty", "zwanzig", "vingt"), 20),
    **dict.fromkeys(("thirty", "dreissig", "trente"), 30),
    **dict.fromkeys(("forty", "vierzig", "quarante"), 40),
    **dict.fromkeys(("fifty", "funfzig", "cinquante"), 50),
    **dict.fromkeys(("sixty", "sechzig", "soixante"), 60),
    **dict.fromkeys(("ninety", "neunzig"), 90),
    **dict.fromkeys(("hundred", "hundert", "cent"), 100),
}  # fmt: skip
_GERMAN_NUMBERS = "|".join(sorted((word for word in _NUMBERS if len(word) > 3), key=len, reverse=True))
_UNIT = re.compile(
    rf"(?P<number>{_GERMAN_NUMBERS}|elf)?(?:kalender|werk|arbeits|geschafts|bank)?"
    r"(?:(?P<year>years?(?:ly)?|jahr\w{0,12}|ans?|annees?)|(?P<quarter>quarters?|quartal\w{0,2}|trimestres?)"
    r"|(?P<half>semest\w{1,4}|halbjahr\w{0,4})|(?P<month>months?|monat\w{0,12}|mois)"
    r"|(?P<week>weeks?|woche\w{0,12}|wochig\w{0,2}|semaines?)|(?P<hour>hours?|stunden?|heures?)|(?P<day>days?|tag(?:en?|s|e?s\w{0,8}|ig\w{0,2})?|jours?))"
)
"""A word that names a unit of time, with its number where German makes one word of both."""
_OF_UNIT = {
    "year": (1, PeriodUnit.YEAR), "half": (6, PeriodUnit.MONTH), "quarter": (3, PeriodUnit.MONTH),
    "month": (1, PeriodUnit.MONTH), "week": (1, PeriodUnit.WEEK), "day": (1, PeriodUnit.DAY), "hour": (1 / 24, PeriodUnit.DAY),
}  # fmt: skip
_BEFORE, _BEHIND = 10, 2
"""So many words may stand between a unit and its number: "6 or, for invoices, 10 full calendar years"."""


def _months(words: list[str]) -> set[float]:
    found: set[float] = set()
    for place, word in enumerate(words):
        unit = _UNIT.fullmatch(word)
        if unit is None:
            continue
        times, name = _OF_UNIT[next(key for key in _OF_UNIT if unit[key])]
        around = [*words[max(place - _BEFORE, 0) : place], *words[place + 1 : place + 1 + _BEHIND]]
        numbers = {number for other in around if (number := _number(other))}
        numbers |= {_NUMBERS.get(unit["number"] or "", 1 if times > 1 else 0), *_tens(around)}
        numbers |= {1 + _number(other) for other in words[place + 2 : place + 3] if words[place + 1] == "plus"}
        found |= {months for number in numbers if (months := _in_months(number * times, name))}
    return found


def _number(word: str) -> float:
    if word.isdecimal():
        return int(word) if len(word) <= _DIGITS else 0
    return _NUMBERS.get(word, 0)


_DIGITS = 3
"""A number of four digits is a year of the calendar."""


def _tens(words: list[str]) -> set[float]:
    """Return the numbers of two words, such as forty eight."""
    said = [_number(word) for word in words]
    return {one + other for one, other in pairwise(said) if one in range(20, 100, 10) and 0 < other < 10}


def _in_months(number: float, unit: str) -> float:
    return 0 if not number else months_of(number, unit) or 0
