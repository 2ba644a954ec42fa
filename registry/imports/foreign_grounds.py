"""Cells of a table that isn't ours that hold legal bases, alone or among the purposes, and conditions."""

import re

from registry.imports.foreign_words import bare_answer, read_none, row_named, spelt
from registry.imports.fragments import FACTS, Fragment, Reading, Sources, row_of
from registry.imports.parsing.blank_words import Blank
from registry.imports.parsing.condition_names import condition_named
from registry.imports.parsing.legal_basis import recognise_legal_bases
from registry.imports.parsing.lists import split_list
from registry.imports.source import SourceCell
from registry.record.messages import Message
from registry.reference.lawful_basis import Regime

_CONDITION = re.compile(r"(?:(?<=\A)|(?<=[;,\n])|(?<=[;,\n]\s))\s*\(?([a-j])(?:\)|(?=\s*(?:[;,\n]|\Z)))", re.IGNORECASE)
"""A condition of Art. 9(2) by its letter alone, in a column that asks for nothing else: "(h) health or social care"."""


def read_legal_bases(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """Read the grounds that a cell cites or names; every word that says more is kept."""
    fact = FACTS["legal_bases"]
    if kind is Blank.NONE_STATED:
        fragment.add("legal_bases", [], cell)
        reading.remark(cell, "warning", Message("This says that there is no legal basis; the list is left empty."))
        return
    if bare_answer(cell.text) is not None:
        reading.keep(cell, Message("This says no more than yes or no."))
        return
    found = recognise_legal_bases(spelt(cell.text), sources.lookups.law(sources.organisation))
    known = [sources.lookups.codes.get(code.casefold()) for code in found.codes]
    if None in known:
        missing = ", ".join(code for code, pk in zip(found.codes, known, strict=True) if pk is None)
        reading.remark(
            cell,
            "warning",
            Message("The catalogue has no %(codes)s; the words are kept.", codes=missing),
            Message("run seed_catalogues to add the law's own"),
        )
        rows = [row_of(fact, stated_as=cell.text)]
    else:
        rows = [row_of(fact, legal_basis=pk) for pk in known]
        if found.remainder:
            rows.append(row_of(fact, stated_as=found.remainder))
    for note in found.notes:
        reading.remark(cell, "note", note)
    if not found.codes:
        reading.remark(cell, "note", Message("No legal basis could be recognised; the words are kept as they stand."))
    fragment.add("legal_bases", rows, cell)


def read_purposes_and_bases(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """A column that holds both: the text is the purpose, and the bases that it cites are read out of it."""
    if kind is Blank.NONE_STATED:
        read_none(cell._replace(key="purposes"), fragment, reading)
        return
    fact = FACTS["purposes"]
    parts = [part for part in split_list(cell.text) if not _cites_only(part)]
    fragment.add("purposes", [row_named(fact, part, sources) for part in parts], cell)
    found = recognise_legal_bases(cell.text, sources.lookups.law(sources.organisation))
    known = [sources.lookups.codes.get(code.casefold()) for code in found.codes]
    if None in known:
        known = []
    fragment.add("legal_bases", [row_of(FACTS["legal_bases"], legal_basis=pk) for pk in known], cell)
    if not known:
        reading.remark(
            cell, "note", Message("No legal basis could be recognised; the words are kept with the purpose.")
        )


def _cites_only(text: str) -> bool:
    found = recognise_legal_bases(text)
    return bool(found.codes) and not found.remainder


def read_condition(
    cell: SourceCell, kind: Blank | None, fragment: Fragment, reading: Reading, sources: Sources
) -> None:
    """Conditions of Art. 9(2): legal bases of their own, since a list of both says not which belongs to which."""
    if kind is Blank.NONE_STATED:
        return
    law = sources.lookups.law(sources.organisation)
    text = _CONDITION.sub(r"Art. 9(2)(\1)", cell.text) if "9" not in cell.text else cell.text
    found = recognise_legal_bases(text, law)
    named = [condition_named(part) for part in split_list(cell.text)]
    codes, words = found.codes, found.remainder
    if law in {Regime.EU, Regime.UK} and None not in named:
        codes, words = tuple(dict.fromkeys(_under(code, law) for code in named if code)), ""
    known = [pk for code in codes if (pk := sources.lookups.codes.get(code.casefold()))]
    fact = FACTS["legal_bases"]
    if known and len(known) == len(codes):
        rows = [row_of(fact, legal_basis=pk) for pk in known]
        rows += [row_of(fact, stated_as=words)] if words else []
    else:
        rows = [row_of(fact, stated_as=cell.text)]
        reading.remark(cell, "note", Message("No condition could be recognised; the words are kept as they stand."))
    fragment.add("legal_bases", rows, cell)


def _under(code: str, law: Regime) -> str:
    return f"UK-{code}" if law is Regime.UK else code
