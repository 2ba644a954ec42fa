"""Single versions as frozen records: one record or entry as it was, with what it referred to as that was then."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from registry.record.building import Content, Entries, text_builder
from registry.record.classes import MERELY_NAMED, ROOTS
from registry.record.definition import Kind, facts
from registry.record.loader import newest
from registry.versioning.content import contents


def freezer(model: type[Any], entries: Entries | None = None) -> Callable[[str], Any]:
    """Return a function from an aggregate's content, as it is stored, to its frozen record.

    What it refers to is taken from ``entries``, and called by the name that it bore at the time where they lack it.
    """
    known = {root.__name__: (entries or {}).get(root.__name__, {}) for root in ROOTS}
    return text_builder(ROOTS[model], known)


def load_version(model: type[Any], version_pk: int) -> Any:
    """Return the frozen record that one version holds, with everything it refers to as at its change set.

    Reads the version, and the newest version up to that moment of what it refers to: one query for each kind of entry.
    Raises LookupError where there is no such version, and for one that records a deletion, which holds nothing.
    """
    versions = model.history.model.objects.filter(history_id=version_pk)
    number, text = versions.values_list("change_set_id", "content").first() or (0, "null")
    content = json.loads(text)
    if content is None:
        raise LookupError(f"No version of {model.__name__} with the key {version_pk} holds a record.")
    return freezer(model, load_referred(model, content, number))(text)


def load_referred(model: type[Any], content: Content, change_set: int) -> Entries:
    """Return the entries that a content refers to, and those that they refer to, as at a change set."""
    wanted: dict[str, set[int]] = {root.__name__: set() for root in ROOTS}
    _want(wanted, model, content)
    texts: dict[type[Any], dict[int, str]] = {}
    for root in reversed(ROOTS):  # each before those that it refers to
        if pks := wanted[root.__name__]:
            found = newest(root, change_set).filter(id__in=pks).values_list("id", "content")
            texts[root] = dict(found.order_by("id"))
            for text in texts[root].values():
                _want(wanted, root, json.loads(text))
    return _frozen(texts)


def load_living(model: type[Any], said: Iterable[Content]) -> Entries:
    """Return the entries that these contents refer to, and those that they refer to, as their rows are now.

    Also those that the open change set has just created, of which there is no version yet. One that is gone is taken
    from its last version.
    """
    wanted: dict[str, set[int]] = {root.__name__: set() for root in ROOTS}
    for content in said:
        _want(wanted, model, content)
    texts: dict[type[Any], dict[int, str]] = {}
    for root in reversed(ROOTS):
        if pks := wanted[root.__name__]:
            texts[root] = {pk: text for pk, _, text in contents(root, sorted(pks))}
            if gone := pks - texts[root].keys():
                versions = root.history.model.objects.filter(id__in=gone).exclude(history_type="-")
                texts[root] |= dict(versions.order_by("history_id").values_list("id", "content"))
            for text in texts[root].values():
                _want(wanted, root, json.loads(text))
    return _frozen(texts)


def _frozen(texts: Mapping[type[Any], Mapping[int, str]]) -> dict[str, Mapping[int, Any]]:
    entries: dict[str, Mapping[int, Any]] = {}
    for root in ROOTS:
        if root in texts:
            freeze = freezer(root, entries)
            entries[root.__name__] = {pk: freeze(text) for pk, text in texts[root].items()}
    return entries


def _want(wanted: dict[str, set[int]], model: type[Any], content: Content) -> None:
    for name, pk in references(model, content):
        wanted[name].add(pk)


def references(model: type[Any], content: Content) -> Iterator[tuple[str, int]]:
    """Yield model name and key of each entry that a content refers to.

    Those that are mere names there are left out: of its own kind, and ``MERELY_NAMED``.
    """
    unread = MERELY_NAMED | {model.__name__}
    for fact in facts(ROOTS[model]).values():
        value = content.get(fact.key)
        if fact.kind is Kind.ENTRY and value is not None and fact.entry not in unread:
            yield fact.entry, value[0]
        elif fact.row is not None:
            keys = [(inner.key, inner.entry) for inner in facts(fact.row).values() if inner.kind is Kind.ENTRY]
            keys = [(key, name) for key, name in keys if name not in MERELY_NAMED]
            yield from ((name, row[key][0]) for row in value or () for key, name in keys if row.get(key) is not None)
