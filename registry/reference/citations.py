"""How places in the law are cited in each language. The code and the catalogues cite them the English way."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class _Manner:
    """How one language cites: its word for an article, a paragraph and a letter, what parts them, and its own names."""

    article: str
    number: str
    paragraph: str
    letter: str
    between: str
    names: dict[str, str]


_MANNERS = {
    "de": _Manner(
        article="Art.",
        number="Nr. {}",
        paragraph="Abs. {}",
        letter="lit. {}",
        between=" ",
        names={
            "GDPR": "DSGVO",
            "FADP": "DSG",
            "DPO Annex": "DSV Anhang",
            "ePrivacy Directive": "ePrivacy-RL",
            "second subparagraph": "Unterabs. 2",
            "Chapter": "Kapitel",
            "Decision": "Beschluss",
            "and": "und",
            "to": "bis",
        },
    ),
    "fr": _Manner(
        article="art.",
        number="point {})",
        paragraph="par. {}",
        letter="point {})",
        between=", ",
        names={
            "GDPR": "RGPD",
            "FADP": "LPD",
            "DPO Annex": "OPDo annexe",
            "ePrivacy Directive": "directive ePrivacy",
            "second subparagraph": "deuxième alinéa",
            "Chapter": "chapitre",
            "Decision": "décision",
            "and": "et",
            "to": "à",
        },
    ),
}
_ARTICLES = re.compile(r"(?:(UK GDPR|GDPR|FADP|LGPD|ePrivacy Directive) )?Arts?\. (\d(?:(?!, DPO)[^;])*)")
_PLACE = re.compile(r"(\d*)((?:\(\w{1,3}\))+)")
_PART = re.compile(r"\((\w{1,3})\)")
_INNER = re.compile(r"\bArts?\. |\band\b|\bto\b|\bsecond subparagraph\b")
_OTHER = re.compile(r"^Decision(?= )|\bDPO Annex\b|\bChapter(?= [IVX]+\b)")
_RANGE = re.compile(r"(\w+\. |point )([\w)]+)-\1")


def cite(place: str) -> str:
    """Return a citation such as "GDPR Arts. 30(1)(a), 32" as the language in force writes it; what isn't one, as it is.

    German has "Art. 30 Abs. 1 lit. a, 32 DSGVO", French "art. 30, par. 1, point a), 32 RGPD".
    """
    manner = _MANNERS.get((get_language() or "").split("-")[0])
    if manner is None:
        return place
    said = _ARTICLES.sub(lambda found: _articles(found, manner), place)
    return _OTHER.sub(lambda found: manner.names[found[0]], said)


def _articles(found: re.Match[str], manner: _Manner) -> str:
    law, numbers = found[1] or "", found[2]
    said = _PLACE.sub(lambda one: _place(one, manner, defined=numbers.startswith("4(")), numbers)
    said = _INNER.sub(lambda one: manner.names.get(one[0], f"{manner.article} "), said)
    said = _RANGE.sub(r"\1\2-", said)
    return " ".join(filter(None, (manner.article, said, manner.names.get(law, law))))


def _place(found: re.Match[str], manner: _Manner, *, defined: bool) -> str:
    number = manner.number if defined and found[1] in {"", "4"} else manner.paragraph  # Art. 4 numbers its definitions
    said = [(number if part.isdigit() else manner.letter).format(part) for part in _PART.findall(found[2])]
    return manner.between.join(filter(None, (found[1], *said)))
