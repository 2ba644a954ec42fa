"""The systems in which personal data are processed, who runs them where, and which data are in them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.record.entries import RecipientEntry, SystemEntry
from registry.record.loader import Register
from registry.reports.listing import Column, Holds, Listing, Row, Table, Value
from registry.reports.lists.naming import Use, Uses, activity_name, names, said, several_organisations, title
from registry.reports.provenance import Provenance, list_report
from registry.reports.summary import special_data


def systems_list(register: Register, provenance: Provenance) -> Listing:
    """Return the systems that activities name. Which data are in one is what those activities process altogether."""
    columns = (
        Column("system", _("System"), 24, asked=True),
        Column("description", title(SystemEntry, "description"), 30),
        Column("owner", title(SystemEntry, "owner"), 18, asked=True),
        Column("hosted_in", title(SystemEntry, "hosting_country"), 14, asked=True),
        Column("provider", title(SystemEntry, "provider"), 20),
        Column("contract", _("Contract with the provider"), 24, article="GDPR Art. 28"),
        Column("held", title(SystemEntry, "data"), 28, Holds.TEXTS),
        Column("special", _("Special data"), 12, article="GDPR Arts. 9, 10"),
        Column("data", _("Data in its activities"), 32, Holds.TEXTS),
        Column("number", _("Activities"), 10, Holds.NUMBER),
        Column("activities", _("In which activities"), 32, Holds.TEXTS),
    )
    empty = _("No activity names a system.")
    table = Table("systems", _("Systems"), columns, lambda: _rows(register), empty)
    return list_report(_("Systems"), register, provenance, tables=(table,))


def _rows(register: Register) -> Iterator[Row]:
    uses = Uses()
    special: dict[int, dict[str, None]] = {}
    several = several_organisations(register)
    without = Use(None, _("no system stated"))
    for record in register.activities():
        activity = activity_name(record, with_organisation=several)
        if not record.systems:
            without.note(activity)
        for row in record.systems:
            if use := uses.of(row.system, row.stated_as):
                use.note(activity, *names(record.data_categories))
                articles = [one for one in special_data(record).split(", ") if one.startswith("Art.")]
                special.setdefault(id(use), {}).update(dict.fromkeys(articles))
    for use in uses.in_order():
        yield _row(use, ", ".join(sorted(special[id(use)])))
    if without.activities:
        yield _row(without, "")


def _row(use: Use, special: str) -> Row:
    entry, activities = use.entry, tuple(use.activities)
    tail: list[Value] = [special, tuple(use.particulars), len(activities), activities]
    if not isinstance(entry, SystemEntry):
        return [use.name, *[None] * 6, *tail]
    provider = entry.provider
    contract = said(RecipientEntry, "contract_kind", provider.contract_kind) if provider is not None else ""
    return [
        entry.name,
        entry.description,
        entry.owner,
        said(SystemEntry, "hosting_country", entry.hosting_country),
        provider.name if provider is not None else None,
        contract,
        names(entry.data),
        *tail,
    ]
