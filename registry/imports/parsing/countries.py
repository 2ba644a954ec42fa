"""Finds countries in a cell: only where a whole part of it is a country's name or code, never inside a sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from registry.imports.parsing.blank_words import classify
from registry.imports.parsing.brackets import split_outside
from registry.imports.parsing.connecting_words import SPEAKS_AGAINST
from registry.imports.parsing.folding import fold
from registry.imports.parsing.lists import split_list
from registry.reference.countries import Country, by_code, find_country, is_eea

__all__ = ["CountryFinding", "find_countries", "is_eea", "parse_country"]

_LONGEST = 300
_NAMES: Mapping[str, str] = {
    "AR": "Argentyna; Argentinië",
    "AU": "Australien; Australia; Australië; Austrália",
    "BR": "Brasilien; Brasil; Brasile; Brazilië; Brazylia",
    "BY": "Vitryssland; Hviterussland; Hviderusland; Białoruś; Bielorussia; Bielorrusia; Belarús",
    "CA": "Canadá; Kanada",
    "CH": "Sveits; Schweiz; Zwitserland; Suiza; Suíça; Szwajcaria",
    "CL": "Cile",
    "CN": "Kina; China; Cina; Chiny",
    "CO": "Kolumbia; Colômbia",
    "EG": "Egypten; Egipto; Egito; Egitto; Egipt",
    "GB": "Storbritannien; Storbritannia; Verenigd Koninkrijk; Het Verenigd Koninkrijk; Groot-Brittannië; Regno Unito; Gran Bretagna; Reino Unido; Gran Bretaña; Grã-Bretanha; Wielka Brytania; Zjednoczone Królestwo; Förenade kungariket; Det forenede kongerige",
    "HK": "Hongkong",
    "ID": "Indonesien; Indonezja; Indonesië; Indonésia",
    "IL": "Israël; Israele; Izrael",
    "IN": "Indien; India; Indie; Índia",
    "JP": "Giappone; Japón; Japão; Japonia",
    "KR": "Sydkorea; Sør-Korea; Zuid-Korea; Corea del Sud; Corea del Sur; Coreia do Sul; Korea Południowa",
    "MA": "Marocko; Marokko; Marocco; Marruecos; Marrocos; Maroko",
    "MX": "Messico; México; Meksyk",
    "MY": "Malezja; Maleisië; Malásia",
    "NZ": "Nya Zeeland; Nieuw-Zeeland; Nuova Zelanda; Nueva Zelanda; Nueva Zelandia; Nova Zelândia; Nowa Zelandia",
    "PH": "Filippinerna; Filippinene; Filippinerne; Filippijnen; Filippine; Filipinas; Filipiny",
    "RS": "Servië; Sérvia; Serwia",
    "RU": "Ryssland; Russland; Rusland; Russia; Rusia; Rússia; Rosja",
    "SG": "Singapur; Singapura; Singapore",
    "TH": "Tajlandia; Tailandia; Tailândia; Thailandia",
    "TN": "Tunisien; Túnez; Tunísia; Tunezja; Tunesië",
    "TR": "Turkiet; Tyrkia; Tyrkiet; Turkije; Turchia; Turquía; Turquia; Turcja",
    "TW": "Tajwan; Taiwán",
    "UA": "Ukraina; Oekraïne; Ucraina; Ucrania; Ucrânia",
    "US": "Förenta staterna; Amerikas förenta stater; De forente stater; De forenede stater; Verenigde Staten; Verenigde Staten van Amerika; de VS; VS; Stati Uniti; Stati Uniti d'America; Estados Unidos; Estados Unidos de América; EE.UU.; EE. UU.; EEUU; EUA; Estados Unidos da América; Stany Zjednoczone; Stany Zjednoczone Ameryki",
    "VN": "Wietnam",
    "ZA": "Sydafrika; Sør-Afrika; Zuid-Afrika; Sudafrica; Sudáfrica; África do Sul; Republika Południowej Afryki; RPA",
    "SE": "Szwecja; Zweden; Svezia; Suecia; Suécia",
    "NO": "Norwegia; Noorwegen; Norvegia; Noruega",
    "DK": "Dania; Denemarken; Danimarca; Dinamarca",
    "DE": "Tyskland; Duitsland; Germania; Alemania; Alemanha; Niemcy",
    "FR": "Frankrike; Frankrig; Frankrijk; Francia; França; Francja",
    "IE": "Irland; Ierland; Irlanda; Irlandia",
    "NL": "Nederländerna; Nederland; Nederlandene; Holandia; Niderlandy; Paesi Bassi; Países Bajos; Países Baixos",
    "PL": "Polen; Polska; Polonia; Polónia; Polônia",
    "ES": "Spanien; Spania; Spanje; Spagna; España; Espanha; Hiszpania",
    "IT": "Italien; Italia; Italië; Itália; Włochy",
    "FI": "Finlandia; Finlândia",
    "IS": "Island; Islandia; Islândia; IJsland",
}  # fmt: skip
"""What countries to which registers name transfers are called in further languages, where a whole part is the name."""
_CODE_OF = {fold(name): code for code, names in _NAMES.items() for name in names.split(";")}
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
    return find_country(stripped) or _elsewhere(stripped)


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


def _elsewhere(text: str) -> Country | None:
    code = _CODE_OF.get(fold(text))
    return by_code(code) if code else None


def _countries_of(part: str) -> list[Country]:
    whole = parse_country(part)
    if whole is not None:
        return [whole]
    pieces = [piece for listed, _ in split_outside(part, ",/+") for piece in _AND.split(listed)]
    found = [parse_country(piece) for piece in pieces]
    return [country for country in found if country] if all(found) else []
