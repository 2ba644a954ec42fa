"""Reads the legal bases out of a cell: the set of bases that it cites or names, and every word that says more than that."""

import re
from dataclasses import dataclass

from registry.imports.parsing import citation_patterns as patterns
from registry.imports.parsing.basis_names import basis_named, is_name_of
from registry.imports.parsing.brackets import balanced, split_outside
from registry.imports.parsing.citations import Citation, find_citations
from registry.imports.parsing.folding import fold
from registry.reference.lawful_basis import BY_CODE

_MARK = "\x00"
_IVM = r"(?:i\.?\s?v\.?\s?m\.?|in\s+verbindung\s+mit|in\s+conjunction\s+with|together\s+with|en\s+relation\s+avec|in\s+combinatie\s+met)"
_LABEL = (
    r"(?:(?:rechtsgrundlagen?|legal\s+bas[ei]s|lawful\s+bas[ei]s|bases?\s+l[ée]gales?|base\s+giuridica|base\s+jur[ií]dica|bases?\s+legal(?:es)?"
    r"|rechtsgrond(?:slag)?|grondslag)\s*:\s*)"
)
_JOIN = rf"(?:[\s,/+&.:]|(?<!\w){patterns.AND}(?!\w)|(?<!\w){_IVM}(?!\w)|{patterns.LAW.pattern.replace('?P<uk>', '?:')}|{patterns.BRAZIL_LAW.pattern})"
_RUN = rf"(?:\((?:{_JOIN}|{_MARK})*\)|\[(?:{_JOIN}|{_MARK})*\]|{_JOIN}|{_MARK})"
_ONLY_CITATIONS = re.compile(rf"\s*{_LABEL}?{_RUN}*", re.IGNORECASE)
_STRONG = rf"(?:\s*[,/+&:]\s*|\s+(?:{patterns.AND}|{_IVM})\s+|\s*(?=[—–]|-\s))"
_LEADING = re.compile(rf"\s*{_LABEL}?{_MARK}(?:{_RUN}*{_MARK})?\)?(?P<law>{_STRONG})(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL)
_TRAILING = re.compile(
    rf"(?P<rest>.*?\S)(?:\s*[,/+&]\s*|\s*[—–]\s*|\s+-\s+|\s+(?:{patterns.AND}|{_IVM})\s+|\s*(?=[(\[]))(?P<run>{_RUN}+)\s*", re.IGNORECASE | re.DOTALL
)
_DANGLING_START = re.compile(
    r"(?:soweit|sofern|falls|wenn|weil|da|bei|für|fuer|nach|gemäß|gemaess|gem\.|zur|zum|zu|auf|aus|im|in|mit|durch|aufgrund|auch|sowie|insb|insbesondere|wobei|welche[rsn]?"
    r"|der|die|das|des|dem|den|abs|absatz|satz|s|uabs|lit|buchst|nr|alt|hs|ff|f|para|paragraph|point|letter|lid|onder|lett|letra|al[ií]nea"
    r"|where|when|if|because|as|since|which|that|who|insofar|to|for|under|of|in|on|by|with|only|the|par|pour|lorsque|lorsqu|si|car|dans|en|au|aux|selon|sur|qui|dont|que"
    r"|per|se|quando|secondo|ai|nel|cui|para|cuando|según|conforme|que|quando|se|ao|voor|wanneer|indien|op|volgens|met|bij)(?![^\W_])",
    re.IGNORECASE,
)
_DANGLING_END = re.compile(
    r"(?<![^\W_])(?:nach|gemäß|gemaess|gem|zufolge|laut|aus|auf|im|in|von|vom|zu|zum|zur|bei|mit|für|fuer|ergänzend|ergaenzend|zusätzlich|zusaetzlich|ggf|bzw|sowie|insbesondere|insb|aufgrund|durch|i\.?\s?s\.?\s?d|im sinne|sinne|des|der|die|das|dem|den|ist|sind"
    r"|under|by|per|of|to|with|on|in|at|from|pursuant to|see|is|are|the|and|or|article|articles|also|additionally|titre de|titre du|selon|sur|par|de|du|des|la|le|les|l|d|au|aux|en|à|vu|conform[ée]ment à"
    r"|ai sensi|sensi|dell|ex|con|según|conforme a|a|al|del|el|os|as|o|do|da|nos termos|termos|op grond van|van|volgens|krachtens|zie|und|oder|et|ou|e|y|en|of)[.:']?\s*\Z",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?<![^\W_])(?:nicht|kein\w*|ohne|statt|anstatt|anstelle|not|no|without|instead\s+of|rather\s+than|pas|sans|non|senza|sin|sem|não|niet|geen|zonder)"
    r"(?:\s+[^\W\d_]+\.?){0,5}\s*\(?\Z",
    re.IGNORECASE,
)
_LETTER_AND_NAME = re.compile(r"\s*(?:\((?P<round>[a-f])\)|(?P<plain>[a-f])[.)])\s*(?P<name>.+?)\s*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class LegalBases:
    """What a cell says of legal bases: codes in order of appearance, the words that say more, and remarks on the reading."""

    codes: tuple[str, ...]
    remainder: str
    notes: tuple[str, ...] = ()


def recognise_legal_bases(text: str) -> LegalBases:
    """Return the bases of Art. 6(1), the conditions of Art. 9(2), Art. 10 GDPR and Art. 7 LGPD that the text cites or names.

    Nothing is guessed: a basis named in words counts only where a whole part of the cell (between `;`, `/` or line breaks)
    is its name. Nothing is lost: codes and remainder together say all that the text said. A part that only cites
    disappears; a citation at the edge of a part is cut off; a part with a citation inside a sentence stays as it is.
    Bases are EU law unless the text says UK GDPR (`UK-A6-1-f`) or cites 6(1)(ea), or Art. 7 with a Roman numeral (`BR-A7-V`).
    """
    cited_laws = {citation.law for citation in find_citations(text)}
    british = bool(re.search(r"\bUK[\s-]?GDPR", text, re.IGNORECASE)) and "eu" not in cited_laws
    codes: list[str] = []
    notes: list[str] = []
    kept: list[tuple[str, str]] = []
    if "uk" in cited_laws and {"eu", ""} & cited_laws and not british:
        notes.append("The text cites the UK GDPR and another law; citations that name none were read as EU law.")
    for segment, separator in split_outside(text, ";\n"):
        rest = _read_segment(segment, british, codes, notes)
        kept.append((rest.strip(), separator))
    return LegalBases(tuple(dict.fromkeys(codes)), _join(kept), tuple(dict.fromkeys(notes)))


def _join(kept: list[tuple[str, str]]) -> str:
    """Put what is left together again, with line breaks where one stood anywhere between two parts."""
    result, broken = "", False
    for part, separator in kept:
        if part:
            result += ("\n" if broken else "; ") + part if result else part
            broken = False
        broken = broken or separator == "\n"
    return result


def _read_segment(segment: str, british: bool, codes: list[str], notes: list[str]) -> str:
    """Add the segment's codes and notes to the lists and return what is left of it; unchanged if it cannot be taken apart."""
    parts = re.split(r"(\s+/\s+)", segment)
    if len(parts) == 1 or not all(balanced(part) for part in parts[::2]):
        return _read_part(segment, british, codes, notes)
    rests = [_read_part(part, british, codes, notes).strip() for part in parts[::2]]
    if rests == [part.strip() for part in parts[::2]]:
        return segment
    return " / ".join(rest for rest in rests if rest)


def _read_part(part: str, british: bool, codes: list[str], notes: list[str]) -> str:
    citations = [_under_regime(citation, british) for citation in find_citations(part)]
    if not citations:
        return _named(part, british, codes, notes)
    whole = _MARK not in part
    for citation in citations:
        words = part[citation.start : citation.end].strip()
        notes += citation.notes
        if _NEGATED.search(part[max(0, citation.start - 100) : citation.start]):
            notes.append(f"“{words}” follows a “not” or “without”; kept as words.")
            whole = False
            continue
        unknown = [code for code in citation.codes if code not in BY_CODE]
        if unknown:
            notes.append(f"“{words}” cites a basis that the register does not know ({', '.join(unknown)}); kept as words.")
            whole = False
        codes += [code for code in citation.codes if code in BY_CODE]
    return _without(part, citations) if whole else part


def _under_regime(citation: Citation, british: bool) -> Citation:
    """The citation with the codes of the law that it stands under."""
    codes = tuple(
        f"UK-{code}" if f"UK-{code}" in BY_CODE and (citation.law == "uk" or (british and not citation.law) or code == "A6-1-ea") else code
        for code in citation.codes
    )
    return Citation(citation.start, citation.end, codes, citation.law, citation.notes)


def _named(part: str, british: bool, codes: list[str], notes: list[str]) -> str:
    """Read a part without citations: the name of a basis, its letter and name, or several names with slashes."""
    prefix = "UK-" if british else ""
    if (match := _LETTER_AND_NAME.fullmatch(part)) and (named := basis_named(match["name"])):
        if named.endswith((match["round"] or match["plain"]).lower()):
            codes.append(prefix + named)
            return ""
        notes.append(f"“{part.strip()}”: the letter and the name are of different bases; kept as words.")
        return part
    found = [basis_named(name) for name in re.sub(rf"^\s*{_LABEL}", "", part, flags=re.IGNORECASE).split("/")]
    if None in found:
        return part
    codes += [prefix + name for name in found if name]
    return ""


def _without(part: str, citations: list[Citation]) -> str:
    """Return what the part says beside its citations, or the whole part where they cannot be cut out cleanly."""
    masked, position = "", 0
    for citation in citations:
        masked += part[position : citation.start] + _MARK
        position = citation.end
    masked += part[position:]
    codes = tuple(code for citation in citations for code in citation.codes)
    if _ONLY_CITATIONS.fullmatch(masked) or _repeats_only(masked, citations):
        return ""
    rest = masked
    if match := _LEADING.fullmatch(rest):
        qualified = match["rest"][0] in "—–-"
        if qualified and len(codes) > 1:
            return part
        rest = match["rest"]
    if match := _TRAILING.fullmatch(rest):
        if _MARK in match["run"]:
            rest = match["rest"]
    rest = rest.strip()
    if rest == masked.strip() or _MARK in rest or not _stands_alone(rest):
        return part
    return "" if is_name_of(rest, codes) else rest


def _stands_alone(rest: str) -> bool:
    if len(fold(rest)) < 2 or not balanced(rest):
        return False
    return not (rest[0] in "()[]" or _DANGLING_START.match(rest) or _DANGLING_END.search(rest))


def _repeats_only(masked: str, citations: list[Citation]) -> bool:
    """Whether every piece between commas is a citation, alone or with the name of the very basis that it cites."""
    remaining = iter(citations)
    for piece, _ in split_outside(masked, ","):
        here = [next(remaining) for _ in range(piece.count(_MARK))]
        words = re.sub(rf"{_MARK}|[()\[\]]", " ", piece)
        words = re.sub(rf"^(?:{_JOIN}|[—–-])+|(?:{_JOIN}|[—–-])+$", "", words, flags=re.IGNORECASE)
        if len(here) != 1 or (words.strip() and not is_name_of(words, here[0].codes)):
            return False
    return True
