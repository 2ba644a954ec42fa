"""A layout that somebody else prescribes: its columns by their own headings, and what of a record stands in each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.loader import Register
from registry.reports.listing import Column, Holds, Listing, Row, Table, Value
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
    exist, which it says in its own language."""

    title: str
    language: str
    origin: str
    fields: Sequence[Field]
    not_stated: str
    belongs: Callable[[ActivityRecord], bool] = lambda record: True

    @property
    def speaks(self) -> str:
        """The language of what stands around the form: its own, or the one in force where ours aren't among them."""
        return self.language if self.language in dict(settings.LANGUAGES) else get_language() or self.language


def layout_list(layout: Layout, register: Register, provenance: Provenance) -> Listing:
    """Return the records of the register in a layout. Headings are the authority's, whatever the language in force, and
    what stands around them is in their language if that is one of ours."""
    with translation.override(layout.speaks):
        return _list(layout, register, provenance)


def _list(layout: Layout, register: Register, provenance: Provenance) -> Listing:
    columns = tuple(
        Column(f"column_{number}", field.heading, field.width, field.holds, field.article, asked=field.asked)
        for number, field in enumerate(layout.fields, start=1)
    )
    table = Table(
        "activities", layout.title, columns, lambda: _rows(layout, register), _("No record belongs in this form.")
    )
    number = sum(map(layout.belongs, register.activities()))
    return list_report(
        layout.title, register, provenance, tables=(table,), footnotes=tuple(notes(layout)), records=number
    )


def _rows(layout: Layout, register: Register) -> Iterator[Row]:
    for record in register.activities():
        if layout.belongs(record):
            # row by row, since what happens between two rows is not ours
            with translation.override(layout.language):
                row = [field.say(record) if field.say is not None else None for field in layout.fields]
            yield [
                layout.not_stated if field.asked and field.say is not None and value in (None, "", ()) else value
                for field, value in zip(layout.fields, row, strict=True)
            ]


def notes(layout: Layout) -> Iterator[str]:
    """Yield what a reader has to know of the form: where it is from, what stands empty, what is optional."""
    yield layout.origin
    lacking = [f"“{field.heading}”" for field in layout.fields if field.say is None]
    if lacking:
        yield _("This register doesn't hold what these columns ask for; they stand empty: %(columns)s.") % {
            "columns": ", ".join(lacking)
        }
    offered = [f"“{field.heading}”" for field in layout.fields if not field.asked and field.say is not None]
    if offered:
        yield _("Optional columns: %(columns)s.") % {"columns": ", ".join(offered)}
