"""Words on records and systems that no catalogue entry stands behind: found, and matched once for all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from registry import models
from registry.imports.parsing.retention import suggest_periods
from registry.imports.terms import (
    CREATE,
    WORDS,
    Decision,
    Spot,
    create_entries,
    key_of,
    labels_of,
    spots,
    spots_of_rows,
)
from registry.record.entries import SystemEntry
from registry.versioning.change_set import Channel
from registry.versioning.open_set import OpenChangeSet
from registry.versioning.writing import change_set

SUGGESTED = "suggested"
"""Decided of a time limit: it becomes an entry with the period that its words suggest."""


@dataclass
class Unmatched:
    """Some words that stand on records without an entry: in all their spellings, and how often."""

    model: str
    key: str
    words: str
    count: int = 0
    spellings: set[str] = field(default_factory=set)


def unmatched(
    *, model: str = "", organisation: int | None = None, search: str = "", settled: bool = False
) -> list[Unmatched]:
    """Return the words that no entry stands behind, most frequent first: one query for each list that has words.

    ``model`` limits them to one catalogue, ``organisation`` to its records (systems are nobody's), ``search`` to those
    that contain it;
    ``settled`` asks for those that somebody has decided to leave as words, which are left out otherwise.
    """
    wanted = " ".join(search.split()).casefold()
    known = set(models.SettledWords.objects.values_list("catalogue", "key"))
    found: dict[tuple[str, str], Unmatched] = {}
    for root, spot in _places(organisation):
        if model and spot.model != model:
            continue
        counted = _rows(root, spot, organisation).order_by().values_list(spot.words).annotate(count=Count("pk"))
        for words, count in counted:
            key = key_of(words)
            if not key or ((spot.model, key) in known) is not settled or wanted not in key:
                continue
            one = found.setdefault((spot.model, key), Unmatched(spot.model, key, words))
            one.count += count
            one.spellings.add(words)
    return sorted(found.values(), key=lambda one: (-one.count, one.key, one.model))


def match(
    decisions: Mapping[tuple[str, str], Decision], *, actor: Any, reason: str, organisation: int | None = None
) -> tuple[OpenChangeSet, int]:
    """Carry out what was decided of words, (catalogue, key) → decision, on every record and system that says them.

    An entry takes their place; the words stay beside it where it is called otherwise. Without a reason, the decisions
    are the reason. Out: the change set, whose ``sequence`` is None where no record changed, and how many rows did.
    """
    standing = {(one.model, one.key): one for one in _of(decisions, organisation)}
    settle = [pair for pair, decision in decisions.items() if decision == WORDS]
    asked = {pair: decision for pair, decision in decisions.items() if decision != WORDS and pair in standing}
    changed = 0
    with change_set(actor=actor, channel=Channel.SCREEN, reason=reason.strip() or _in_words(asked, standing)) as opened:
        for (model, key), decision in asked.items():
            one = standing[model, key]
            entry = _create(one, decision) if decision in {CREATE, SUGGESTED} else int(decision)
            changed += _put(one, entry, labels_of(model)[entry], organisation)
        who = getattr(actor, "get_full_name", str)() or str(actor)
        for model, key in settle:
            models.SettledWords.objects.get_or_create(catalogue=model, key=key, defaults={"settled_by_name": who})
        for model, key in asked:
            models.SettledWords.objects.filter(catalogue=model, key=key).delete()
    return opened, changed


def _of(decisions: Mapping[tuple[str, str], Decision], organisation: int | None) -> Iterator[Unmatched]:
    for model in {model for model, _ in decisions}:
        for settled in (False, True):
            yield from unmatched(model=model, organisation=organisation, settled=settled)


_OF_SYSTEMS = spots_of_rows(SystemEntry)


def _places(organisation: int | None) -> Iterator[tuple[Any, Spot]]:
    """Yield the places where words may stand instead of an entry, each with the model of what they are said of."""
    yield from ((models.ProcessingActivity, spot) for spot in spots())
    if organisation is None:
        yield from ((models.System, spot) for spot in _OF_SYSTEMS)


def _rows(root: Any, spot: Spot, organisation: int | None) -> "QuerySet[Any]":
    """Return the rows of a list, or the records, that have words and no entry."""
    if not spot.list:
        rows: QuerySet[Any] = root.objects.all()
        owner = {"organisation": organisation}
    else:
        part: Any = root._meta.get_field(spot.list).related_model
        rows = part.objects.all()
        owner = {"activity__organisation": organisation}
    rows = rows.filter(**{f"{spot.entry}__isnull": True}).exclude(**{spot.words: ""})
    return rows.filter(**owner) if organisation is not None else rows


def _put(one: Unmatched, entry: int, name: str, organisation: int | None) -> int:
    is_called_so = key_of(name) == one.key
    changed = 0
    for root, spot in _places(organisation):
        if spot.model == one.model:
            rows = _rows(root, spot, organisation).filter(**{f"{spot.words}__in": sorted(one.spellings)})
            columns = {f"{spot.entry}_id": entry, **({spot.words: ""} if is_called_so else {})}
            changed += rows.update(**columns)
    return changed


def _create(one: Unmatched, decision: Decision) -> int:
    """Add an entry that is called like the words; of a time limit, with the period that its words suggest if wanted."""
    label = " ".join(one.words.split())
    (entry,) = create_entries([(-1, (one.model, label))]).values()
    suggested = suggested_period(one.model, label) if decision == SUGGESTED else None
    if suggested:
        models.RetentionSchedule.objects.filter(pk=entry).update(**suggested)
    return entry


def suggested_period(model: str, words: str) -> dict[str, Any] | None:
    """Return the columns of a retention schedule that some words suggest; None where they don't say one period."""
    found = suggest_periods(words) if model == models.RetentionSchedule.__name__ else []
    if len(found) != 1:
        return None
    one = found[0]
    if one.permanent:
        return {"permanent": True}
    if one.number is None:
        return None
    return {
        "period": one.number,
        "unit": one.unit,
        "trigger": one.trigger[:250],
        "legal_source": one.legal_source[:250],
    }


def _in_words(asked: Mapping[tuple[str, str], Decision], standing: Mapping[tuple[str, str], Unmatched]) -> str:
    said = [
        f"“{standing[pair].words[:80]}” → {_named(pair[0], decision, standing[pair])}"
        for pair, decision in asked.items()
    ]
    return "; ".join(said[:10]) + (f"; … ({len(said)})" if len(said) > 10 else "")


def _named(model: str, decision: Decision, one: Unmatched) -> str:
    return one.words[:80] if decision in {CREATE, SUGGESTED} else labels_of(model).get(int(decision), "")
