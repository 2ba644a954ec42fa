"""Cells of a table that isn't ours that speak of transfers: whether, where to, to whom, by which safeguard."""

import re

from registry.imports.foreign_facts import read_about
from registry.imports.foreign_words import BARE_NONE, bare_answer, is_bare_yes, spelt, starts_negative
from registry.imports.fragments import FACTS, Fragment, Reading, Sources, row_of
from registry.imports.parsing.answers import after_yes
from registry.imports.parsing.blank_words import Blank
from registry.imports.parsing.connecting_words import SPEAKS_AGAINST
from registry.imports.parsing.countries import country_first, find_countries
from registry.imports.parsing.lists import split_list
from registry.imports.parsing.no_transfer import says_no_transfer
from registry.imports.parsing.safeguards import parse_safeguard
from registry.imports.source import SourceCell
from registry.imports.values import Value
from registry.record.messages import Message
from registry.reference.answers import Answer

_MODULE = re.compile(
    r"\s*[,(–-]?\s*(?:modules?|module?n?|módulos?|moduli|modulo)\s*[1-4](?:\s*(?:,|/|&|\+|and|und|et|e|y|en)\s*[1-4])*\s*\)?\Z",
    re.IGNORECASE,
)
"""Which modules of the standard contractual clauses are agreed."""
_BESIDE = re.compile(r"\s*([(\[,+:]|\s[–—-]\s|\s(?:with|mit|avec|con|com|met|und|and|et)\s)", re.IGNORECASE)
"""What parts a safeguard from what is said about it: "SCC (2021/914)", "SCC + TIA"."""


def read_transfers(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """Transfers: an explicit none is an answer; a country is a country; everything else stays in its words."""
    fact = FACTS["transfers"]
    if kind is Blank.NONE_STATED or bare_answer(cell.text) is Answer.NO or says_no_transfer(cell.text):
        fragment.say("transfers_answer", str(Answer.NO), cell)
        fragment.lists.setdefault("transfers", [])
        if len(cell.text) > BARE_NONE:
            reading.keep(cell, Message("It says why there is none."), severity="note")
        return
    if is_bare_yes(cell.text):
        fragment.say("transfers_answer", str(Answer.YES), cell)
        fragment.lists.setdefault("transfers", [])
        beside = {"transfers.country", "transfers.recipient"}
        if not any(other.key in beside for other in fragment.row.cells):
            reading.remark(
                cell,
                "warning",
                Message("There are transfers, but not to where."),
                Message("the countries and safeguards"),
            )
        return
    text = after_yes(cell.text) or cell.text
    found = find_countries(text)
    if found.countries and not found.words:
        rows = [row_of(fact, country=country.code) for country in found.countries]
    else:
        rows = [_row(part) for part in split_list(text)]
        if not all(row["country"] for row in rows):
            rows = [row_of(fact, stated_as=cell.text)]
            reading.remark(cell, "note", Message("No country could be read; the words are kept as they stand."))
    fragment.add("transfers", rows, cell)
    if starts_negative(cell.text):
        reading.remark(
            cell,
            "warning",
            Message("This begins with a no and goes on: whether there are transfers is left unanswered."),
        )
    elif not any(row["country"] for row in rows) and SPEAKS_AGAINST.search(cell.text):
        reading.remark(
            cell, "warning", Message("There is a no in this: whether there are transfers is left unanswered.")
        )
    else:
        fragment.say("transfers_answer", str(Answer.YES), cell)


def _row(part: str) -> dict[str, Value]:
    """Return the transfer that a part of a cell tells: its country, its safeguard, and the words that say more."""
    fact = FACTS["transfers"]
    whole = find_countries(part)
    if len(whole.countries) == 1 and not whole.words:
        return row_of(fact, country=whole.countries[0].code)
    country, more = country_first(part)
    if country is None:
        return row_of(fact, stated_as=part)
    safeguard = parse_safeguard(more)
    return row_of(fact, country=country.code, safeguard=safeguard or "", stated_as="" if safeguard else part)


def read_country(cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """The country of a row's transfers; several countries, or any words, are transfers of their own."""
    found = find_countries(cell.text)
    if kind is None and len(found.countries) == 1 and not found.words:
        fragment.tell("transfers", "country", found.countries[0].code, cell)
    elif kind is None and country_first(cell.text)[0] is not None:
        read_transfers(cell, kind, fragment, reading, sources)
    elif kind is None and not found.countries and not _says_whether(cell.text):
        fragment.tell("transfers", "stated_as", cell.text, cell)
        reading.remark(cell, "note", Message("No country could be read; the words are kept as they stand."))
    else:
        read_transfers(cell, kind, fragment, reading, sources)


def _says_whether(text: str) -> bool:
    """Return whether a text says that there are transfers, or that there are none, rather than where to."""
    yes = is_bare_yes(text) or after_yes(text) is not None
    return yes or starts_negative(text) or bool(SPEAKS_AGAINST.search(text))


def _safeguard_first(text: str) -> str | None:
    """Return the safeguard with which a text begins, if what it says beside is neither another one nor a no."""
    if whole := parse_safeguard(_MODULE.sub("", text)):
        return whole
    head, _, rest = (*_BESIDE.split(text, maxsplit=1), "", "")[:3]
    others = [part for part in re.split(r"[;,/()+\n]", rest) if parse_safeguard(part)]
    return None if others or SPEAKS_AGAINST.search(text) or ";" in text else parse_safeguard(_MODULE.sub("", head))


def read_transfer_recipient(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """Read who receives the data there; an explicit none means that there are no transfers."""
    if kind is Blank.NONE_STATED:
        read_transfers(cell, kind, fragment, reading, sources)
    else:
        read_about(cell, "transfers", "recipient", kind, fragment, reading, sources)


def read_safeguard(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """Read the safeguard of the row's transfers, or keep the words with them."""
    if kind is Blank.NONE_STATED:
        return
    code = parse_safeguard(spelt(cell.text))
    fragment.tell("transfers", "safeguard" if code else "stated_as", code or cell.text, cell)
    if code is None and (code := _safeguard_first(cell.text)):
        fragment.tell("transfers", "safeguard", code, cell)
    if code is None:
        reading.remark(cell, "note", Message("No safeguard could be read; the words are kept with the transfer."))
