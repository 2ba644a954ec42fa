"""Where a report comes from: which state of the register, taken when and by whom, and what it was limited to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.record.loader import Register
from registry.record.numbers import say_number
from registry.reference.citations import cite
from registry.reports.listing import Listing, Table

SHORT_HEAD = 16
"""How many characters of the chain head stand at the foot of every page; the cover has all 64."""


@dataclass(frozen=True)
class Provenance:
    """Who produced a report and when (an aware moment), and the filters in words, each as "label value".

    ``key`` is the fingerprint of the key by which this register signs; nothing is said of it where it is empty.
    """

    produced_by: str
    produced_at: datetime
    filters: tuple[str, ...] = field(default=())
    key: str = ""

    def of_register(self, register: Register, records: str, *, of_a_kind: bool = False) -> tuple[tuple[str, str], ...]:
        """Return what the cover of a register says about it as (label, value); ``records`` says how many it holds.

        ``of_a_kind`` says that the report leaves out by its nature some of the records, such as those as processor:
        then it mustn't claim to hold all.
        """
        everything = (
            _("none; all records of the kind that this report is about are included")
            if of_a_kind
            else _("none; all records of the register are included")
        )
        chosen = "; ".join(self.filters) or everything
        moment, *others = self.of_record(register)
        return (moment, (_("Records"), records), (_("Filters"), chosen), *others)

    def of_record(self, register: Register) -> tuple[tuple[str, str], ...]:
        """Return what a document of one record says about itself as (label, value), the moment first."""
        return (
            (_("As at"), say_moment(register.as_at)),
            (_("Change set"), str(register.change_set)),
            (_("Chain head"), register.head or _("none; the history is empty")),
            (
                _("Produced"),
                _("%(moment)s, by %(who)s") % {"moment": say_moment(self.produced_at), "who": self.produced_by},
            ),
            *(((_("Signing key"), self.key),) if self.key else ()),
        )


def say_moment(moment: datetime) -> str:
    """Return a moment in words, in the time zone in force, which it names."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'MOMENT_FORMAT')} {local.tzname()}"


def foot(register: Register) -> str:
    """Return the line at the foot of every page: the moment, the change set and the beginning of the chain head."""
    parts = [
        _("As at") + f" {say_moment(register.as_at)}",
        _("change set %(number)d") % {"number": register.change_set},
    ]
    if register.head:
        parts.append(_("chain head") + f" {register.head[:SHORT_HEAD]}…")
    return " · ".join(parts)


def keywords(register: Register, *places: str, since: Register | None = None) -> str:
    """Return the keywords of a file, in the language in force: the articles that it is about, and the state (or the two
    states) of the register that it shows."""
    sets = [_("change set %(number)d") % {"number": one.change_set} for one in (since, register) if one is not None]
    return ", ".join(filter(None, (*map(cite, places), *sets, register.head)))


def whose(register: Register) -> str:
    """Return whose register it is, as a title of its own."""
    owner = register.organisation.name if register.organisation else _("all organisations")
    return owner[:1].upper() + owner[1:]


def list_report(
    title: str,
    register: Register,
    provenance: Provenance,
    *,
    tables: tuple[Table, ...],
    first: Iterable[tuple[str, str]] = (),
    records: int | None = None,
    of_a_kind: bool = False,
    **details: Any,
) -> Listing:
    """Return a list about ``register`` with all that says where it comes from, in the language in force.

    ``first`` are further (label, value) of what it is about, which stand before those; ``records`` is how many records
    it holds, where those are not all of the register. ``of_a_kind`` says that it is about some kind of records alone.
    """
    number = len(register) if records is None else records
    of_a_kind = of_a_kind or number < len(register)
    owner = register.organisation.name if register.organisation else _("all organisations")
    return Listing(
        title=title,
        subtitle=whose(register),
        tables=tables,
        about=(*first, *provenance.of_register(register, say_number(number), of_a_kind=of_a_kind)),
        running_head=f"{title} · {owner}",
        foot=foot(register),
        language=get_language() or "en",
        author=provenance.produced_by,
        subject=_("%(title)s, as at %(moment)s") % {"title": title, "moment": say_moment(register.as_at)},
        keywords=keywords(register, "GDPR Art. 30"),
        produced_at=provenance.produced_at,
        **details,
    )
