"""The few words that the PDF writer adds of its own accord, in the language of the document."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from registry.reports.document import NONE, NOT_STATED


@dataclass(frozen=True, slots=True)
class Words:
    contents: str
    page: str
    page_of: str
    overview: str
    share: str
    percent: str
    lacking: str
    continued: str
    not_stated: str
    none: str
    notes: str
    missing: str
    more: str
    right_to_left: str


def words() -> Words:
    """The words in the language that is active now."""
    return Words(
        contents=_("Contents"),
        page=_("Page"),
        page_of=_("Page {page} of {pages}"),
        overview=_("At a glance"),
        share=_("Share"),
        percent=_("{number}%"),
        lacking=_(
            "Some text could not be printed as it was entered: its characters, or the direction in which they are "
            "read, are beyond the fonts of this document. The notes at its end say which, and what stands in their "
            "place."
        ),
        continued=_("{title} (continued)"),
        not_stated=str(NOT_STATED),
        none=str(NONE),
        notes=_("Notes on this document"),
        missing=_(
            "The fonts of this document have no glyph for the characters below. Wherever one occurs, its Unicode "
            "code point is printed in square brackets in its place; the register itself holds the character unchanged."
        ),
        more=_("and {count} more"),
        right_to_left=_(
            "Text in a script that runs from right to left is printed in the order in which it is stored, letter by "
            "letter from left to right and without joining the letters. Read such passages in the register itself."
        ),
    )
