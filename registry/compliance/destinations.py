"""Where data go that leave: Arts. 30(1)(e), (2)(c) and 44."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop as n

from registry.compliance.context import Context
from registry.compliance.gap import EVERYBODY, NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.compliance.transfers import is_third_country, place_of
from registry.record.activity import ActivityRecord
from registry.record.words import name_row
from registry.reference import countries
from registry.reference.countries import Country

_ALSO = {
    Law.CH: "FADP Art. 12(2)(g)",
    Law.BR: "LGPD Arts. 33, 37",
    Law.LAW_ENFORCEMENT: "Directive (EU) 2016/680 Art. 24(1)(f)",
}


@rule(
    "transfer-without-country",
    Area.TRANSFERS,
    Severity.SERIOUS,
    "GDPR Art. 30(1)(e), (2)(c)",
    at="transfers.country",
    given=("a transfer to nowhere",),
    roles=EVERYBODY,
    also=_ALSO,
    what=n("The transfer to %(name)s names neither a country nor an international organisation."),
    asks=n("To which country do the data go?"),
    why=n("The record has to identify the country; without it no safeguard can be judged."),
    remedy=n("Choose the country, or enter the international organisation."),
)
def transfer_without_country(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row}) for row, named in _to_nowhere(record, context) if not named]


@rule(
    "transfer-country-only-in-words",
    Area.TRANSFERS,
    Severity.MINOR,
    "GDPR Art. 30(1)(e), (2)(c)",
    at="transfers.country",
    given=("a transfer to nowhere",),
    roles=EVERYBODY,
    also=_ALSO,
    what=n(
        "The transfer to %(name)s names its country in words only (%(places)s), so that its safeguard isn't looked at."
    ),
    asks=n("Which safeguard covers the transfer to this country?"),
    why=n("Whether a safeguard is needed, and was in force, is told by the country."),
    remedy=n("Choose the country, and the safeguard that has been agreed."),
)
def transfer_country_only_in_words(record: ActivityRecord, context: Context) -> Found:
    return [(row, {"name": row, "places": named}) for row, named in _to_nowhere(record, context) if named]


def _to_nowhere(record: ActivityRecord, context: Context) -> Iterator[tuple[Any, tuple[Country, ...]]]:
    """Yield the transfers without a place, each with the third countries that its words name."""
    for row in record.transfers:
        if not (row.country or row.international_organisation):
            named = countries.named_in(name_row(row))
            yield row, tuple([country for country in named if is_third_country(country.code, context)])


@rule(
    "transfer-within-the-eea",
    Area.TRANSFERS,
    Severity.MINOR,
    "GDPR Art. 44",
    at="transfers.country",
    given=("a transfer within the EEA",),
    roles=EVERYBODY,
    laws=(Law.EU,),
    what=n(
        "%(place)s lies within the European Economic Area: the disclosure to %(name)s is no transfer to a third country."
    ),
    asks=n("Do the data go any further from there?"),
    why=n("A list of transfers that holds others hides those that matter."),
    remedy=n("Move it to the recipients, or correct the country."),
)
def transfer_within_the_eea(record: ActivityRecord, context: Context) -> Found:
    if Law.BR in context.laws_of(record):
        return NOTHING  # what leaves Brazil is transferred, wherever it goes
    return [
        (row, {"place": place_of(row), "name": row})
        for row in record.transfers
        if row.country and not is_third_country(row.country, context)
    ]
