"""The countries of ISO 3166-1, their names in three languages, and who belonged to the Union and the EEA when."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.functional import lazy
from django.utils.translation import get_language

from registry.reference.source import SourcedRow
from registry.reference.table import DATA_FOLDER, Cells, optional_date, provenance, read_table


@dataclass(frozen=True, kw_only=True)
class Country(SourcedRow):
    """One country or territory of ISO 3166-1.

    Each `_from` is the first and each `_until` the last day of a membership. `territory_of` is the code of the Member
    State whose membership covers the territory, such as FR for Réunion, and "" otherwise.
    """

    code: str
    alpha3: str
    name_en: str
    name_de: str
    name_fr: str
    aliases: tuple[str, ...]
    eu_from: date | None
    eu_until: date | None
    eea_from: date | None
    eea_until: date | None
    territory_of: str

    @property
    def name(self) -> str:
        """The name in the language in force."""
        return {"de": self.name_de, "fr": self.name_fr}.get((get_language() or "").split("-")[0], self.name_en)

    @property
    def in_sentence(self) -> str:
        """The name as it stands in a sentence: “in the United States”. German and French put it in brackets."""
        is_english = (get_language() or "en").startswith("en")
        return f"the {self.name}" if is_english and _WITH_ARTICLE.search(self.name) else self.name


_WITH_ARTICLE = re.compile(
    r"^(?:United |Democratic |Central African |Dominican |British |Isle )|(?:Islands|Territory|Territories)$"
    r"|^(?:Netherlands|Philippines|Bahamas|Gambia|Comoros|Maldives|Seychelles)$"
)


def _country(cells: Cells) -> Country:
    return Country(
        code=cells["code"],
        alpha3=cells["alpha3"],
        name_en=cells["name_en"],
        name_de=cells["name_de"],
        name_fr=cells["name_fr"],
        aliases=tuple(filter(None, cells["aliases"].split("|"))),
        eu_from=optional_date(cells["eu_from"]),
        eu_until=optional_date(cells["eu_until"]),
        eea_from=optional_date(cells["eea_from"]),
        eea_until=optional_date(cells["eea_until"]),
        territory_of=cells["territory_of"],
        **provenance(cells),
    )


def _key(text: str) -> str:
    """Return the text without case, accents, full stops, apostrophes and doubled spaces; other marks become spaces."""
    bare = text.casefold().translate({ord(mark): None for mark in ".'\N{RIGHT SINGLE QUOTATION MARK}"})
    letters = (letter for letter in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def names_of(country: Country) -> tuple[str, ...]:
    """Return everything the country answers to: its codes, its names in English, German and French, its aliases."""
    return (
        country.code,
        country.alpha3,
        country.name_en,
        country.name_de,
        country.name_fr,
        *country.aliases,
    )


COUNTRIES: tuple[Country, ...] = read_table(DATA_FOLDER / "countries.csv", _country)
_BY_CODE: dict[str, Country] = {country.code: country for country in COUNTRIES}
_BY_NAME: dict[str, Country] = {_key(name): country for country in COUNTRIES for name in names_of(country)}


def _name(code: str) -> str:
    return _BY_CODE[code].name


_lazy_name = lazy(_name, str)
CHOICES: tuple[tuple[str, str], ...] = tuple(
    (country.code, _lazy_name(country.code)) for country in sorted(COUNTRIES, key=lambda country: _key(country.name_en))
)
"""Each code with its name, which is read in the language in force when it is shown."""


def by_code(code: str) -> Country:
    """Return the country of an ISO 3166-1 alpha-2 code in capitals; raises KeyError for any other text."""
    return _BY_CODE[code]


def find_country(text: str) -> Country | None:
    """Return the country that the whole text names, whatever its case and accents, or None.

    Words such as "no", "is" or "it" are country codes too: the caller sorts out placeholders before asking.
    """
    return _BY_NAME.get(_key(text))


_SHORT = re.compile(r"\b(?:USA?|UK|GB|UAE)\b")
"""Codes that stand for a country within words too; others are words of some language."""

_LONGEST = max(len(name.split()) for name in _BY_NAME)
_FIRST_WORDS = frozenset(
    said.split()[0]
    for country in COUNTRIES
    for name in names_of(country)
    if len(_key(name)) >= 4
    for said in (name.casefold(), _key(name))
)
"""With and without accents."""


@lru_cache(maxsize=10_000)
def named_in(text: str) -> tuple[Country, ...]:
    """Return the countries that words name somewhere, by a name of four letters or more or a usual short form."""
    words = _key(text).split()
    found = [
        _BY_NAME[name]
        for start in range(len(words))
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1)
        if len(name := " ".join(words[start:end])) >= 4 and name in _BY_NAME
    ]
    found += [_BY_NAME[_key(code)] for code in _SHORT.findall(text)]
    return tuple(dict.fromkeys(found))


def may_begin_a_name(word: str) -> bool:
    """Say whether the name of a country that ``named_in`` finds may begin with this word, or in it, with a capital."""
    if word.islower():
        return False
    bare = word.strip("().,;:„“”«»\"'")
    parts = [bare.casefold()] if bare.isalpha() else _key(word).split()
    return any(part in _FIRST_WORDS for part in parts) or bool(_SHORT.search(word))


def is_eu(code: str, on: date) -> bool:
    """Say whether the country was in the Union, or part of a Member State, on that day; False for an unknown code."""
    country = state_of(code)
    return country is not None and _within(on, country.eu_from, country.eu_until)


def is_eea(code: str, on: date) -> bool:
    """Say whether the country was in the EEA, or part of a state in it, on that day; False for an unknown code.

    A transfer to such a country is none to a third country (GDPR Art. 44).
    """
    country = state_of(code)
    return country is not None and _within(on, country.eea_from, country.eea_until)


def state_of(code: str) -> Country | None:
    """Return the country, or the state of which it is a territory; None for an unknown code."""
    country = _BY_CODE.get(code)
    return _BY_CODE[country.territory_of] if country and country.territory_of else country


def _within(on: date, first: date | None, last: date | None) -> bool:
    return first is not None and first <= on and (last is None or on <= last)
