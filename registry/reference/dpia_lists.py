"""The authorities' lists of processing that requires an impact assessment (GDPR Art. 35(4)), and what tells it."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from registry.reference.source import SourcedRow, in_force
from registry.reference.table import DATA_FOLDER, Cells, provenance, read_table


@dataclass(frozen=True, kw_only=True)
class ListedProcessing(SourcedRow):
    """One type of an authority's list.

    ``criteria`` are the numbers of the WP248 criteria that the authority says it meets, ``words`` finds what a record
    says of such processing: it suggests, and a person decides.
    """

    country: str
    authority: str
    number: int
    title: str
    criteria: tuple[int, ...]
    words: re.Pattern[str]

    @property
    def code(self) -> str:
        """What it is known by, in whatever language it is named."""
        return f"{self.country}-{self.number}"

    @property
    def name(self) -> str:
        """Whose list it is and what it names, in the language in force."""
        return gettext("%(label)s: %(text)s") % {"label": self.authority, "text": gettext(self.title)}


def _listed(cells: Cells) -> ListedProcessing:
    return ListedProcessing(
        country=cells["country"],
        authority=cells["authority"],
        number=int(cells["number"]),
        title=cells["title"],
        criteria=tuple(int(number) for number in cells["criteria"].split("|")),
        words=re.compile(cells["words"], re.IGNORECASE),
        **provenance(cells),
    )


LISTED: tuple[ListedProcessing, ...] = read_table(DATA_FOLDER / "dpia_lists.csv", _listed)
KNOWN_COUNTRIES = frozenset(row.country for row in LISTED)
"""Countries whose list is here; for others nothing is known of it."""


def listed_in(country: str, on: date) -> tuple[ListedProcessing, ...]:
    """Return the types that the list of this country's authority names on that day."""
    return tuple(row for row in LISTED if row.country == country and in_force(row, on))
