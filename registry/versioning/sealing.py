"""Closing a change set: one version per aggregate that really changed, sealed to the change set before it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

from django.db import connection, models
from django.utils import timezone

from registry.versioning.base import Versioned
from registry.versioning.bulk import compress_quickly, copy_in
from registry.versioning.canonical import canonical
from registry.versioning.chain import BEGINNING, Seal, version_line
from registry.versioning.change_set import ChangeSet, Channel, last_number
from registry.versioning.content import CHUNK, contents
from registry.versioning.errors import MovedOn
from registry.versioning.export_log import ExportFacts, log_line
from registry.versioning.manifest import ManifestPage
from registry.versioning.open_set import CHANGED, CREATED, DELETED, OpenChangeSet

_LOCK = 0x524F5041
"""The key of PostgreSQL's advisory lock under which change sets are numbered."""

MANY = 100
"""From how many versions on it is worth a query to have them compressed quickly."""

DELETED_CONTENT = "null"
"""The content of a version that records a deletion."""


@dataclass(frozen=True)
class _Version:
    model: type[Versioned]
    pk: Any
    kind: str
    content: str
    columns: dict[str, Any]


def close(opened: OpenChangeSet) -> ChangeSet | None:
    """Write the versions of everything ``opened`` touched and seal them; returns None where nothing changed.

    Runs inside the transaction of the change itself. Change sets are numbered without gaps: PostgreSQL serialises
    them by an advisory lock, SQLite by its single writer (transactions begin IMMEDIATE). Exports are sealed after the
    changes, each by itself. Raises MovedOn where another change came before this one, and must not have.
    """
    has_changes = any(opened.touched.values())
    if (has_changes or opened.exports) and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if has_changes and opened.after is not None and last_number() != opened.after:
        raise MovedOn  # asked again under the lock: on PostgreSQL somebody may have been quicker
    header = _seal_changes(opened) if has_changes else None
    for facts in opened.exports:
        _seal_export(opened, facts)
    return header


def _seal_changes(opened: OpenChangeSet) -> ChangeSet | None:
    """Write one version each of what really changed, and the change set that seals them.

    The versions are stored before the change set that they point to, since its seal covers them: both databases check
    that key at the end.
    """
    versions = _versions(opened)
    first = next(versions, None)
    if first is None:
        return None
    header = _header(opened, opened.channel, opened.reason, canonical(opened.details) if opened.details else "")
    seal = Seal(header)
    done, total = 0, sum(map(len, opened.touched.values()))
    if total >= MANY:
        compress_quickly()
    for place, batch in enumerate(_batches(chain((first,), versions))):
        lines = "\n".join(version_line(one.model, one.pk, one.kind, one.content) for one in batch)
        seal.add(lines)
        copy_in(ManifestPage, ("change_set_id", "place", "lines"), [(header.sequence, place, lines)])
        _store(batch, header)
        done += len(batch)
        if opened.progress is not None:
            opened.progress(done, total)
    header.digest = seal.hexdigest()
    header.save(force_insert=True)
    opened.sequence = header.sequence
    return header


def _seal_export(opened: OpenChangeSet, facts: ExportFacts) -> None:
    """Write the change set that seals an export, which has no versions, and the line that lists it."""
    header = _header(opened, Channel.EXPORT, "", facts.details())
    header.digest = Seal(header).hexdigest()
    header.save(force_insert=True)
    log_line(header, facts).save(force_insert=True)


def _batches(versions: Iterable[_Version]) -> Iterator[list[_Version]]:
    """Yield the versions in lists of one model each, none longer than a page of the manifest should be."""
    batch: list[_Version] = []
    for version in versions:
        if batch and (len(batch) >= CHUNK or batch[0].model is not version.model):
            yield batch
            batch = []
        batch.append(version)
    yield batch


def _header(opened: OpenChangeSet, channel: str, reason: str, details: str) -> ChangeSet:
    last = ChangeSet.objects.order_by("-sequence").first()
    actor = opened.actor if getattr(opened.actor, "pk", None) is not None else None
    return ChangeSet(
        sequence=last.sequence + 1 if last else 1,
        made_at=_moment(last.made_at if last else None),
        actor=actor,
        actor_name=_name(opened.actor),
        channel=channel,
        reason=reason,
        details=details,
        previous_digest=last.digest if last else BEGINNING,
    )


def _moment(last: datetime | None) -> datetime:
    """Return now, or a microsecond after ``last`` where the clock was set back: time never runs backwards here."""
    now = timezone.now()
    return now if last is None or now > last else last + timedelta(microseconds=1)


def _name(actor: Any) -> str:
    if actor is None or not getattr(actor, "is_authenticated", True):
        return "system"
    full_name = actor.get_full_name() if hasattr(actor, "get_full_name") else ""
    return (full_name or str(actor))[: ChangeSet._meta.get_field("actor_name").max_length]


def _versions(opened: OpenChangeSet) -> Iterator[_Version]:
    """Yield the versions to write, by model name and key: a defined order, which the seal depends on."""
    for model in sorted(opened.touched, key=lambda touched: str(touched._meta.model_name)):
        kinds = opened.touched[model]
        yield from _versions_of(model, kinds, opened)  # type: ignore[arg-type]


def _versions_of(model: type[Versioned], kinds: dict[Any, str], opened: OpenChangeSet) -> Iterator[_Version]:
    pks = sorted(kinds)
    for start in range(0, len(pks), CHUNK):
        some = pks[start : start + CHUNK]
        changed = [pk for pk in some if kinds[pk] == CHANGED]
        before = _last_contents(model, changed) if changed else {}
        deleted = [pk for pk in some if kinds[pk] == DELETED]
        last = _last_columns(model, deleted) if deleted else {}
        living = {
            pk: (columns, content) for pk, columns, content in contents(model, [p for p in some if kinds[p] != DELETED])
        }
        for pk in some:
            kind = kinds[pk]
            if kind == DELETED:
                yield _Version(model, pk, kind, DELETED_CONTENT, last.get(pk) or opened.departed[model, pk])
                continue
            if pk not in living:
                continue
            columns, text = living[pk]
            if kind == CHANGED and before.get(pk) == text:
                continue
            yield _Version(model, pk, CREATED if kind == CHANGED and pk not in before else kind, text, columns)


def _last_versions(model: type[Versioned], pks: list[Any]) -> "models.QuerySet[Any]":
    versions = model.history.model.objects
    newest = versions.filter(id__in=pks).values("id").annotate(newest=models.Max("history_id")).values("newest")
    return versions.filter(history_id__in=newest).exclude(history_type=DELETED)  # type: ignore[no-any-return]


def _last_contents(model: type[Versioned], pks: list[Any]) -> dict[Any, str]:
    return dict(_last_versions(model, pks).values_list("id", "content"))


def _last_columns(model: type[Versioned], pks: list[Any]) -> dict[Any, dict[str, Any]]:
    """Return the plain columns of the last versions: a deletion has no content by which its own could be checked."""
    names = [column.attname for column in model.history.model.tracked_fields]
    return {columns["id"]: columns for columns in _last_versions(model, pks).values(*names)}


def _store(batch: list[_Version], header: ChangeSet) -> None:
    """Write one version row each, in bulk; all of one model."""
    history = batch[0].model.history.model
    tracked = history.tracked_fields
    values = map(itemgetter(*(column.attname for column in tracked)), (version.columns for version in batch))
    columns: list[Iterable[Any]] = list(zip(*values, strict=True))
    for place, column in enumerate(tracked):
        if isinstance(column, models.DateField):
            columns[place] = [*map(_plain, columns[place])]
    made_at = connection.ops.adapt_datetimefield_value(header.made_at)
    sealed = map(repeat, (made_at, header.actor_id, header.reason, header.sequence))
    kinds, contents = [version.kind for version in batch], [version.content for version in batch]
    names = [*(column.column for column in tracked), *_SEALED, "history_type", "content"]
    copy_in(history, names, zip(*columns, *sealed, kinds, contents, strict=False))


_SEALED = ("history_date", "history_user_id", "history_change_reason", "change_set_id")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
