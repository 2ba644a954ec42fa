"""What the records of a part have in common, as charts: legal bases, where data go, and under which safeguards."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.record.activity import ActivityRecord
from registry.record.activity_rows import TransferRow
from registry.record.definition import facts
from registry.record.numbers import say_number
from registry.record.words import none_stated, not_stated, say, say_entry
from registry.reference.answers import Answer
from registry.reference.roles import ActivityRole
from registry.reports.blocks import FACTS
from registry.reports.document import Bar, Chart

MOST_BARS = 9
"""More different things than that are drawn as one bar, which says how many they are."""

_TRANSFER = facts(TransferRow)


class Overview:
    """Counts records as they go by, one at a time, and draws the charts at the end."""

    def __init__(self) -> None:
        self._records = 0
        self._bases: Counter[str] = Counter()
        self._countries: Counter[str] = Counter()
        self._safeguards: Counter[str] = Counter()
        self._muted: dict[str, Counter[str]] = {"bases": Counter(), "countries": Counter(), "safeguards": Counter()}
        self._as_controller = False

    def add(self, record: ActivityRecord) -> None:
        """Count a record: once for each different thing that it names."""
        self._records += 1
        self._as_controller |= record.role != ActivityRole.PROCESSOR
        self._count("bases", self._bases, _bases(record), not_stated())
        silence = none_stated() if record.transfers_answer == Answer.NO else not_stated()
        self._count("countries", self._countries, _countries(record), silence)
        if record.transfers:
            self._count("safeguards", self._safeguards, _safeguards(record), not_stated())

    def _count(self, key: str, counter: Counter[str], names: Iterable[str], silence: str) -> None:
        found = set(names)
        counter.update(found - {""})
        if not found:
            self._muted[key][silence] += 1
        elif found == {""}:
            self._muted[key][_("in words only")] += 1

    def charts(self) -> tuple[Chart, ...]:
        """Return the charts that say something: none of a part without records, and none of a single dull bar."""
        return _telling((*self._of_bases(), *self._of_transfers()))

    def transfer_charts(self) -> tuple[Chart, ...]:
        """Return those of them that are about transfers."""
        return _telling(self._of_transfers())

    def _of_bases(self) -> Iterator[Chart]:
        if self._as_controller:
            title, several = FACTS["legal_bases"].title, _("A record may name several.")
            yield self._chart(title, several, _("Legal basis"), "bases", self._bases, self._records)

    def _of_transfers(self) -> Iterator[Chart]:
        several = _("A record may name several.")
        title, country = _("Transfers by country"), _TRANSFER["country"].title
        yield self._chart(title, several, country, "countries", self._countries, self._records)
        transferring = self._records - sum(
            count for label, count in self._muted["countries"].items() if label != _("in words only")
        )
        note = ngettext(
            "Of the %(count)s record with transfers. A record may name several.",
            "Of the %(count)s records with transfers. A record may name several.",
            transferring,
        ) % {"count": say_number(transferring)}
        safeguard = _TRANSFER["safeguard"].title
        yield self._chart(_("Transfers by safeguard"), note, safeguard, "safeguards", self._safeguards, transferring)

    def _chart(self, title: str, note: str, label: str, key: str, counter: Counter[str], whole: int) -> Chart:
        ranked = sorted(counter.items(), key=lambda one: (-one[1], one[0].casefold(), one[0]))
        bars = [Bar(name, count) for name, count in ranked[:MOST_BARS]]
        if rest := ranked[MOST_BARS:]:
            bars.append(
                Bar(_("Each of %(count)s others, at most") % {"count": say_number(len(rest))}, rest[0][1], muted=True)
            )
        bars += [Bar(name, count, muted=True) for name, count in sorted(self._muted[key].items())]
        return Chart(title, note, label, _("Records"), tuple(bars), whole)


def _telling(charts: Iterable[Chart]) -> tuple[Chart, ...]:
    return tuple(chart for chart in charts if any(not bar.muted for bar in chart.bars))


def _bases(record: ActivityRecord) -> Iterator[str]:
    """Yield the legal bases in few words; an empty text for one that only words describe."""
    for row in record.legal_bases:
        basis = row.legal_basis
        yield say_entry(basis) if basis else ""


def _countries(record: ActivityRecord) -> Iterator[str]:
    for row in record.transfers:
        yield say(_TRANSFER["country"], row.country) or row.international_organisation


def _safeguards(record: ActivityRecord) -> Iterator[str]:
    for row in record.transfers:
        yield say(_TRANSFER["safeguard"], row.safeguard)
