"""What a record says in the terms of the CCPA: its data by the statute's categories, and who gets them how."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

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
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.reference.ccpa import SENSITIVE_BY_CODE, CcpaCategory
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


def californian(register: Register, *, past: timedelta = timedelta(0)) -> Iterator[ActivityRecord]:
    """Yield the records that are under the statute: those that say anything in its terms beside what data are.

    Retired ones collect nothing any more; with ``past``, those that ended so long ago or less are among them, too, and
    those of which nobody said when.
    """
    day = timezone.localdate(register.as_at)
    laws_of = laws_finder(day)
    return (
        record
        for record in register.activities()
        if Law.CALIFORNIA in laws_of(record) and (record.status != ActivityStatus.RETIRED or _ended(record, day, past))
    )


def _ended(record: ActivityRecord, day: date, past: timedelta) -> bool:
    return bool(past) and (record.ends_on is None or day - record.ends_on <= past)


def covered(found: int, register: Register) -> str:
    """Return the note that says which of the register's records a report is about."""
    return _(
        "About what is said in the terms of the CCPA: a business purpose, a recipient's role under it, a sale or "
        "sharing, or a legal basis of it. Activities that say any of it: %(found)s of %(all)s. Say it of one that is "
        "missing."
    ) % {"found": say_number(found), "all": say_number(len(register))}


def purpose_name(row: PurposeRow) -> str:
    """Return a purpose, with the statute's business purpose in brackets."""
    business = said(PurposeRow, "ccpa_business_purpose", row.ccpa_business_purpose)
    return f"{row.text} ({business})" if business else row.text


def recipient_name(row: RecipientRow) -> str:
    """Return a recipient, with its role under the statute in brackets."""
    role = said(RecipientRow, "ccpa_role", row.ccpa_role)
    return f"{name_row(row)} ({role})" if role else name_row(row)


def sensitive_name(row: DataCategoryRow) -> str:
    """Return sensitive data by the statute's own term, with their name behind it; their name where none is chosen."""
    name = name_row(row)
    term = row.category.ccpa_sensitive_term if isinstance(row.category, DataCategoryEntry) else ""
    return _("%(term)s: %(name)s") % {"term": SENSITIVE_BY_CODE[term].name, "name": name} if term else name


def label_of(code: str) -> str:
    """Return the statute's category as it stands there."""
    return str(CcpaCategory(code).label)
