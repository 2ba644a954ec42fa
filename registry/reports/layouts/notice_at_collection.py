"""The notice at collection of the CCPA, Cal. Civ. Code 1798.100(a): what consumers are told at or before collection."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from registry.compliance.california import is_sensitive
from registry.record.activity import ActivityRecord
from registry.record.activity_rows import DataCategoryRow
from registry.record.loader import Register
from registry.record.words import name_row
from registry.reference.answers import Answer
from registry.reference.ccpa import SENSITIVE_BY_CODE, SENSITIVE_TERMS
from registry.reports.layouts import ccpa
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import FACTS, activity_name, several_organisations
from registry.reports.lists.records import retention_of
from registry.reports.provenance import Provenance, list_report

Belongs = Callable[[DataCategoryRow], bool]


def notice_at_collection(register: Register, provenance: Provenance) -> Listing:
    """Return for each activity what it collects, what for, whether it is sold or shared, and how long it is kept.

    Sensitive personal information stands apart, as the statute has it. What nobody has answered is not stated.
    """
    terms = "; ".join(term.name for term in SENSITIVE_TERMS)
    tables = (
        _table(
            register,
            "information",
            _("Personal information"),
            "CCPA 1798.100(a)(1), (3)",
            lambda row: not is_sensitive(row),
            _("Category (Cal. Civ. Code 1798.140(v)(1))"),
            _("Categories, purposes, whether it is sold or shared, and how long each category is retained."),
        ),
        _table(
            register,
            "sensitive",
            _("Sensitive personal information"),
            "CCPA 1798.100(a)(2), (3)",
            is_sensitive,
            _("Sensitive category (Cal. Civ. Code 1798.140(ae))"),
            _("To be named in the statute's own terms (1798.140(ae)): %(terms)s.") % {"terms": terms},
        ),
    )
    return list_report(
        _("California: notice at collection (CCPA)"),
        register,
        provenance,
        tables=tables,
        footnotes=tuple(_notes(register)),
    )


def _table(register: Register, key: str, title: str, article: str, belongs: Belongs, heading: str, intro: str) -> Table:
    columns = (
        Column("activity", _("Activity"), 24),
        Column("category", heading, 26, article=article, asked=True),
        Column("data", _("Personal information collected"), 28, article=article),
        Column("purposes", _("Purposes"), 32, Holds.TEXTS, article, asked=True),
        Column("sold_or_shared", _("Sold or shared"), 28, Holds.TEXTS, article, asked=True),
        Column("retention", _("How long, or by which criteria"), 30, Holds.TEXT, "CCPA 1798.100(a)(3)", asked=True),
        Column("notice", FACTS["privacy_notice"].title, 24, Holds.TEXT, "CCPA 1798.100(b)", asked=True),
    )
    empty = _("No activity that is under the statute collects any, as far as the catalogue says so of the data.")
    return Table(key, title, columns, lambda: _rows(register, belongs), empty, intro)


def _rows(register: Register, belongs: Belongs) -> Iterator[Row]:
    several = several_organisations(register)
    for record in ccpa.californian(register):
        rows = [row for row in record.data_categories if belongs(row)]
        if not rows:
            continue
        activity = activity_name(record, with_organisation=several)
        purposes = tuple(dict.fromkeys(map(ccpa.purpose_name, record.purposes)))
        sold = _sold(record)
        for row in rows:
            limit = retention_of(row, record)
            yield [activity, _category(row), _data(row), purposes, sold, limit, record.privacy_notice]


def _category(row: DataCategoryRow) -> str:
    """Return the statute's term: of sensitive information that for its kind, otherwise the category."""
    if is_sensitive(row) and row.category is not None and row.category.ccpa_sensitive_term:
        return SENSITIVE_BY_CODE[row.category.ccpa_sensitive_term].name
    code = ccpa.category_of(row)
    return ccpa.label_of(code) if code else ""


def _data(row: DataCategoryRow) -> str:
    return f"{name_row(row)}: {row.items}" if row.items else name_row(row)


def _sold(record: ActivityRecord) -> tuple[str, ...]:
    """Return to whom data are sold and with whom they are shared, or that they aren't; nothing where nobody said."""
    given = ccpa.Disclosed()
    given.note(record)
    said = [
        *(_("sold to %(name)s") % {"name": name} for name in given.sold),
        *(_("shared with %(name)s") % {"name": name} for name in given.shared),
        *(_("not answered for %(name)s") % {"name": name} for name in given.undecided),
    ]
    if said:
        return tuple(said)
    known = bool(given.business) or bool(record.recipients) or record.recipients_answer == Answer.NO
    return (_("neither sold nor shared"),) if known else ()


def _notes(register: Register) -> Iterator[str]:
    records = 0
    without: dict[str, None] = {}
    for record in ccpa.californian(register):
        records += 1
        without.update((name_row(row), None) for row in record.data_categories if not ccpa.category_of(row))
    yield ccpa.covered(records, register)
    yield _(
        "The notice is given at or before the point of collection. Beside these points it has a link to the privacy "
        "policy, and where data are sold or shared the link “Do Not Sell or Share My Personal Information” (1798.135)."
    )
    yield _(
        "Data are kept no longer for a disclosed purpose than is reasonably necessary for it (1798.100(a)(3), (c)); "
        "collecting more, or for another purpose, needs a new notice first."
    )
    if without:
        said = _("Without a category of the statute, and so without its heading: %(names)s.")
        yield said % {"names": ", ".join(without)}
