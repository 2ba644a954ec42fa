"""Reads the legal bases out of a cell: the bases that it cites or names, and every word that says more than that."""

import re
from dataclasses import dataclass

from registry.imports.parsing import citation_patterns as patterns
from registry.imports.parsing.basis_names import basis_named
from registry.imports.parsing.brackets import balanced, split_outside
from registry.imports.parsing.citations import Citation, find_citations
from registry.imports.parsing.connecting_words import DANGLING_END, DANGLING_START, NEGATED
from registry.imports.parsing.folding import fold
from registry.imports.parsing.named_bases import named_bases, repeats
from registry.record.messages import Message
from registry.reference.lawful_basis import BY_CODE, Regime

_MARK = "\x00"
_LABEL = (
    r"(?:(?:rechtsgrundlagen?|legal\s+bas[ei]s|lawful\s+bas[ei]s|bases?\s+l[ée]gales?|base\s+giuridica|base\s+jur[ií]dica|bases?\s+legal(?:es)?"
    r"|rechtsgrond(?:slag)?|grondslag)\s*:\s*)"
)
_LEADING_LABEL = re.compile(rf"\A\s*+{_LABEL}", re.IGNORECASE)
_RUN = re.compile(
    rf"(?:{patterns.JOIN}|{_MARK}|\((?:{patterns.JOIN}|{_MARK})*+\)|\[(?:{patterns.JOIN}|{_MARK})*+\])*+", re.IGNORECASE
)
_CONNECTORS = re.compile(rf"\A(?:{patterns.JOIN}|[—–-])*+", re.IGNORECASE)
_SEPARATES = re.compile(rf"[,/+&:]|\s(?:{patterns.AND}|{patterns.IN_CONJUNCTION})\s", re.IGNORECASE)
_SEPARATOR_AT_END = re.compile(
    rf"(?:\s*[,/+&]\s*|\s*[—–]\s*|\s-\s+|\s(?:{patterns.AND}|{patterns.IN_CONJUNCTION})\s+)\Z", re.IGNORECASE
)
_LETTER_AND_NAME = re.compile(
    r"\s*(?:\((?P<round>[a-f])\)|(?P<plain>[a-f])[.)])\s*(?P<name>.+?)\s*", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class LegalBases:
    """What a cell says of legal bases: codes in order of appearance, words that say more, remarks on the reading."""

    codes: tuple[str, ...]
    remainder: str
    notes: tuple[Message, ...] = ()


def recognise_legal_bases(text: str, law: Regime = Regime.EU) -> LegalBases:
    """Return the grounds of Art. 6(1), 9(2) and 10 GDPR and Art. 7 and 11 LGPD that the text cites or names.

    Nothing is guessed: a basis named in words counts only where a whole part of the cell (between `;`, `/`, commas or
    line breaks) is its name, alone or with words in brackets or behind a dash. Nothing is lost: codes and remainder
    together say all that the text said. A part that only cites disappears; a citation at the edge of a part is cut
    off; a part with a citation inside a sentence stays as it is. Bases are those of ``law``, that of the record's
    organisation, unless the text says UK GDPR (`UK-A6-1-f`) or GDPR, cites 6(1)(ea), or Art. 7 with a Roman numeral
    (`BR-A7-V`).
    """
    cited_laws = {citation.law for citation in find_citations(text)}
    said = bool(re.search(r"\bUK[\s-]?GDPR", text, re.IGNORECASE))
    if "eu" not in cited_laws and said:
        law = Regime.UK
    elif "eu" in cited_laws:
        law = Regime.EU
    british = law is Regime.UK
    codes: list[str] = []
    notes: list[Message] = []
    kept: list[tuple[str, str]] = []
    if "uk" in cited_laws and {"eu", ""} & cited_laws and not british:
        notes.append(
            Message("The text cites the UK GDPR and another law; citations that name none were read as EU law.")
        )
    for segment, separator in split_outside(text, ";\n"):
        rest = _read_segment(segment, law, codes, notes)
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


def _read_segment(segment: str, law: Regime, codes: list[str], notes: list[Message]) -> str:
    """Add the segment's codes and notes to the lists; return what is left, or all of it if it cannot be taken apart."""
    parts = re.split(r"((?<!\s)\s+/\s+)", segment)
    if len(parts) == 1 or not all(balanced(part) for part in parts[::2]):
        return _read_part(segment, law, codes, notes)
    rests = [_read_part(part, law, codes, notes).strip() for part in parts[::2]]
    if rests == [part.strip() for part in parts[::2]]:
        return segment
    return " / ".join(rest for rest in rests if rest)


def _read_part(part: str, law: Regime, codes: list[str], notes: list[Message]) -> str:
    citations = [_under_regime(citation, law is Regime.UK) for citation in find_citations(part)]
    if not citations:
        return _named(part, law, codes, notes)
    whole = _MARK not in part
    for citation in citations:
        words = part[citation.start : citation.end].strip()
        notes += citation.notes
        if NEGATED.search(part[max(0, citation.start - 100) : citation.start]):
            notes.append(Message("“%(text)s” follows a “not” or “without”; kept as words.", text=words))
            whole = False
            continue
        unknown = [code for code in citation.codes if code not in BY_CODE]
        if unknown:
            notes.append(
                Message(
                    "“%(text)s” cites a basis that the register does not know (%(codes)s); kept as words.",
                    text=words,
                    codes=", ".join(unknown),
                )
            )
            whole = False
        codes += [code for code in citation.codes if code in BY_CODE]
    return _without(part, citations) if whole else part


def _under_regime(citation: Citation, british: bool) -> Citation:
    """The citation with the codes of the law that it stands under."""
    codes = tuple(
        f"UK-{code}"
        if f"UK-{code}" in BY_CODE and (citation.law == "uk" or (british and not citation.law) or code == "A6-1-ea")
        else code
        for code in citation.codes
    )
    return Citation(citation.start, citation.end, codes, citation.law, citation.notes)


def _named(part: str, law: Regime, codes: list[str], notes: list[Message]) -> str:
    """Read a part without citations: the name of a basis, its letter and name, or several names with slashes."""
    if (match := _LETTER_AND_NAME.fullmatch(part)) and (named := basis_named(match["name"])):
        if not named.endswith((match["round"] or match["plain"]).lower()):
            notes.append(
                Message("“%(text)s”: the letter and the name are of different bases; kept as words.", text=part.strip())
            )
            return part
        part = match["name"]
    found = named_bases(_LEADING_LABEL.sub("", part, count=1), law)
    if found is None:
        return part
    codes += found.codes
    return found.words


def _without(part: str, citations: list[Citation]) -> str:
    """Return what the part says beside its citations, or the whole part where they cannot be cut out cleanly."""
    masked, position = "", 0
    for citation in citations:
        masked += part[position : citation.start] + _MARK
        position = citation.end
    masked += part[position:]
    codes = tuple(code for citation in citations for code in citation.codes)
    if _RUN.fullmatch(_LEADING_LABEL.sub("", masked, count=1)) or _repeats_only(masked, citations):
        return ""
    rest = _without_leading(masked, several=len(codes) > 1)
    if rest is not None:
        rest = _without_trailing(rest).strip()
    if rest is None or rest == masked.strip() or _MARK in rest or not _stands_alone(rest):
        return part
    return "" if repeats(rest, codes) else rest


def _without_leading(masked: str, *, several: bool) -> str | None:
    """Cut citations off the beginning before a comma, connector or dash; None where a dash qualifies one of several."""
    label = _LEADING_LABEL.match(masked)
    start = label.end() if label else 0
    run = _RUN.match(masked, start)
    if run is None or _MARK not in run[0]:
        return masked
    gap = re.split(rf"{_MARK}[)\]]*", run[0])[-1]
    rest = masked[run.end() :]
    if rest.startswith(("—", "–", "- ")):
        return None if several else rest
    return rest if _SEPARATES.search(f"{gap} ") else masked


def _without_trailing(masked: str) -> str:
    """Cut citations off the end if they stand in brackets, or behind a comma, connector or dash."""
    position = masked.find(_MARK)
    while position >= 0:
        before = masked[:position].rstrip()
        start = len(before) - 1 if before.endswith(("(", "[")) else position
        run = _RUN.match(masked, start)
        end = run.end() if run else position
        if end == len(masked):
            separator = _SEPARATOR_AT_END.search(masked[max(0, start - 40) : start])
            if start < position or separator:
                return masked[: start - len(separator[0]) if separator else start]
            return masked
        position = masked.find(_MARK, max(end, position + 1))
    return masked


def _stands_alone(rest: str) -> bool:
    if len(fold(rest)) < 2 or not balanced(rest):
        return False
    return not (rest[0] in "()[]" or DANGLING_START.match(rest) or DANGLING_END.search(rest))


def _repeats_only(masked: str, citations: list[Citation]) -> bool:
    """Whether every piece between commas is a citation, alone or with the name of the very basis that it cites."""
    remaining = iter(citations)
    for piece, _ in split_outside(masked, ","):
        here = [next(remaining) for _ in range(piece.count(_MARK))]
        words = re.sub(rf"{_MARK}|[()\[\]]", " ", piece)
        words = _CONNECTORS.sub("", words, count=1)
        if len(here) != 1 or (words.strip() and not repeats(words, here[0].codes)):
            return False
    return True
