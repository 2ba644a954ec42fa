"""What a record says in the terms of the CCPA: its data by the statute's categories, and who gets them how."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.compliance.california import outside
from registry.compliance.laws import Law, laws_finder
from registry.record.activity import ActivityRecord
from registry.record.activity_rows import DataCategoryRow, PurposeRow, RecipientRow
from registry.record.entries import DataCategoryEntry
from registry.record.loader import Register
from registry.record.numbers import say_number
from registry.record.words import name_row
from registry.reference.answers import Answer
from registry.reference.ccpa import CcpaCategory
from registry.reports.lists.naming import said

CODES = [str(code) for code in CcpaCategory.values]


@dataclass
class Disclosed:
    """To whom the data of records go, as the answers say. A unit of one's own and the people themselves are nobody."""

    sold: dict[str, None] = field(default_factory=dict)
    shared: dict[str, None] = field(default_factory=dict)
    business: dict[str, None] = field(default_factory=dict)
    undecided: dict[str, None] = field(default_factory=dict)

    def note(self, record: ActivityRecord) -> None:
        """Note the recipients of a record."""
        for row in outside(record):
            name = recipient_name(row)
            if row.sold == Answer.YES:
                self.sold[name] = None
            if row.shared == Answer.YES:
                self.shared[name] = None
            if Answer.YES in {row.sold, row.shared}:
                continue
            answered = row.sold == Answer.NO and row.shared == Answer.NO
            (self.business if answered else self.undecided)[name] = None

    @property
    def sold_or_shared(self) -> tuple[str, ...]:
        """Those to whom data are sold, or with whom they are shared."""
        return tuple({**self.sold, **self.shared})


def category_of(row: DataCategoryRow) -> str:
    """Return the letter of the statute's category; empty where nobody has chosen one."""
    return str(row.category.ccpa_category) if isinstance(row.category, DataCategoryEntry) else ""


def californian(register: Register) -> Iterator[ActivityRecord]:
    """Yield the records that are under the statute: those that say anything in its terms beside what data are."""
    laws_of = laws_finder(timezone.localdate(register.as_at))
    return (record for record in register.activities() if Law.CALIFORNIA in laws_of(record))


def covered(found: int, register: Register) -> str:
    """Return the note that says which of the register's records a report is about."""
    return _(
        "About the %(found)s of %(all)s activities that say anything in the terms of the CCPA: a business purpose, a "
        "recipient's role under it, a sale or sharing, or a legal basis of it. Say it of an activity that is missing."
    ) % {"found": say_number(found), "all": say_number(len(register))}


def purpose_name(row: PurposeRow) -> str:
    """Return a purpose, with the statute's business purpose in brackets."""
    business = said(PurposeRow, "ccpa_business_purpose", row.ccpa_business_purpose)
    return f"{row.text} ({business})" if business else row.text


def recipient_name(row: RecipientRow) -> str:
    """Return a recipient, with its role under the statute in brackets."""
    role = said(RecipientRow, "ccpa_role", row.ccpa_role)
    return f"{name_row(row)} ({role})" if role else name_row(row)


def label_of(code: str) -> str:
    """Return the statute's category as it stands there."""
    return str(CcpaCategory(code).label)
