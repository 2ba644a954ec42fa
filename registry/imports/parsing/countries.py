"""Finds countries in a cell: only where a whole part of it is a country's name or code, never inside a sentence."""

import re
from dataclasses import dataclass

from registry.imports.parsing.blank_words import classify
from registry.imports.parsing.brackets import split_outside
from registry.imports.parsing.connecting_words import SPEAKS_AGAINST
from registry.imports.parsing.lists import split_list
from registry.reference.countries import Country, find_country, is_eea

__all__ = ["CountryFinding", "find_countries", "is_eea", "parse_country"]

_LONGEST = 300
_ARROW = re.compile(r"\s*(?:->|→|=>|–>|➔)\s*")
_GOES_ON = re.compile(r"\s*[(\[]|\s*[–—:]\s*|\s-\s|\s*/\s*")
_AND = re.compile(r"(?<!\s)\s+(?:und|and|et|e|ed|y|en|&)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class CountryFinding:
    """The countries that parts of a cell name, each once and in order, and the parts that name none, as they stand."""

    countries: tuple[Country, ...]
    words: tuple[str, ...]


def parse_country(text: str) -> Country | None:
    """Return the country that the whole text names or gives the code of, or None.

    Codes count in capitals only ("IT" is Italy, "it" is not), and words for "none" are no codes ("NA", "no").
    """
    stripped = text.strip().strip(".,")
    if not stripped or classify(stripped) is not None or (len(stripped) <= 3 and not stripped.isupper()):
        return None
    return find_country(stripped)


def find_countries(text: str) -> CountryFinding:
    """Return the countries of a cell that lists them by line, `;`, comma, slash or "and"; see `parse_country`.

    A part is taken apart at commas and the like only if each piece is a country: "Acme Ltd, India" stays in words.
    """
    countries: list[Country] = []
    words: list[str] = []
    for part in split_list(text):
        found = _countries_of(part)
        countries += [country for country in found if country not in countries]
        if not found:
            words.append(part)
    return CountryFinding(tuple(countries), tuple(words))


def country_first(text: str) -> tuple[Country | None, str]:
    """Return the country with which a text begins, and what it says of it in brackets or behind a dash or colon.

    Of "Germany -> USA" it is the second. Words that deny it ("USA (no longer)") make the text one without a country.
    """
    whole = text.strip()
    if len(whole) > _LONGEST:
        return None, ""
    from_to = _ARROW.split(whole)
    if len(from_to) == 2 and all(map(parse_country, from_to)):
        return parse_country(from_to[1]), whole
    found = _GOES_ON.search(whole)
    if found is None:
        return None, ""
    country, more = parse_country(whole[: found.start()]), whole[found.end() :].strip()
    if found[0].strip() in ("(", "["):
        if not more.endswith((")", "]")):
            return None, ""
        more = more[:-1].strip()
    return (None, "") if country is None or SPEAKS_AGAINST.search(more) else (country, more)


def _countries_of(part: str) -> list[Country]:
    whole = parse_country(part)
    if whole is not None:
        return [whole]
    pieces = [piece for listed, _ in split_outside(part, ",/+") for piece in _AND.split(listed)]
    found = [parse_country(piece) for piece in pieces]
    return [country for country in found if country] if all(found) else []
