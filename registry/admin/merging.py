"""Three forms of one record brought together: as it was opened, as somebody has saved it since, and as it is typed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _t

from registry.admin.conflict_panel import Item, Outcome
from registry.admin.declared import declared
from registry.admin.typed import Row, Typed
from registry.admin.typed_words import Words
from registry.record.definition import Fact, Kind, facts

MINE, THEIRS = "mine", "theirs"
"""The two choices where both have changed something."""

ORDER = "order"
_RESCUED = "new-was-"


class Merge:
    """The three-way merge: ``result`` is what the form should hold, ``items`` say what became of what.

    What only one side has changed is merged in; where both did, the result holds what is typed until it is decided.
    ``before`` is None where nobody knows what the person saw: then all that differs has to be decided. ``undecided``
    are keys of items that were shown as clashing already, when the record stood as in ``origin``.
    """

    def __init__(
        self,
        model: type[Any],
        before: Typed | None,
        theirs: Typed,
        mine: Typed,
        words: Words,
        *,
        origin: Typed | None = None,
        undecided: Collection[str] = (),
    ) -> None:
        self.before, self.theirs, self.mine = before, theirs, mine
        self.origin, self.undecided = origin, frozenset(undecided)
        self.words = words
        self.items: list[Item] = []
        self.result = Typed()
        known = declared(model)
        for key, fact in known.items():
            if fact.row is None:
                values = (None if before is None else before.values.get(key), theirs.values[key], mine.values.get(key))
                opened = origin.values.get(key) if origin is not None else None
                self.result.values[key] = self._three(key, fact.title, fact, *values, opened)
        lists = [fact for fact in known.values() if fact.row is not None]
        for fact in lists:
            self._merge_list(fact)
        for fact in lists:
            self._let_go(fact)

    @property
    def outcomes(self) -> set[Outcome]:
        """What there is among the items."""
        return {item.outcome for item in self.items}

    def _decide(self, key: str, before: Any, theirs: Any, mine: Any) -> Outcome | None:
        if key in self.undecided or before is None:
            return Outcome.CLASH if mine != theirs else None
        if theirs == before:
            return Outcome.MINE if mine != before else None
        if mine == before:
            return Outcome.THEIRS
        return Outcome.ALIKE if mine == theirs else Outcome.CLASH

    def _three(
        self,
        key: str,
        label: str,
        fact: Fact,
        before: str | None,
        theirs: str,
        mine: str | None,
        origin: str | None,
        place: tuple[str, ...] = (),
    ) -> str:
        """Return the merged value of one input, and note what became of it. An input that wasn't sent is untouched."""
        if mine is None:
            mine = theirs if before is None else before
        outcome = self._decide(key, before, theirs, mine)
        if outcome is not None:
            seen = origin if key in self.undecided else before
            said = [None if value is None else self.words.say(fact, value) for value in (seen, theirs, mine)]
            self.items.append(
                Item(key, label, outcome, *said, is_prose=fact.kind is Kind.PROSE, place=place or (fact.key,))
            )
        return theirs if outcome is Outcome.THEIRS else mine

    def _note_row(self, fact: Fact, key: str, outcome: Outcome, *rows: Row | None, place: tuple[str, ...] = ()) -> None:
        """Note a whole row, given as it was, is and is typed; None where it isn't there."""
        before, *after = rows
        is_new = before is None and outcome is not Outcome.CLASH  # otherwise nobody knows what it was
        absent = "" if is_new else _t("deleted")
        said = [absent if row is None or row.deleted else self._row(fact, row) for row in after]
        name = next((self.words.name(fact.row, row.values) for row in rows if row is not None), "")
        self.items.append(
            Item(
                f"{fact.key}-{key}",
                _t("%(list)s, “%(row)s”") % {"list": fact.title, "row": name},
                outcome,
                self._row(fact, before) if before is not None else "" if is_new else None,
                *said,
                place=place or (fact.key,),
            )
        )

    def _row(self, fact: Fact, row: Row) -> str:
        return self.words.row(fact.row, row.values)

    def _merge_list(self, fact: Fact) -> None:
        was = None if self.before is None else self.before.lists.get(fact.key, {})
        now = self.theirs.lists.get(fact.key, {})
        typed = self.mine.lists.get(fact.key)
        if typed is None:
            typed = {key: replace(row) for key, row in (now if was is None else was).items()}
        merged = {key: self._merge_row(fact, row, was, typed.get(key)) for key, row in now.items()}
        instead = self._gone(fact, was or {}, now, typed, merged)
        self._added(fact, was, now, typed, merged)
        mine = [instead.get(key, key) for key in typed if instead.get(key, key) in merged]
        order = self._order(fact, list(was or {}), list(now), mine)
        self.result.lists[fact.key] = {key: merged[key] for key in order}

    def _merge_row(self, fact: Fact, now: Row, was: dict[str, Row] | None, typed: Row | None) -> Row:
        """Return a row that is still stored, with what was typed into it."""
        before = (was or {}).get(now.key)
        key = f"{fact.key}-{now.key}"
        if typed is None and before is None:
            self._note_row(fact, now.key, Outcome.THEIRS, None, now, None, place=(fact.key, now.key))
            return replace(now)
        if typed is not None and typed.deleted:
            is_safe = key not in self.undecided and before is not None and before.values == now.values
            seen = self._origin_row(fact, now.key) if key in self.undecided else before
            outcome = Outcome.MINE if is_safe else Outcome.CLASH
            self._note_row(fact, now.key, outcome, seen, now, typed, place=(fact.key, now.key))
            return replace(now, deleted=True)
        origin = self._origin_row(fact, now.key)
        label = _t("%(list)s, “%(row)s”") % {"list": fact.title, "row": self.words.name(fact.row, now.values)}
        values = {}
        for one in facts(fact.row).values():
            values[one.key] = self._three(
                f"{key}-{one.key}",
                f"{label}: {one.title}",
                one,
                before.values.get(one.key) if before else None,
                now.values[one.key],
                typed.values.get(one.key) if typed else None,
                origin.values.get(one.key) if origin else None,
                (fact.key, now.key, one.key),
            )
        return replace(now, values=values)

    def _origin_row(self, fact: Fact, key: str) -> Row | None:
        return self.origin.lists.get(fact.key, {}).get(key) if self.origin else None

    def _gone(
        self, fact: Fact, was: dict[str, Row], now: dict[str, Row], typed: dict[str, Row], merged: dict[str, Row]
    ) -> dict[str, str]:
        """Deal with rows that somebody has deleted. What was typed into one stays, as a new row; returns its key."""
        instead = {}
        for key in [*was, *(key for key, row in typed.items() if row.is_stored and key not in was)]:
            if key in now:
                continue
            before, mine = was.get(key), typed.get(key)
            if mine is None or mine.deleted or (before and {**before.values, **mine.values} == before.values):
                outcome = Outcome.ALIKE if mine is not None and mine.deleted else Outcome.THEIRS
                self._note_row(fact, key, outcome, before, None, mine)
                continue
            rescued = Row(_RESCUED + key, {**(before.values if before else {}), **mine.values}, formerly=key)
            merged[rescued.key] = rescued
            instead[key] = rescued.key
            self._note_row(fact, key, Outcome.CLASH, before, None, rescued, place=(fact.key, rescued.key))
        return instead

    def _added(
        self,
        fact: Fact,
        was: dict[str, Row] | None,
        now: dict[str, Row],
        typed: dict[str, Row],
        merged: dict[str, Row],
    ) -> None:
        """Take in the rows that were newly typed, save those that somebody has added just so meanwhile."""
        theirs = [row for key, row in now.items() if was is not None and key not in was and key not in typed]
        for key, row in typed.items():
            if row.is_stored:
                continue
            twin = next((one for one in theirs if {**one.values, **row.values} == one.values), None)
            if row.formerly and f"{fact.key}-{row.formerly}" in self.undecided:
                seen = self._origin_row(fact, row.formerly)
                self._note_row(
                    fact, row.formerly, Outcome.CLASH, seen, now.get(row.formerly), row, place=(fact.key, key)
                )
            elif twin is not None:
                theirs.remove(twin)
                self.items = [item for item in self.items if item.key != f"{fact.key}-{twin.key}"]
                self._note_row(fact, key, Outcome.ALIKE, None, twin, row, place=(fact.key, twin.key))
                continue
            elif not row.deleted:
                self._note_row(fact, key, Outcome.MINE, None, None, row, place=(fact.key, key))
            merged[key] = row

    def _order(self, fact: Fact, was: Sequence[str], now: Sequence[str], mine: Sequence[str]) -> list[str]:
        """Return the rows in their merged order: that of whoever moved some; if both did, it has to be decided."""
        common = {key for key in now if key in mine and (self.before is None or key in was)}
        theirs_now, typed = ([key for key in keys if key in common] for keys in (now, mine))
        before = theirs_now if self.before is None else [key for key in was if key in common]
        key = f"{fact.key}-{ORDER}"
        outcome = self._decide(key, None if self.before is None else before, theirs_now, typed)
        if outcome is not None:
            seen = list(self.origin.lists.get(fact.key, {})) if self.origin and key in self.undecided else before
            said = (
                None if self.before is None else self._say_order(fact, seen),
                *map(self._say_order_of(fact), (theirs_now, typed)),
            )
            label = _t("%(list)s: order of the rows") % {"list": fact.title}
            self.items.append(Item(key, label, outcome, *said, place=(fact.key,)))
        if outcome in {Outcome.MINE, Outcome.CLASH}:
            return weave(mine, now)
        return weave(now, mine)

    def _say_order_of(self, fact: Fact) -> Any:
        return lambda keys: self._say_order(fact, keys)

    def _say_order(self, fact: Fact, keys: Sequence[str]) -> str:
        rows = {
            **(self.origin.lists.get(fact.key, {}) if self.origin else {}),
            **(self.before.lists.get(fact.key, {}) if self.before else {}),
            **self.theirs.lists.get(fact.key, {}),
        }
        names = (self.words.name(fact.row, rows[key].values) for key in keys if key in rows)
        return " · ".join(f"{place}. {name}" for place, name in enumerate(names, start=1))

    def _let_go(self, fact: Fact) -> None:
        """Empty the references to rows that are stored no more, and say so."""
        pointing = [one for one in facts(fact.row).values() if one.kind is Kind.SIBLING]
        for key, row in self.result.lists[fact.key].items():
            for one in pointing:
                value = row.values.get(one.key)
                if value and value not in self.theirs.lists.get(one.entry, {}):
                    row.values[one.key] = ""
                    name = self.words.name(fact.row, row.values)
                    label = _t("%(list)s, “%(row)s”") % {"list": fact.title, "row": name}
                    said = self.words.say(one, value)
                    self.items = [item for item in self.items if item.key != f"{fact.key}-{key}-{one.key}"]
                    self.items.append(
                        Item(
                            f"{fact.key}-{key}-{one.key}-lost",
                            f"{label}: {one.title}",
                            Outcome.LOST,
                            said,
                            "",
                            said,
                            place=(fact.key, key, one.key),
                        )
                    )


def weave(spine: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return the keys in the order of ``spine``, each further one of ``other`` behind the key that it follows there."""
    woven = list(spine)
    last: str | None = None
    for key in other:
        if key not in woven:
            woven.insert(0 if last is None else woven.index(last) + 1, key)
        last = key
    return woven


def decide(mine: Typed, seen: Typed, choices: Mapping[str, str]) -> None:
    """Put into ``mine`` what was chosen over it: what ``seen`` has at each key for which theirs was chosen."""
    for key, choice in choices.items():
        if choice != THEIRS:
            continue
        name, *rest = key.split("-")
        if not rest and name in seen.values:
            mine.values[name] = seen.values[name]
        elif rest == [ORDER] and name in mine.lists:
            rows, theirs = mine.lists[name], seen.lists.get(name, {})
            order = weave([one for one in theirs if one in rows], list(rows))
            mine.lists[name] = {one: rows[one] for one in order}
        elif len(rest) == 1 and name in mine.lists:
            _decide_row(mine.lists[name], seen.lists.get(name, {}), rest[0])
        elif len(rest) == 2:
            row, theirs_row = (some.lists.get(name, {}).get(rest[0]) for some in (mine, seen))
            if row is not None and theirs_row is not None and rest[1] in theirs_row.values:
                row.values[rest[1]] = theirs_row.values[rest[1]]


def _decide_row(rows: dict[str, Row], theirs: Mapping[str, Row], key: str) -> None:
    for one in [one for one, row in rows.items() if one == key or row.formerly == key]:
        if one in theirs:
            rows[one] = replace(theirs[one])
        else:
            del rows[one]
