"""Finds citations of provisions that can be a legal basis: Art. 6(1), 9(2) and 10 GDPR, Art. 7 and 11 LGPD."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from registry.imports.parsing import citation_patterns as patterns
from registry.imports.parsing.brackets import bracket_pairs, depths
from registry.record.messages import Message

_PARAGRAPH_WITH_LETTERS = {"6": "1", "9": "2"}
_REACH = 1000
"""How many characters behind a citation a further letter is looked for."""
_FILLER = re.compile(rf"(?:{patterns.JOIN}|[–—-])*+", re.IGNORECASE)


@dataclass(frozen=True)
class Citation:
    """A passage text[start:end] that cites bases and nothing else; `law` is "uk", "eu" or "br" where it names it."""

    start: int
    end: int
    codes: tuple[str, ...]
    law: str = ""
    notes: tuple[Message, ...] = ()


def find_citations(text: str) -> list[Citation]:
    """Return the citations in order, none overlapping another.

    An article without a letter ("Art. 6 DSGVO") cites no basis, nor does the same article of another law ("Art. 6
    BayDSG").
    """
    found = sorted([*_lettered(text), *_criminal(text), *_brazilian(text)], key=lambda citation: citation.start)
    result: list[Citation] = []
    for citation in found:
        if not result or citation.start >= result[-1].end:
            result.append(citation)
    return result


def _lettered(text: str) -> Iterator[Citation]:
    level = depths(text)
    for head in patterns.HEAD.finditer(text):
        yield from _with_detached(text, head, level)
    for head in patterns.BARE_HEAD.finditer(text):
        if not patterns.NOT_AN_ARTICLE.search(text[max(0, head.start() - 20) : head.start()]):
            yield from _with_detached(text, head, level)


def _with_detached(text: str, head: re.Match[str], level: list[int]) -> Iterator[Citation]:
    article = head["numeral"]
    position = head.end()
    notes: tuple[Message, ...] = ()
    if paragraph := patterns.PARAGRAPH.match(text, position):
        if _paragraph_number(paragraph) != _PARAGRAPH_WITH_LETTERS[article]:
            return
        position = paragraph.end()
        if sentence := patterns.SENTENCE.match(text, position):
            position = sentence.end()
    else:
        notes = (
            Message(
                "“%(text)s” names no paragraph; read as paragraph %(paragraph)s.",
                text=head[0].strip(),
                paragraph=str(_PARAGRAPH_WITH_LETTERS[article]),
            ),
        )
    first = patterns.LETTERS[article][0].match(text, position)
    if first is None or (notes and first["bare"]):
        return
    citation = _read_on(text, head.start(), article, first)
    if citation is None:
        return
    yield replace(citation, notes=notes + citation.notes)
    yield from _detached(text, article, citation, level)


def _paragraph_number(match: re.Match[str]) -> str:
    if match["roman"]:
        return str(len(match["roman"]))
    if match["first"] or match["second"]:
        return "1" if match["first"] else "2"
    return next(found for key in ("round", "word", "dot", "plain") if (found := match[key]))


def _letter(match: re.Match[str]) -> str:
    return next(found for found in match.groupdict().values() if found and found[0].isalpha()).lower()


def _read_on(text: str, start: int, article: str, first: re.Match[str]) -> Citation | None:
    """Read the letters that follow the first one, and the law's name; None if the law turns out to be another one."""
    _, further, upto, _ = patterns.LETTERS[article]
    letters, notes, end = [_letter(first)], [], _own_end(text, start, first)
    while True:
        if match := upto.match(text, end):
            last, here = _letter(match), letters[-1]
            if len(here + last) > 2 or last <= here or (match["dash"] or "").strip() != (match["dash"] or ""):
                named_so = text[start : match.end()].strip()
                notes.append(Message("“%(text)s” may be a range; it was not expanded.", text=named_so))
                break
            letters += [chr(code) for code in range(ord(here) + 1, ord(last) + 1)]
        elif match := further.match(text, end):
            letters.append(_letter(match))
        else:
            break
        end = _own_end(text, start, match)
    law = patterns.LAW.match(text, end)
    if law is None and patterns.OTHER_LAW.match(text, end):
        return None
    codes = tuple(dict.fromkeys(f"A{article}-{_PARAGRAPH_WITH_LETTERS[article]}-{letter}" for letter in letters))
    named = "" if law is None else "uk" if law["uk"] else "eu"
    return Citation(start, law.end() if law else end, codes, named, tuple(notes))


def _own_end(text: str, start: int, match: re.Match[str]) -> int:
    """Where the match ends, without a closing bracket that was opened before the citation began."""
    end = match.end()
    opened = bracket_pairs(text).get(end - 1)
    return end - 1 if opened is not None and opened < start else end


def _detached(text: str, article: str, citation: Citation, level: list[int]) -> Iterator[Citation]:
    """Letters that follow at a distance: "Art. 6 Abs. 1 lit. b) DSGVO (contract), lit. e) DSGVO (public task)".

    They belong to the article if no other provision stands between, and either nothing but brackets and connectors
    does, or the law is named again behind them.
    """
    position = citation.end
    here = level[citation.start]
    limit = citation.end + _REACH
    provisions = patterns.PROVISION.finditer(text, citation.end, limit)
    limit = next((provision.start() for provision in provisions if level[provision.start()] <= here), limit)
    for match in patterns.LETTERS[article][3].finditer(text, citation.end, limit):
        between = text[position : match.start()]
        if match.start() < position or level[match.start() - 1] > here:
            continue
        outside = "".join(sign for index, sign in enumerate(between, position) if level[index] <= here)
        found = _read_on(text, match.start(), article, match)
        if found is None or not (_FILLER.fullmatch(outside) or (match["marked"] and found.law)):
            continue
        yield found
        position = found.end


def _criminal(text: str) -> Iterator[Citation]:
    for match in patterns.CRIMINAL.finditer(text):
        law = patterns.LAW.match(text, match.end())
        if law is not None:
            yield Citation(match.start(), law.end(), ("A10",), "uk" if law["uk"] else "eu")


def _brazilian(text: str) -> Iterator[Citation]:
    for head in patterns.BRAZIL_HEAD.finditer(text):
        codes: list[str] = []
        position: int | None = head.end()
        end = head.end()
        while position is not None and (numeral := patterns.ROMAN.match(text, position)):
            letter = patterns.BRAZIL_LETTER.match(text, numeral.end()) if head["numeral"] == "11" else None
            end = letter.end() if letter else numeral.end()
            codes.append(f"BR-A{head['numeral']}-{numeral[0]}" + (f"-{letter['letter']}" if letter else ""))
            following = patterns.NEXT_ROMAN.match(text, end)
            position = following.end() if following else None
        law = patterns.BRAZIL_LAW.match(text, end)
        if law is None and (patterns.LAW.match(text, end) or patterns.OTHER_LAW.match(text, end)):
            continue
        if codes:
            yield Citation(head.start(), law.end() if law else end, tuple(dict.fromkeys(codes)), "br")
