"""Puts the rules to records: one record, or a whole register as it streams by."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from registry.compliance.context import Context, context_of
from registry.compliance.gap import Gap, Rule
from registry.compliance.identity import identify
from registry.compliance.laws import Law
from registry.compliance.rules import rules_for
from registry.record.activity import ActivityRecord
from registry.record.definition import facts
from registry.record.loader import Register
from registry.reference.activity import ActivityStatus

_new_gap = partial(tuple.__new__, Gap)
_LIST_OF = {fact.row: fact.key for fact in facts(ActivityRecord).values() if fact.row is not None}


def check_record(record: ActivityRecord, context: Context) -> tuple[Gap, ...]:
    """Return the gaps of one record, in the order of the rules; of a retired record there are none."""
    if record.status == ActivityStatus.RETIRED:
        return ()
    asked, laws = rules_for(record, context)
    found: list[Gap] = []
    for rule, find in asked:
        hits = find(record, context)
        if hits:
            _add_gaps(found, rule, hits, record, laws)
    return tuple(found)


def check_register(
    register: Register, context: Context | None = None
) -> Iterator[tuple[ActivityRecord, tuple[Gap, ...]]]:
    """Yield each record of the register with its gaps, as the records are read: three queries, whatever their number."""
    told = context or context_of(register)
    for record in register.activities():
        yield record, check_record(record, told)


def _add_gaps(
    found: list[Gap], rule: Rule, hits: Iterable[tuple[Any, Any]], record: ActivityRecord, laws: tuple[Law, ...]
) -> None:
    pk, reference = record.pk, record.reference
    taken: dict[str, int] = {}
    for row, said in hits:
        if row is None:
            identity, row_list, row_pk = "", "", None
        else:
            identity, row_list, row_pk = identify(row), _LIST_OF[type(row)], row.pk
        if identity in taken:
            times = taken[identity] = taken[identity] + 1
            identity = f"{identity}~{times}"
        else:
            taken[identity] = 1
        found.append(_new_gap((rule, pk, reference, laws, identity, row_list, row_pk, said)))
