"""What a business has to disclose in its privacy policy under the CCPA: Cal. Civ. Code 1798.110(c), 1798.115(c) and
1798.130(a)(5)(B) and (C), the lists of categories collected, sold or shared, and disclosed for a business purpose."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from registry.compliance.california import is_sensitive
from registry.record.activity import ActivityRecord
from registry.record.activity_rows import DataCategoryRow
from registry.record.loader import Register
from registry.record.words import name_row
from registry.reference.answers import Answer
from registry.reports.layouts import ccpa
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import activity_name, several_organisations
from registry.reports.lists.records import retention_of
from registry.reports.provenance import Provenance, list_report

TEXTS = Holds.TEXTS
YEAR = timedelta(days=366)
"""The lists are of what was collected in the preceding twelve months (1798.110(c), 1798.130(a)(5))."""


@dataclass
class Outgoing:
    """What of a category goes out in one of the two ways, and what for: of the activities alone in which it does."""

    data: dict[str, None] = field(default_factory=dict)
    purposes: dict[str, None] = field(default_factory=dict)


@dataclass
class Category:
    """What is known of one of the statute's categories of personal information, over all activities."""

    data: dict[str, None] = field(default_factory=dict)
    sensitive: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    purposes: dict[str, None] = field(default_factory=dict)
    retention: dict[str, None] = field(default_factory=dict)
    disclosed: ccpa.Disclosed = field(default_factory=ccpa.Disclosed)
    sold: Outgoing = field(default_factory=Outgoing)
    business: Outgoing = field(default_factory=Outgoing)
    activities: dict[str, None] = field(default_factory=dict)
    is_open: bool = False
    """Whether some activity neither names recipients nor says that there are none."""


@dataclass
class Lists:
    """The categories that were found, and what is in none."""

    found: dict[str, Category] = field(default_factory=dict)
    without: dict[str, None] = field(default_factory=dict)
    activities: int = 0

    def in_order(self) -> Iterator[tuple[str, Category]]:
        """Yield the statute's heading of each category with what is known of it, in the order of the statute."""
        return ((ccpa.label_of(code), self.found[code]) for code in ccpa.CODES if code in self.found)

    @property
    def is_answered(self) -> bool:
        """Whether of every recipient it is answered whether data are sold to or shared with it, and who they are."""
        found = self.found.values()
        return bool(found) and not any(category.disclosed.undecided or category.is_open for category in found)


def disclosure_lists(register: Register, provenance: Provenance) -> Listing:
    """Return a row for each of the statute's categories, and the two separate lists of what is sold or shared and what
    is disclosed. What nobody has answered is shown as such, never as "no"."""
    lists = _collected(register)
    notes = [
        ccpa.covered(lists.activities, register),
        _("The lists cover the activities in use and those that ended in the preceding twelve months; what a record "
          "has dropped since isn't in them. The statute asks for an update every twelve months (1798.130(a)(5))."),
        _("Beside the lists the policy describes the rights of consumers and two or more ways to ask "
          "(1798.130(a)(5)(A)): the records hold them under their rights."),
    ]  # fmt: skip
    if lists.without:
        said = _("Categories of data without a category of the statute, which are in no list: %(names)s.")
        notes.append(said % {"names": ", ".join(lists.without)})
    title = _("California: disclosure lists (CCPA)")
    return list_report(
        title,
        register,
        provenance,
        tables=(_categories(lists), _sold(lists), _disclosed(lists)),
        footnotes=tuple(notes),
    )


def _categories(lists: Lists) -> Table:
    columns = (
        Column("category", _("Category (Cal. Civ. Code 1798.140(v)(1))"), 26, asked=True),
        Column("data", _("Personal information collected"), 26, TEXTS, "CCPA 1798.110(c)(1), 1798.130(a)(5)(B)(i)"),
        Column("sensitive", _("Of it, sensitive"), 20, TEXTS, "CCPA 1798.130(c), 1798.140(ae)"),
        Column("sources", _("Categories of sources"), 22, TEXTS, "CCPA 1798.110(c)(2)", asked=True),
        Column("purposes", _("Business or commercial purposes"), 28, TEXTS, "CCPA 1798.110(c)(3)", asked=True),
        Column("sold_or_shared", _("Sold to or shared with"), 24, TEXTS, "CCPA 1798.110(c)(4), 1798.115(c)(1)"),
        Column("disclosed", _("Disclosed for a business purpose to"), 24, TEXTS, "CCPA 1798.115(c)(2)"),
        Column("undecided", _("Neither answered to be sold nor shared, nor not"), 24, TEXTS),
        Column("retention", _("How long, or by which criteria"), 28, TEXTS, "CCPA 1798.100(a)(3)", asked=True),
        Column("activities", _("In which activities"), 26, TEXTS),
    )
    return Table(
        "categories",
        _("Categories of personal information collected"),
        columns,
        lambda: (_row(*one) for one in lists.in_order()),
        _(
            "No activity that is under the statute names data of one of its categories: give the categories of data "
            "theirs in the catalogue."
        ),
    )


def _row(label: str, category: Category) -> Row:
    given = category.disclosed
    parts = (
        category.data, category.sensitive, category.sources, category.purposes, given.sold_or_shared, given.business,
        given.undecided, category.retention, category.activities,
    )  # fmt: skip
    return [label, *map(tuple, parts)]


def _sold(lists: Lists) -> Table:
    """The first of the two separate lists: 1798.115(c)(1)."""
    return _separate(
        lists,
        "sold_or_shared",
        _("Categories sold or shared"),
        (_("Sold to"), _("Shared with, for cross-context behavioural advertising")),
        lambda category: (category.sold, category.disclosed.sold, category.disclosed.shared),
        "CCPA 1798.115(c)(1), 1798.130(a)(5)(C)(i)",
        _("No personal information is sold or shared, as every record answers. The privacy policy has to say so."),
        _("No sale and no sharing is recorded. There may be: not every recipient is answered."),
    )


def _disclosed(lists: Lists) -> Table:
    """The second of them: 1798.115(c)(2)."""
    return _separate(
        lists,
        "disclosed",
        _("Categories disclosed for a business purpose"),
        (_("Disclosed to"),),
        lambda category: (category.business, category.disclosed.business),
        "CCPA 1798.115(c)(2), 1798.130(a)(5)(C)(ii)",
        _("No personal information is disclosed for a business purpose. The privacy policy has to say so."),
        _("No disclosure for a business purpose is recorded. There may be: not every recipient is answered."),
    )


def _separate(
    lists: Lists,
    key: str,
    title: str,
    heads: tuple[str, ...],
    taken: Callable[[Category], tuple[Outgoing, *tuple[dict[str, None], ...]]],
    article: str,
    none: str,
    unknown: str,
) -> Table:
    columns = (
        Column("category", _("Category (Cal. Civ. Code 1798.140(v)(1))"), 30),
        Column("data", _("Personal information"), 30, TEXTS),
        *(Column(f"{key}_{number}", head, 34, TEXTS, article) for number, head in enumerate(heads, start=1)),
        Column("purposes", _("Business or commercial purposes"), 34, TEXTS, asked=True),
    )

    def rows() -> Iterator[Row]:
        for label, category in lists.in_order():
            going, *to = taken(category)
            if any(to):
                yield [label, tuple(going.data), *map(tuple, to), tuple(going.purposes)]

    return Table(key, title, columns, rows, none if lists.is_answered else unknown, intro=article)


def _collected(register: Register) -> Lists:
    lists = Lists()
    several = several_organisations(register)
    for record in ccpa.californian(register, past=YEAR):
        lists.activities += 1
        activity = activity_name(record, with_organisation=several)
        for row in record.data_categories:
            code = ccpa.category_of(row)
            if not code:
                lists.without[name_row(row)] = None
                continue
            _add(lists.found.setdefault(code, Category()), record, row, activity)
    return lists


def _add(category: Category, record: ActivityRecord, row: DataCategoryRow, activity: str) -> None:
    name = name_row(row)
    category.data[name] = None
    if is_sensitive(row):
        category.sensitive[ccpa.sensitive_name(row)] = None
    if row.source:
        category.sources[row.source] = None
    if limit := retention_of(row, record):
        category.retention[limit] = None
    category.activities[activity] = None
    purposes = dict.fromkeys(map(ccpa.purpose_name, record.purposes))
    category.purposes.update(purposes)
    category.disclosed.note(record)
    given = ccpa.Disclosed()
    given.note(record)
    for going, to in ((category.sold, given.sold_or_shared), (category.business, given.business)):
        if to:
            going.data[name] = None
            going.purposes.update(purposes)
    category.is_open = category.is_open or (not record.recipients and record.recipients_answer != Answer.NO)
