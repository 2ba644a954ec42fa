"""What a row is checked for once it is read: lengths, its name and reference, answers that contradict its lists."""

from registry.imports.remarks import Remarks
from registry.imports.stored import FACTS, row_lengths
from registry.imports.stored_activities import StoredActivities, StoredActivity
from registry.imports.table import Table
from registry.imports.values import Value
from registry.record.definition import Fact, facts
from registry.record.messages import Message, plural_message
from registry.reference.answers import Answer

ANSWER_OF = {"recipients": "recipients_answer", "transfers": "transfers_answer"}
"""The question that each list answers."""


class Checks:
    """Checks the rows of a table one after the other, and notes what is wrong. ``maximum`` is the longest texts."""

    def __init__(self, table: Table, stored: StoredActivities, remarks: Remarks, maximum: dict[str, int]) -> None:
        self._table = table
        self._stored = stored
        self._remarks = remarks
        self._maximum = maximum
        self._row_maximum = {
            key: row_lengths(fact.row.__name__, maximum) for key, fact in FACTS.items() if fact.row is not None
        }
        self._seen: dict[tuple[int, str], int] = {}

    def lengths(self, number: int, fact: Fact, value: Value, size: int | None) -> None:
        """Report texts that their columns can't hold. No text in a cell is longer than the cell: its ``size``."""
        limit = self._maximum.get(fact.key)
        if limit and isinstance(value, str) and len(value) > limit:
            self._remarks.of_fact(
                "error",
                plural_message(
                    "The text is too long: %(count)s character.",
                    "The text is too long: %(count)s characters.",
                    len(value),
                ),
                number,
                fact.key,
                value,
                up_to(limit),
            )
        if fact.row is not None and isinstance(value, list):
            for inner, most in self._row_maximum[fact.key].items():
                if size is not None and size <= most:
                    continue
                for row in value:
                    if isinstance(row[inner], str) and len(row[inner]) > most:
                        self._remarks.of_fact(
                            "error",
                            Message("%(field)s: the text is too long.", field=Message(facts(fact.row)[inner].label)),
                            number,
                            fact.key,
                            row[inner],
                            up_to(most),
                        )

    def identity(
        self, number: int, organisation: int | None, reference: str, name: str, found: StoredActivity | None
    ) -> None:
        """Report a row without a name, a reference that stands twice, and a name that a record has already."""
        if not name and (found is None or not self._table.own or "name" in self._table.column_of):
            self._remarks.of_fact(
                "error", Message("The activity has no name."), number, "name", accepted=Message("a name in every row")
            )
        if organisation is None:
            return
        if reference:
            first = self._seen.setdefault((organisation, reference), number)
            if first != number:
                self._remarks.of_fact(
                    "error",
                    Message("The reference stands in row %(row)s already.", row=str(first)),
                    number,
                    "reference",
                    reference,
                    Message("each reference once in a file"),
                )
        elif name and found is None and self._stored.called(organisation, name):
            self._remarks.of_fact(
                "warning",
                Message("An activity of this name exists already; without its reference this row adds another one."),
                number,
                "name",
                name,
                Message(
                    "the reference of the existing activity, to change that one; or the choice that the row is that one"
                ),
            )

    def answers(self, number: int, values: dict[str, Value]) -> None:
        """Report an answer of none beside a list that isn't empty: a contradiction, not a choice for the importer."""
        for rows, answer in ANSWER_OF.items():
            if not values.get(rows):
                continue
            if values.get(answer) == Answer.NO:
                self._remarks.of_fact(
                    "error",
                    Message(
                        "“%(answer)s” says no, and “%(list)s” has rows.",
                        answer=Message(FACTS[answer].label),
                        list=Message(FACTS[rows].label),
                    ),
                    number,
                    answer if answer in self._table.column_of else rows,
                    accepted=Message("yes, or no rows"),
                )


def up_to(most: int) -> Message:
    """Return what is accepted where a text is too long."""
    return plural_message("up to %(count)s character", "up to %(count)s characters", most)
