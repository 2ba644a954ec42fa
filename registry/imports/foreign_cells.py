"""From one cell of a table that isn't ours to what it says of its record, by what its column is read as."""

import re
from collections.abc import Callable, Mapping
from html import unescape

from registry.imports.comments import KEPT
from registry.imports.foreign_facts import (
    read_about,
    read_answer,
    read_conclusion,
    read_data_retention,
    read_recipient_role,
    read_retention,
    read_scalar,
    read_state,
)
from registry.imports.foreign_grounds import read_condition, read_legal_bases, read_purposes_and_bases
from registry.imports.foreign_lists import read_list, read_tick
from registry.imports.foreign_transfers import read_country, read_safeguard, read_transfer_recipient, read_transfers
from registry.imports.foreign_words import denies_heading
from registry.imports.fragments import FACTS, Fragment, Reading, Sources
from registry.imports.mapping import IGNORE, KEEP
from registry.imports.parsing.blank_words import Blank, classify
from registry.imports.parsing.boxes import ticked
from registry.imports.source import COMMENT, SourceCell
from registry.record.definition import Kind
from registry.record.messages import Message

_FAILED = re.compile(r"#(?:N/?A|REF|VALUE|NAME|DIV/0|NULL|NUM|NV|BEZUG|WERT|ZAHL|VALEUR|NOM|N/D)[!?]?")
"""What a formula leaves that has failed: it says nothing, and above all not that there is none."""
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|[AEIOUaeiou](?:uml|acute|grave|circ)|szlig|#\d{2,4});")
"""A character as pages of the web write it, which programs leave in what they export."""
_ASKS_INITIALS = re.compile(r"\b[OoSs]\s?/\s?[Nn]\b")
_INITIALS = {"O": "oui", "o": "oui", "S": "sí", "s": "sí"}
"""The first letters of a yes, under a heading that asks for them: "Données sensibles (O/N)"."""
_ASKED = frozenset(
    {"recipients", "transfers", "joint_controllers"} | {key for key, fact in FACTS.items() if fact.kind is Kind.ANSWER}
)
"""What is asked with a yes or no: a no in the words of the heading is one."""
Reader = Callable[[SourceCell, Blank | None, Fragment, Reading, Sources], None]


def read_cell(cell: SourceCell, fragment: Fragment, reading: Reading, sources: Sources) -> None:
    """Read one cell into ``fragment``; what no field holds is kept in ``reading``, with a remark."""
    text = cell.text.strip()
    if not text or cell.key == IGNORE:
        return
    if cell.key == COMMENT:
        reading.kept.append((cell.heading, text))
        reading.remark(cell._replace(heading=cell.value), "note", KEPT)
        return
    if _ENTITY.search(text):
        text = unescape(text)
    if _FAILED.fullmatch(text):
        reading.kept.append((cell.heading, text))
        return
    if cell.key != KEEP and (chosen := ticked(text)) is not None:
        if not chosen:
            reading.remark(cell, "note", Message("No box is ticked; the field is left empty."))
            return
        text = chosen
    if text in _INITIALS and _ASKS_INITIALS.search(cell.heading):
        text = _INITIALS[text]
    cell = cell._replace(text=text)
    kind = classify(text)
    if kind is Blank.TEMPLATE:
        reading.remark(cell, "warning", Message("This is a template's own text, not an answer; it is left out."))
        return
    if kind is None and cell.key in _ASKED and denies_heading(text, cell.heading):
        kind = Blank.NONE_STATED
    if cell.value:
        read_tick(cell, kind, fragment, reading, sources)
        return
    if kind is Blank.UNKNOWN and not _is_answer(cell.key):
        reading.remark(cell, "warning", Message("This says that the answer isn't known; the field is left empty."))
        return
    if cell.key == KEEP:
        reading.kept.append((cell.heading, text))
        return
    special = _SPECIAL.get(cell.key)
    list_key, _, inner = cell.key.partition(".")
    if special is not None:
        special(cell, kind, fragment, reading, sources)
    elif inner:
        read_about(cell, list_key, inner, kind, fragment, reading, sources)
    elif FACTS[cell.key].kind is Kind.ROWS:
        read_list(cell, kind, fragment, reading, sources)
    elif FACTS[cell.key].kind is Kind.ANSWER:
        read_answer(cell, kind, fragment, reading, sources)
    else:
        read_scalar(cell, kind, fragment, reading, sources)


def _is_answer(key: str) -> bool:
    return key in FACTS and FACTS[key].kind is Kind.ANSWER


_SPECIAL: Mapping[str, Reader] = {
    "impact_assessments.conclusion": read_conclusion,
    "impact_assessments.status": read_state,
    "legal_bases": read_legal_bases,
    "purposes_and_bases": read_purposes_and_bases,
    "legal_bases.special_category_condition": read_condition,
    "retention": read_retention,
    "retention_number": read_retention,
    "retention_unit": read_retention,
    "retention_start": read_retention,
    "transfers": read_transfers,
    "transfers.country": read_country,
    "transfers.recipient": read_transfer_recipient,
    "transfers.safeguard": read_safeguard,
    "recipients.role": read_recipient_role,
    "data_categories.retention": read_data_retention,
}
