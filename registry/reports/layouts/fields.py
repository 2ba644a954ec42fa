"""A layout that somebody else prescribes: its columns by their own headings, and what of a record stands in each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.definition import by_name, facts
from registry.record.loader import Register
from registry.record.organisations import OrganisationRecord
from registry.record.words import quoted
from registry.reports import organisations
from registry.reports.listing import Column, Holds, Listing, Row, Table, Value
from registry.reports.lists.naming import several_organisations
from registry.reports.provenance import Provenance, list_report

Say = Callable[[ActivityRecord], Value]


@dataclass(frozen=True)
class Field:
    """A column: the heading as the authority prints it, and what of a record stands there.

    ``asked`` says that the authority asks for it, else it is a column that it offers. Without ``say`` the register
    doesn't hold the fact: the column stands empty, and a footnote says so.
    """

    heading: str
    say: Say | None
    asked: bool = True
    width: float = 24
    holds: Holds = Holds.TEXTS
    article: str = ""


@dataclass(frozen=True)
class Layout:
    """A form with its name, its language, what it is taken from, and its words for what isn't stated or doesn't
    exist, which it says in its own language.

    ``party`` is what the form calls the one whose record it is, where it names it above its rows and not in them.
    ``versions`` are the same form in further languages, where those for whom it is have several.
    """

    title: str
    language: str
    origin: str
    fields: Sequence[Field]
    not_stated: str
    belongs: Callable[[ActivityRecord], bool] = lambda record: True
    party: str = ""
    versions: tuple["Layout", ...] = ()

    @property
    def heard(self) -> "Layout":
        """The form in the language in force, if there is one, else in its first."""
        language = (get_language() or "").split("-")[0]
        return next((one for one in self.versions if one.language == language), self)

    @property
    def speaks(self) -> str:
        """The language of what stands around the form: its own, or the one in force where ours aren't among them."""
        return self.language if self.language in dict(settings.LANGUAGES) else get_language() or self.language


def layout_list(layout: Layout, register: Register, provenance: Provenance) -> Listing:
    """Return the records of the register in a layout. Headings are the authority's, whatever the language in force, and
    what stands around them is in their language if that is one of ours.

    Where a form names the controller above its rows and the register is that of several, each row names its own: whose
    a record is has to be plain (GDPR Art. 30(1)(a)).
    """
    layout = layout.heard
    with translation.override(layout.speaks):
        return _list(layout, register, provenance)


def _list(layout: Layout, register: Register, provenance: Provenance) -> Listing:
    columns = [
        Column(f"column_{number}", field.heading, field.width, field.holds, field.article, asked=field.asked)
        for number, field in enumerate(layout.fields, start=1)
    ]
    named = bool(layout.party) and several_organisations(register)
    if named:
        columns.insert(0, Column("party", layout.party, 24, article="GDPR Art. 30(1)(a), (2)(a)"))
    table = Table(
        "activities",
        layout.title,
        tuple(columns),
        lambda: _rows(layout, register, named=named),
        _("No record belongs in this form."),
    )
    number = sum(map(layout.belongs, register.activities()))
    return list_report(
        layout.title,
        register,
        provenance,
        tables=(table,),
        first=[(layout.party, _in_short(one)) for one in parties(layout, register)],
        footnotes=tuple(notes(layout)),
        records=number,
    )


def parties(layout: Layout, register: Register) -> list[OrganisationRecord]:
    """Return the organisations that the form names above its rows: the one asked for, else all of our own."""
    if not layout.party:
        return []
    if register.organisation is not None:
        return [register.organisation]
    own = (one for one in register.organisations.values() if one.is_own)
    return sorted(own, key=by_name)


def _in_short(one: OrganisationRecord) -> str:
    fact = facts(OrganisationRecord)["registration_number"]
    number = [f"{fact.title}: {one.registration_number}"] if one.registration_number else []
    return "\n".join([organisations.in_short(one), *number])


def _rows(layout: Layout, register: Register, *, named: bool) -> Iterator[Row]:
    for record in register.activities():
        if layout.belongs(record):
            # row by row, since what happens between two rows is not ours
            with translation.override(layout.language):
                row = [field.say(record) if field.say is not None else None for field in layout.fields]
            yield [
                *([record.organisation.name] if named else []),
                *(
                    layout.not_stated if field.asked and field.say is not None and value in (None, "", ()) else value
                    for field, value in zip(layout.fields, row, strict=True)
                ),
            ]


def notes(layout: Layout) -> Iterator[str]:
    """Yield what a reader has to know of the form: where it is from, what stands empty, what is optional."""
    yield layout.origin
    lacking = [quoted(field.heading) for field in layout.fields if field.say is None]
    if lacking:
        yield _("This register doesn't hold what these columns ask for; they stand empty: %(columns)s.") % {
            "columns": ", ".join(lacking)
        }
    offered = [quoted(field.heading) for field in layout.fields if not field.asked and field.say is not None]
    if offered:
        yield _("Optional columns: %(columns)s.") % {"columns": ", ".join(offered)}
