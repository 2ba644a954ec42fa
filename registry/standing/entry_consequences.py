"""What changes of catalogues' entries require for the approved records that use them: one line for all of these."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Max
from django.utils import timezone

from registry import models
from registry.compliance.consequences import OF_A_PROCESSOR, Consequence
from registry.compliance.context import said_of_notice
from registry.compliance.entry_consequences import CAUSES, OF_ENGAGING, OF_OWN_RECORDS, entry_consequences
from registry.compliance.texts import folded
from registry.record.activity import label_of
from registry.record.classes import ROOTS
from registry.record.versions import freezer
from registry.reference.activity import ActivityStatus
from registry.reference.requirements import ChangedEntry, Settlement
from registry.reference.roles import ActivityRole
from registry.versioning.content import CHUNK, contents
from registry.versioning.open_set import CHANGED, CREATED, OpenChangeSet

WITHIN = timedelta(days=30)
"""How long there is to settle one, unless somebody sets another day: people are told within a month (Art. 14(3)(a))."""

LISTED = 500
"""So many of the records that use an entry are named; all are counted."""


class User(NamedTuple):
    """An approved record that uses an entry, and the country of its organisation."""

    label: str
    pk: int
    role: str
    home: str


Users = Mapping[int, set[User]]
"""By the key of an entry the approved records that use it."""

Pair = tuple[Any, Any]
"""An entry as it was, None for a new one, and as it is."""


def raise_entry_consequences(opened: OpenChangeSet) -> None:
    """Write what changes of entries require into the change set that is about to be sealed.

    An entry is compared with its last version. There is one line for an entry and kind of consequence, however many
    records use it; where such a line is still open it is brought up to date, and keeps its day. The number of queries
    depends on the kinds of entries that changed, not on their uses.
    """
    raised: list[models.ChangeConsequence] = []
    for code in ChangedEntry.values:
        model = apps.get_model("registry", code)
        kinds = opened.touched.get(model, {})
        wanted = sorted(pk for pk, kind in kinds.items() if kind == CHANGED)
        if model is models.Recipient:
            wanted = sorted({*wanted, *_newly_engaged(kinds)})
        for start in range(0, len(wanted), CHUNK):
            raised += _raised(model, wanted[start : start + CHUNK])
    known = _still_open(raised)
    models.ChangeConsequence.objects.bulk_create([one for one in raised if _place(one) not in known])
    kept = [_brought_up_to_date(known[_place(one)], one) for one in raised if _place(one) in known]
    models.ChangeConsequence.objects.bulk_update(kept, _SAID, batch_size=200)


_SAID = ("record", "names", "sentence", "used_by", "uses")
"""What a line that is still open says anew when its entry changes again; its days stay."""

Place = tuple[str, int, str]
"""The kind and the key of an entry, and the kind of consequence."""


def _place(one: models.ChangeConsequence) -> Place:
    return one.entry, one.record_key, one.key


def _still_open(raised: list[models.ChangeConsequence]) -> dict[Place, models.ChangeConsequence]:
    """Return the lines that nobody has settled of the entries that would get one: one query, or none."""
    if not raised:
        return {}
    those = models.ChangeConsequence.objects.filter(
        settlement=Settlement.OPEN,
        entry__in={one.entry for one in raised},
        record_key__in={one.record_key for one in raised},
    )
    return {_place(one): one for one in those.order_by("-pk")}


def _brought_up_to_date(known: models.ChangeConsequence, anew: models.ChangeConsequence) -> models.ChangeConsequence:
    for name in _SAID:
        setattr(known, name, getattr(anew, name))
    return known


def _newly_engaged(kinds: Mapping[Any, str]) -> set[int]:
    """Return the recipients made in this change set that a processor engages which was there before."""
    created = {pk for pk, kind in kinds.items() if kind == CREATED}
    if not created or len(created) > CHUNK:  # so many come with an import of the register itself
        return set()
    engaged = models.Recipient.objects.filter(pk__in=created, sub_processor_of__isnull=False)
    return {pk for pk, parent in engaged.values_list("pk", "sub_processor_of") if parent not in created}


def _raised(model: type[Any], pks: list[int]) -> list[models.ChangeConsequence]:
    pairs = _pairs(model, pks)
    if not pairs:
        return []
    users = _users(model, pairs)
    today = timezone.localdate()
    rows = []
    for pk, (old, new) in pairs.items():
        own, engaging = users.get(pk, set()), users.get(_engaging(new), set())
        everybody = own | engaging
        for one in entry_consequences(old, new, {user.home for user in everybody}, today):
            concerned = own if one.key in OF_OWN_RECORDS else engaging if one.key in OF_ENGAGING else everybody
            if one.requirement not in OF_A_PROCESSOR:
                concerned = {user for user in concerned if user.role != ActivityRole.PROCESSOR}
            if concerned:
                rows.append(_row(model, new, one, sorted(concerned), today))
    return rows


def _engaging(entry: Any) -> int:
    """Return the key of the processor that engages this recipient; 0 for other entries."""
    parent = getattr(entry, "sub_processor_of", None)
    return parent.pk if parent is not None else 0


def _pairs(model: type[Any], pks: list[int]) -> dict[int, Pair]:
    """Return by key the entries of which something changed that may require something: three queries."""
    history = model.history.model.objects
    last = history.filter(id__in=pks).order_by().values("id").annotate(last=Max("history_id")).values("last")
    before = dict(history.filter(history_id__in=last).exclude(history_type="-").values_list("id", "content"))
    freeze = freezer(model)
    found = {}
    for pk, _columns, text in contents(model, pks):
        if pk not in before and model is not models.Recipient:
            continue
        old, new = json.loads(before.get(pk, "{}")), json.loads(text)
        if any(old.get(key) != new.get(key) for key in CAUSES[ROOTS[model]]):
            found[pk] = (freeze(before[pk]) if pk in before else None, freeze(text))
    return found


_USES: Mapping[type[Any], tuple[tuple[type[Any], str, str], ...]] = {
    models.Recipient: (
        (models.ActivityRecipient, "recipient", "activity__"),
        (models.Transfer, "recipient", "activity__"),
    ),
    models.RetentionSchedule: (
        (models.ProcessingActivity, "retention_schedule", ""),
        (models.ActivityDataCategory, "retention_schedule", "activity__"),
    ),
    models.DataCategory: ((models.ActivityDataCategory, "category", "activity__"),),
    models.System: ((models.ActivitySystem, "system", "activity__"),),
}
"""Where records refer to an entry: the table, its column, and the way from there to the record."""

_OF_RECORD = ("reference", "name", "pk", "role", "organisation__country")


def _users(model: type[Any], pairs: Mapping[int, Pair]) -> Users:
    """Return who uses these entries, and the processors that engage them: a query for each place where they stand."""
    if model is models.Document:
        return _naming(pairs)
    keys = {*pairs, *(_engaging(new) for _old, new in pairs.values())} - {0}
    found: dict[int, set[User]] = defaultdict(set)
    for table, column, way in _USES[model]:
        rows = table.objects.filter(**{f"{column}__in": keys, f"{way}status": ActivityStatus.APPROVED}).order_by()
        for key, *said in rows.values_list(column, *(f"{way}{one}" for one in _OF_RECORD)).distinct():
            found[key].add(_user(*said))
    return found


def _user(reference: str, name: str, pk: int, role: str, home: str) -> User:
    return User(label_of(reference, name), pk, role, home)


def _naming(pairs: Mapping[int, Pair]) -> Users:
    """Return the approved records that name one of these documents as their notice, by its name or place: one query."""
    called: dict[str, set[int]] = defaultdict(set)
    for pk, pair in pairs.items():
        for said in _names_of(pair):
            called[said].add(pk)
    found: dict[int, set[User]] = defaultdict(set)
    approved = models.ProcessingActivity.objects.filter(status=ActivityStatus.APPROVED).exclude(privacy_notice="")
    for notice, *said in approved.order_by().values_list("privacy_notice", *_OF_RECORD):
        for key in called.get(folded(notice), ()):
            found[key].add(_user(*said))
    return found


def _names_of(pair: Iterable[Any]) -> Iterator[str]:
    yield from (said for one in pair for said in said_of_notice(one.name, one.location))


def _row(model: type[Any], entry: Any, one: Consequence, users: list[User], today: date) -> models.ChangeConsequence:
    return models.ChangeConsequence(
        entry=str(model._meta.model_name),
        record_key=entry.pk,
        record=entry.name[:400],
        key=one.key,
        requirement=one.requirement,
        article=one.article,
        names="\n".join(one.names),
        sentence=one.what,
        used_by="\n".join(user.label for user in users[:LISTED]),
        uses=len(users),
        raised_on=today,
        due_on=today + WITHIN,
    )
