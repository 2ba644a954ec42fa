"""What a business has to disclose under the CCPA: the lists of categories collected, sold or shared, and disclosed."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.activity_rows import PurposeRow, RecipientRow
from registry.record.entries import DataCategoryEntry
from registry.record.loader import Register
from registry.record.words import name_row
from registry.reference.answers import Answer
from registry.reference.ccpa import CcpaCategory
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import activity_name, once, said, several_organisations
from registry.reports.lists.records import retention
from registry.reports.provenance import Provenance, list_report

CODES = [str(code) for code in CcpaCategory.values]


@dataclass
class Category:
    """What is known of one of the statute's categories of personal information, over all activities."""

    data: dict[str, None] = field(default_factory=dict)
    sensitive: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    purposes: dict[str, None] = field(default_factory=dict)
    retention: dict[str, None] = field(default_factory=dict)
    sold_or_shared: dict[str, None] = field(default_factory=dict)
    undecided: dict[str, None] = field(default_factory=dict)
    disclosed: dict[str, None] = field(default_factory=dict)
    activities: dict[str, None] = field(default_factory=dict)


def disclosure_lists(register: Register, provenance: Provenance) -> Listing:
    """Return a row for each of the statute's categories. What nobody has answered is shown as such, never as "no"."""
    columns = (
        Column("category", _("Category (Cal. Civ. Code 1798.140(v)(1))"), 28, asked=True),
        Column("data", _("Personal information collected"), 28, Holds.TEXTS, "CCPA 1798.110(c)(1)"),
        Column("sensitive", _("Of it, sensitive"), 22, Holds.TEXTS, "CCPA 1798.140(ae)"),
        Column("sources", _("Categories of sources"), 24, Holds.TEXTS, "CCPA 1798.110(c)(2)", asked=True),
        Column("purposes", _("Business or commercial purposes"), 30, Holds.TEXTS, "CCPA 1798.110(c)(3)", asked=True),
        Column("sold_or_shared", _("Sold to or shared with"), 24, Holds.TEXTS, "CCPA 1798.115(c)(1)"),
        Column("disclosed", _("Disclosed for a business purpose to"), 26, Holds.TEXTS, "CCPA 1798.115(c)(2)"),
        Column("undecided", _("Neither answered to be sold nor shared, nor not"), 26, Holds.TEXTS),
        Column("retention", _("How long, or by which criteria"), 30, Holds.TEXTS, "CCPA 1798.100(a)(3)", asked=True),
        Column("activities", _("In which activities"), 28, Holds.TEXTS),
    )  # fmt: skip
    found, without = _collected(register)
    table = Table(
        "categories",
        _("Categories of personal information"),
        columns,
        lambda: (_row(code, found[code]) for code in CODES if code in found),
        _("No activity names data of a category of the statute. Give the categories of data theirs in the catalogue."),
    )
    notes = [
        _("The lists cover what the register holds at the moment; the statute asks for the preceding twelve months, "
          "and for an update every twelve months.")
    ]  # fmt: skip
    if without:
        said_of = _("Categories of data without a category of the statute, which are in no list: %(names)s.")
        notes.append(said_of % {"names": ", ".join(without)})
    title = _("California: disclosure lists (CCPA)")
    return list_report(title, register, provenance, tables=(table,), footnotes=tuple(notes))


def _collected(register: Register) -> tuple[dict[str, Category], tuple[str, ...]]:
    found: dict[str, Category] = {}
    without: dict[str, None] = {}
    several = several_organisations(register)
    for record in register.activities():
        activity = activity_name(record, with_organisation=several)
        for row in record.data_categories:
            entry = row.category
            if not isinstance(entry, DataCategoryEntry) or not entry.ccpa_category:
                without[name_row(row)] = None
                continue
            category = found.setdefault(str(entry.ccpa_category), Category())
            category.data[name_row(row)] = None
            if entry.ccpa_sensitive == Answer.YES:
                category.sensitive[name_row(row)] = None
            if row.source:
                category.sources[row.source] = None
            _add(category, record, activity)
    return found, once(without)


def _add(category: Category, record: ActivityRecord, activity: str) -> None:
    category.activities[activity] = None
    category.purposes.update(dict.fromkeys(map(_purpose, record.purposes)))
    category.retention.update(dict.fromkeys(retention(record)))
    for row in record.recipients:
        name = _recipient(row)
        answers = {row.sold, row.shared}
        if Answer.YES in answers:
            category.sold_or_shared[name] = None
        elif answers == {Answer.NO}:
            category.disclosed[name] = None
        else:
            category.undecided[name] = None


def _purpose(row: PurposeRow) -> str:
    business = said(PurposeRow, "ccpa_business_purpose", row.ccpa_business_purpose)
    return f"{row.text} ({business})" if business else row.text


def _recipient(row: RecipientRow) -> str:
    role = said(RecipientRow, "ccpa_role", row.ccpa_role)
    return f"{name_row(row)} ({role})" if role else name_row(row)


def _row(code: str, category: Category) -> Row:
    return [
        str(CcpaCategory(code).label),
        *(
            tuple(values)
            for values in (
                category.data, category.sensitive, category.sources, category.purposes, category.sold_or_shared,
                category.disclosed, category.undecided, category.retention, category.activities,
            )
        ),
    ]  # fmt: skip
