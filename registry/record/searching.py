"""Words searched for in a frozen register: in all that its records say, and in what they refer to."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from registry import models
from registry.record.definition import Kind, facts
from registry.record.loader import Register, stream_contents
from registry.record.remembered import remembered


def search(register: Register, text: str) -> Register:
    """Return the register limited to the records in which every word of ``text`` occurs, whatever its case.

    A record says the words of its facts and rows, and the names of what these refer to as they were at that moment.
    Contents are first searched as text, and only those that may hold all words are read: a query for each word that
    names an entry, and two more.
    """
    words = text.casefold().split()
    if not words:
        return register
    named = [register.referring(_named(register, word)) for word in words]
    quoted = [json.dumps(word, ensure_ascii=False)[1:-1] for word in words]
    contents = stream_contents(models.ProcessingActivity, [version for _, version in register.index])
    possible = set()
    for (pk, _), (_, content) in zip(register.index, contents, strict=True):
        folded = content.casefold()
        if all(word in folded or pk in those for word, those in zip(quoted, named, strict=True)):
            possible.add(pk)
    limited = register.only(possible)
    found = (record.pk for record in limited.activities() if _says(record, words))
    return limited.only(found)


def _named(register: Register, word: str) -> Iterator[tuple[str, int]]:
    for model, entries in register.entries.items():
        yield from ((model, pk) for pk, entry in entries.items() if word in entry.label.casefold())


def _says(record: Any, words: list[str]) -> bool:
    said = "\n".join(_texts(record)).casefold()
    return all(word in said for word in words)


def _texts(record: Any) -> Iterator[str]:
    texts, named, lists = _places(type(record))
    yield from texts(record)
    for value in named(record):
        if value is not None:
            yield value.label
    for rows in lists(record):
        for row in rows:
            yield from _texts(row)


Taken = Callable[[Any], tuple[Any, ...]]


@remembered
def _places(record: type[Any]) -> tuple[Taken, Taken, Taken]:
    """Return what takes the texts, the entries and accounts, and the lists out of a record.

    Answers, choices and dates are for filters; a row that another one points to is searched in its own list.
    """
    kinds = [fact.kind for fact in facts(record).values()]

    def taking(*wanted: Kind) -> Taken:
        places = [place for place, kind in enumerate(kinds, start=1) if kind in wanted]
        return lambda one: tuple([one[place] for place in places])

    return taking(Kind.TEXT, Kind.PROSE), taking(Kind.ENTRY, Kind.ACCOUNT), taking(Kind.ROWS)
