"""What changed in the register between two moments: as a document with a card an activity, and as a list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, gettext_noop, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from registry import models
from registry.comparison.authors import Touched
from registry.comparison.records import Difference, EntryChange, FieldChange, RowChange, RowKind
from registry.comparison.registers import ORGANISATION, ActivityChange, ActivityKind, organisation_changes
from registry.record.loader import Register
from registry.record.numbers import say_number
from registry.record.words import labelled
from registry.reports.document import Card, Cover, Document, Line, Part, Section
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.provenance import Provenance, foot, keywords, list_report, say_moment, whose

SHORT = 90
"""Up to so many characters an old and a new value stand in one line."""

KINDS: Mapping[ActivityKind, tuple[Any, Any, str]] = {
    ActivityKind.ADDED: (
        pgettext_lazy("an activity", "Added"),
        pgettext_lazy("several activities", "Added"),
        gettext_noop("No activity was added."),
    ),
    ActivityKind.CHANGED: (
        pgettext_lazy("an activity", "Changed"),
        pgettext_lazy("several activities", "Changed"),
        gettext_noop("No activity was changed."),
    ),
    ActivityKind.RETIRED: (
        pgettext_lazy("an activity", "Retired"),
        pgettext_lazy("several activities", "Retired"),
        gettext_noop("No activity was retired."),
    ),
    ActivityKind.REMOVED: (
        pgettext_lazy("an activity", "Removed"),
        pgettext_lazy("several activities", "Removed"),
        gettext_noop("No activity was removed."),
    ),
}
"""What became of an activity: the word for it, that for several, and the sentence (to be translated) for none."""

ROWS: Mapping[RowKind, str] = {
    RowKind.ADDED: gettext_noop("added"),
    RowKind.REMOVED: gettext_noop("removed"),
    RowKind.CHANGED: gettext_noop("changed"),
    RowKind.MOVED: gettext_noop("moved"),
}


@dataclass(frozen=True)
class Changes:
    """The two registers, what became of each activity that differs, and the change sets that did it."""

    old: Register
    new: Register
    changes: Sequence[ActivityChange]
    touched: Touched
    organisations_touched: Touched = field(default_factory=dict)

    @cached_property
    def activities(self) -> list[ActivityChange]:
        """The activities that differ in more than the organisations that they name."""
        return [one for one in self.changes if one.kind is not ActivityKind.CHANGED or one.differences or referred(one)]

    @cached_property
    def organisations(self) -> list[tuple[EntryChange, int]]:
        """The organisations that differ, each with the number of activities that name it in both registers."""
        return organisation_changes(self.old, self.new, self.changes)

    def of(self, kind: ActivityKind) -> list[ActivityChange]:
        """Return the activities of which that became, in the order of the register."""
        return [change for change in self.activities if change.kind is kind]


def referred(change: ActivityChange) -> list[EntryChange]:
    """Return what differs in what an activity refers to, organisations left out."""
    return [entry for entry in change.referred if entry.model != ORGANISATION]


def changes_report(found: Changes, provenance: Provenance) -> Document:
    """Return the changes as a document, in the language in force: a part for each kind, a card for each activity."""
    title = _("Changes of the register of processing activities")
    since, until = say_moment(found.old.as_at), say_moment(found.new.as_at)
    owner = found.new.organisation.name if found.new.organisation else _("all organisations")
    counts = tuple((str(words), say_number(len(found.of(kind)))) for kind, (_one, words, _none) in KINDS.items())
    since_state = (_("From"), f"{since} ({_state(found.old)})")
    _as_at, *about = provenance.of_record(found.new)
    until_state = (_("To"), f"{until} ({_state(found.new)})")
    return Document(
        cover=Cover(
            title,
            whose(found.new),
            (
                (_("This document"), (since_state, until_state, *about)),
                (_("Activities"), counts),
                (
                    _("Organisations"),
                    ((pgettext("several organisations", "Changed"), say_number(len(found.organisations))),),
                ),
            ),
        ),
        parts=(*(_part(found, kind) for kind in KINDS), _organisations(found)),
        running_head=f"{title} · {owner}",
        foot=foot(found.new),
        language=get_language() or "en",
        title=f"{title} – {owner}",
        author=provenance.produced_by,
        subject=_("From %(since)s to %(until)s") % {"since": since, "until": until},
        keywords=keywords(found.new, "GDPR Art. 30", since=found.old),
        produced_at=provenance.produced_at,
    )


def say_kind(kind: ActivityKind) -> str:
    """Return what became of an activity, in a word."""
    return str(KINDS[kind][0])


def _state(register: Register) -> str:
    return _("change set %(number)d") % {"number": register.change_set}


def _part(found: Changes, kind: ActivityKind) -> Part:
    _one, words, none = KINDS[kind]
    some = found.of(kind)
    return Part(
        title=str(words),
        intro="",
        cards=lambda: (_card(change, found.touched.get(change.pk, ())) for change in some),
        empty=_(none),
    )


def _card(change: ActivityChange, sets: Sequence[models.ChangeSet]) -> Card:
    sections = []
    if change.differences:
        sections.append(Section(_("What changed"), "", tuple(map(_line, change.differences))))
    for entry in referred(change):
        heading = labelled(_("In what it refers to"), f"{_kind(entry)} {entry.name}")
        sections.append(Section(heading, "", tuple(map(_line, entry.differences))))
    sections += _who(sets)
    facts = ((_("What"), say_kind(change.kind)), (_("Organisation"), change.organisation))
    return Card(str(change.pk), change.name, "", facts, tuple(sections), change.reference)


def _who(sets: Sequence[models.ChangeSet]) -> list[Section]:
    lines = tuple(Line(f"#{one.sequence}, {say_moment(one.made_at)}", say_author(one)) for one in sets)
    return [Section(_("Who changed it, and when"), "", lines)] if lines else []


def _organisations(found: Changes) -> Part:
    """What changed in the organisations themselves: a card for each, however many activities name it."""
    return Part(
        title=_("Organisations"),
        intro=_("What changed in an organisation concerns every activity that names it, and is told here alone."),
        cards=lambda: (
            Card(
                key=f"organisation-{entry.pk}",
                title=entry.name,
                facts=((_("Activities that name it"), say_number(number)),),
                sections=(
                    Section(_("What changed"), "", tuple(map(_line, entry.differences))),
                    *_who(found.organisations_touched.get(entry.pk, ())),
                ),
            )
            for entry, number in found.organisations
        ),
        empty=_("No organisation was changed."),
    )


def say_author(one: models.ChangeSet) -> str:
    """Return who made a change set, through which door and why, in words."""
    said = _("by %(who)s, door: %(door)s") % {"who": one.actor_name, "door": one.get_channel_display()}
    return f"{said}\n{labelled(_('Reason'), one.reason)}" if one.reason else said


def _kind(entry: EntryChange) -> str:
    return str(getattr(models, entry.model)._meta.verbose_name)


def _line(change: Difference) -> Line:
    if isinstance(change, FieldChange):
        return Line(change.fact.title, _arrow(change))
    fields = (labelled(field.fact.title, _arrow(field)) for field in change.fields)
    return Line(change.fact.title, "\n".join((_row(change), *fields)))


def _row(change: RowChange) -> str:
    name = labelled(_(ROWS[change.kind]), change.name)
    if not change.moved:
        return name
    places = _("place %(old)d → %(new)d") % {"old": change.old_place, "new": change.new_place}
    return f"{name} ({places})"


def _arrow(change: FieldChange) -> str:
    """Old → new; of long texts the new one stands below the old."""
    old, new = change.old or _NOTHING, change.new or _NOTHING
    is_short = len(old) + len(new) <= SHORT and "\n" not in old + new
    return f"{old} → {new}" if is_short else f"{old}\n→ {new}"


_NOTHING = "–"


def changes_list(found: Changes, provenance: Provenance) -> Listing:
    """Return the changes as a list: a row for each difference of an activity, one for an activity without any."""
    title = _("Changes of the register of processing activities")
    columns = (
        Column("what", _("What"), 10),
        Column("organisation", _("Organisation"), 24),
        Column("reference", _("Reference"), 12),
        Column("name", _("Name"), 30),
        Column("referred", _("In what it refers to"), 24),
        Column("fact", _("Fact"), 20),
        Column("row", _("Row"), 24),
        Column("particular", _("Particular"), 20),
        Column("old", _("Old"), 36),
        Column("new", _("New"), 36),
        Column("change_sets", _("Change sets"), 12),
        Column("by", pgettext("who made a change", "By"), 18),
        Column("first_at", _("First change"), 17, Holds.MOMENT),
        Column("last_at", _("Last change"), 17, Holds.MOMENT),
        Column("reason", _("Reason"), 24),
    )
    empty = _("Nothing differs between these two moments.")
    table = Table("changes", _("Changes"), columns, lambda: _rows(found), empty)
    since = (_("From"), f"{say_moment(found.old.as_at)} ({_state(found.old)})")
    return list_report(title, found.new, provenance, tables=(table,), first=(since,))


def _rows(found: Changes) -> Iterator[Row]:
    for change in found.activities:
        head = (say_kind(change.kind), change.organisation, change.reference, change.name)
        tail = _tail(found.touched.get(change.pk, ()))
        for cells in _cells(change):
            yield (*head, *cells, *tail)
    for entry, _number in found.organisations:
        tail = _tail(found.organisations_touched.get(entry.pk, ()))
        for difference in entry.differences:
            for cells in _difference("", difference):
                yield (say_kind(ActivityKind.CHANGED), entry.name, "", "", *cells, *tail)


def _tail(sets: Sequence[models.ChangeSet]) -> Row:
    return (
        ", ".join(f"#{one.sequence}" for one in sets),
        ", ".join(dict.fromkeys(one.actor_name for one in sets)),
        min((one.made_at for one in sets), default=None),
        max((one.made_at for one in sets), default=None),
        "; ".join(dict.fromkeys(filter(None, (one.reason for one in sets)))),
    )


def _cells(change: ActivityChange) -> Iterator[tuple[str, ...]]:
    if not change.differences and not referred(change):
        yield ("",) * 6
    for difference in change.differences:
        yield from _difference("", difference)
    for entry in referred(change):
        for difference in entry.differences:
            yield from _difference(labelled(_kind(entry), entry.name), difference)


def _difference(where: str, change: Difference) -> Iterator[tuple[str, ...]]:
    if isinstance(change, FieldChange):
        yield (where, change.fact.title, "", "", change.old, change.new)
        return
    came, went = change.kind is RowKind.ADDED, change.kind is RowKind.REMOVED
    row = (where, change.fact.title, labelled(_(ROWS[change.kind]), change.name))
    if came or went or change.moved:
        old = str(change.old_place) if change.moved else change.name if went else ""
        new = str(change.new_place) if change.moved else change.name if came else ""
        yield (*row, _("place") if change.moved else "", old, new)
    for one in change.fields:
        yield (*row, one.fact.title, one.old, one.new)
