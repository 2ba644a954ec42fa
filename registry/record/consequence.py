"""The declared facts of what a change requires, as a frozen record."""

from datetime import date
from typing import Annotated as A
from typing import NamedTuple

from django.utils.translation import gettext_noop as n

from registry.record.definition import Fact, Kind
from registry.reference.requirements import ChangedEntry, Requirement, Settlement


class ConsequenceRecord(NamedTuple):
    """A line of the checklist that is kept with a change."""

    pk: int
    entry: A[
        str,
        Fact(
            n("Catalogue"),
            Kind.CHOICE,
            n("Of the entry that changed; empty where a record did."),
            choices=ChangedEntry,
        ),
    ]
    record_key: A[int, Fact(n("Key of the record or entry"), Kind.NUMBER, required=True)]
    record: A[str, Fact(n("Record or entry"), Kind.TEXT, n("As it was called then."), main=True, required=True)]
    key: A[str, Fact(n("Kind of consequence"), Kind.TEXT, n("Its permanent identifier."), required=True)]
    requirement: A[str, Fact(n("What is required"), Kind.CHOICE, choices=Requirement, required=True)]
    article: A[str, Fact(n("Article"), Kind.TEXT, required=True)]
    names: A[str, Fact(n("What has changed"), Kind.PROSE, n("One a line."))]
    used_by: A[
        str,
        Fact(
            n("Approved records that it concerns"),
            Kind.PROSE,
            n("As they were called then, the first 500."),
        ),
    ]
    uses: A[int | None, Fact(n("Number of approved records that it concerns"), Kind.NUMBER)]
    sentence: A[str, Fact(n("What to do"), Kind.PROSE, n("In the words of that day."), required=True)]
    raised_on: A[date, Fact(n("Required since"), Kind.DATE, required=True)]
    due_on: A[date, Fact(n("To be settled by"), Kind.DATE, required=True)]
    settlement: A[str, Fact(n("State of the consequence"), Kind.CHOICE, choices=Settlement)]
    note: A[str, Fact(n("What was done, or why it isn't needed"), Kind.PROSE)]
    settled_by: A[str, Fact(n("Settled by"), Kind.TEXT)]
    settled_on: A[date | None, Fact(n("Settled on"), Kind.DATE)]

    @property
    def label(self) -> str:
        """Record and sentence."""
        return f"{self.record}: {self.sentence}"
