"""What a person is told who saves a record that somebody else has changed meanwhile."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from django.utils.translation import gettext as _t

from registry.comparison.records import LONG
from registry.comparison.text import Mark, Token, compare_words
from registry.versioning.change_set import ChangeSet

IN_CONFLICT = "conflict"
"""The code of the error for a form that isn't saved because somebody else was first."""


class Outcome(Enum):
    """What has become of a value, or of a row."""

    CLASH = "clash"
    LOST = "lost"
    THEIRS = "theirs"
    MINE = "mine"
    ALIKE = "alike"


@dataclass(frozen=True)
class Item:
    """One thing that differs, in words. ``before`` is None where nobody knows what the person saw.

    ``key`` names the choice, ``choice`` says how it was decided; ``place`` is its fact, or its list, row and fact, and
    ``anchor`` the id of that in the form.
    """

    key: str
    label: str
    outcome: Outcome
    before: str | None
    theirs: str
    mine: str
    is_prose: bool = False
    choice: str = ""
    place: tuple[str, ...] = ()
    anchor: str = ""

    @property
    def theirs_marked(self) -> tuple[Token, ...]:
        """What they changed in a long text, word by word; nothing for one that is short, or was rewritten."""
        return self._marked(self.theirs)

    @property
    def mine_marked(self) -> tuple[Token, ...]:
        """What the person changed in a long text, word by word."""
        return self._marked(self.mine)

    def _marked(self, text: str) -> tuple[Token, ...]:
        before = self.before or ""
        if not self.is_prose or before == text or max(len(before), len(text)) <= LONG:
            return ()
        marked = compare_words(before, text)
        kept = sum(len(token.text) for token in marked if token.mark is Mark.KEPT)
        return marked if kept * 2 > min(len(before), len(text)) else ()


@dataclass(frozen=True)
class Made:
    """A change that somebody made meanwhile."""

    change_set: ChangeSet
    is_own: bool
    """Whether it was the same person, in another window."""

    @property
    def name(self) -> str:
        """Who made it."""
        name = self.change_set.actor_name
        return _t("%(name)s (you, elsewhere)") % {"name": name} if self.is_own else name


@dataclass(frozen=True)
class Conflict:
    """Why a form was not saved, and what the person has to know and to decide. Empty texts stand for nothing.

    ``first`` is the version that the person opened, None where the form didn't say so.
    """

    made: tuple[Made, ...]
    items: tuple[Item, ...]
    first: int | None
    is_deleted: bool = False
    history: str = ""
    number: int = 0

    @cached_property
    def names(self) -> str:
        """Who was first, in a few words."""
        names = list(dict.fromkeys(made.name for made in reversed(self.made)))
        if not names:
            return _t("somebody else")
        if len(names) > 2:
            return _t("%(name)s and others") % {"name": names[0]}
        return _t(" and ").join(names)

    def of(self, outcome: Outcome) -> list[Item]:
        """Return what this became of."""
        return [item for item in self.items if item.outcome is outcome]

    @property
    def clashes(self) -> list[Item]:
        """What has to be decided."""
        return self.of(Outcome.CLASH)

    @property
    def lost(self) -> list[Item]:
        """References that lead nowhere any more."""
        return self.of(Outcome.LOST)

    @property
    def theirs(self) -> list[Item]:
        """What was taken over."""
        return self.of(Outcome.THEIRS)

    @property
    def mine(self) -> list[Item]:
        """What only the person has changed."""
        return self.of(Outcome.MINE)

    @property
    def alike(self) -> list[Item]:
        """What both have changed to the same."""
        return self.of(Outcome.ALIKE)

    @property
    def further(self) -> int:
        """How many more changes there were than are shown."""
        return self.number - len(self.made)

    @property
    def message(self) -> str:
        """The sentence that heads it."""
        if self.is_deleted:
            return _t("Nothing was saved: %(name)s has deleted this record meanwhile.") % {"name": self.names}
        if self.first is None and not self.made:
            return _t("Nothing was saved: the form didn’t say which version of the record it shows.")
        return _t("Nothing was saved: %(name)s has changed this record meanwhile.") % {"name": self.names}
