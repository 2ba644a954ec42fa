"""Reads a text that names legal bases and cites none: names alone, or such as go on in brackets or behind a dash."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from registry.imports.parsing.basis_names import basis_named
from registry.imports.parsing.brackets import balanced, split_outside
from registry.imports.parsing.connecting_words import SPEAKS_AGAINST
from registry.imports.parsing.folding import fold
from registry.reference.lawful_basis import Regime

_LETTER = re.compile(
    r"\s*(?:art(?:icle)?\.?\s?6\s?)?(?:lett?|lit|letra|letter|al[ií]nea|al|point|onder)?\.?\s?(?P<letter>[a-f])\)?\s*",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[(\[–—:]|(?<=\s)-\s")
_AND = re.compile(r"\s*[,/&+]\s*|\s+(?:and|und|et|e|ed|y|en|och|og|oraz|i)\s+", re.IGNORECASE)
"""What stands between names and nothing else; an "or" leaves open which of them it is."""
_LONGEST = 300
"""A longer text is prose, whatever it begins with."""
_ELSEWHERE: Mapping[Regime, Mapping[str, str]] = {
    Regime.UK: {letter: f"UK-A6-1-{letter}" for letter in "abcdef"},
    Regime.BR: {"a": "BR-A7-I", "b": "BR-A7-V", "c": "BR-A7-II", "d": "BR-A7-VII", "f": "BR-A7-IX"},
    Regime.CH: {"a": "CH-A31-CONSENT", "c": "CH-A31-LAW", "e": "CH-A31-PUBLIC-INTEREST", "f": "CH-A31-PRIVATE-INTEREST"},
}  # fmt: skip
"""What the bases of Art. 6(1) GDPR are elsewhere, by law and letter, where they are called alike."""
_SWISS = {
    fold(name): code
    for code, names in {
        "CH-A31-PRIVATE-INTEREST": "überwiegendes privates Interesse; überwiegendes Interesse; überwiegende private Interessen; intérêt privé prépondérant; interesse privato preponderante; overriding private interest",
        "CH-A31-PUBLIC-INTEREST": "überwiegendes öffentliches Interesse; intérêt public prépondérant; interesse pubblico preponderante; overriding public interest",
        "CH-A31-LAW": "Gesetz; durch Gesetz; gesetzliche Grundlage; loi; base légale; legge; base legale; provided for by law",
    }.items()
    for name in names.split(";")
}  # fmt: skip


class Named(NamedTuple):
    """The codes of the bases that a text names, and its words beyond their names."""

    codes: tuple[str, ...]
    words: str = ""


def named_bases(text: str, law: Regime) -> Named | None:
    """Return the bases that the whole text names, by slashes, commas or "and", as those of ``law``; None for any other.

    A name may go on in brackets or behind a dash or colon ("Legal obligation (Companies Act)"): these words are
    returned as well. Words that speak against it ("Consent (not given)") make it prose.
    """
    for parts in (text.split("/"), [piece for piece, _ in split_outside(text, ",/")]):
        found = [_one(part.strip(), law) for part in parts]
        if None not in found:
            named = [one for one in found if one]
            return Named(tuple(code for one in named for code in one.codes), _joined(named))
    codes = [_code(part.strip(), law) for part in _AND.split(text)] if len(text) <= _LONGEST else [None]
    return None if None in codes else Named(tuple(dict.fromkeys(code for code in codes if code)))


def _one(part: str, law: Regime) -> Named | None:
    if code := _code(part, law):
        return Named((code,))
    beginning = _GOES_ON.search(part) if len(part) <= _LONGEST else None
    if beginning is None:
        return None
    name, words = part[: beginning.start()], part[beginning.end() :].strip()
    if beginning[0] in "([":
        words = words.rstrip(". ")
        if not words.endswith((")", "]")):
            return None
        words = words[:-1].strip()
    letter = _LETTER.fullmatch(words)
    named = basis_named(name)
    if letter and named and not named.endswith(letter["letter"].lower()):
        return None
    code = _code(name, law)
    if code is None or not balanced(words) or SPEAKS_AGAINST.search(words):
        return None
    return Named((code,), "" if letter and named else words)


def _code(name: str, law: Regime) -> str | None:
    if law is Regime.CH and fold(name) in _SWISS:
        return _SWISS[fold(name)]
    named = basis_named(name)
    return _under(named, law) if named else None


def _under(named: str, law: Regime) -> str | None:
    """Return the basis of a law that is called like one of Art. 6(1) GDPR; None where there is none."""
    return _ELSEWHERE[law].get(named[-1]) if law in _ELSEWHERE else named


def repeats(text: str, codes: tuple[str, ...]) -> bool:
    """Say whether the text only repeats in words one of these codes, of whichever law."""
    named = basis_named(text)
    if named is None:
        return False
    alike = {named, *(other[named[-1]] for other in _ELSEWHERE.values() if named[-1] in other)}
    return any(code in alike or code.endswith(named) for code in codes)


def _joined(named: list[Named]) -> str:
    return "; ".join(one.words for one in named if one.words)
