"""The comments of an XLSX file: notes beside cells, and the threads that newer programs write instead of them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from .marks import without_mark
from .workbook import CellComment, column_number

THREAD = "tc="
"""How the author of the copy of a thread begins that is there for programs which know no threads."""


class Relation(NamedTuple):
    """What a part of the archive refers to: by which key, the last word of what it is, and which part it is."""

    key: str
    kind: str
    part: str


def relations(archive: zipfile.ZipFile, part: str) -> list[Relation]:
    """What a part refers to within the archive."""
    members = {member.lower(): member for member in archive.namelist()}
    folder, name = posixpath.split(part)
    listed = members.get(f"{folder}/_rels/{name}.rels".lower())
    found = []
    for relation in ElementTree.fromstring(archive.read(listed)) if listed else ():
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).removeprefix("/").lower()
        if target in members:
            kind = relation.get("Type", "").rpartition("/")[2]
            found.append(Relation(relation.get("Id", ""), kind, members[target]))
    return found


def local_name(tag: str) -> str:
    """A tag or attribute name without its namespace."""
    return tag.rpartition("}")[2]


def persons(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names of those who write in threads, by their keys."""
    found = {}
    for relation in relations(archive, "xl/workbook.xml"):
        if relation.kind == "person":
            for person in _elements(archive, relation.part, "person"):
                found[person.get("id", "")] = person.get("displayName", "")
    return found


def comments_of(archive: zipfile.ZipFile, part: str, people: Mapping[str, str]) -> Iterator[CellComment]:
    """The comments of a sheet's part. Where a cell has a thread, its copy for older programs isn't told again."""
    related = relations(archive, part)
    threaded: set[tuple[int, int]] = set()
    for relation in related:
        if relation.kind == "threadedComment":
            for element in _elements(archive, relation.part, "threadedComment"):
                if place := _place(element):
                    threaded.add(place)
                    yield CellComment(*place, _text(element), people.get(element.get("personId", ""), ""))
    for relation in related:
        if relation.kind == "comments":
            yield from (one for one in _notes(archive, relation.part) if (one.row, one.column) not in threaded)


def _notes(archive: zipfile.ZipFile, part: str) -> Iterator[CellComment]:
    authors: list[str] = []
    for element in _elements(archive, part, "author", "comment"):
        if local_name(element.tag) == "author":
            authors.append(element.text or "")
            continue
        number = element.get("authorId", "")
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        place, text = _place(element), _text(element)
        if author.startswith(THREAD):
            author, text = "", text.split("\n\n", 2)[-1]
        text = without_mark(text, author).removeprefix(f"{author}:") if author else without_mark(text, author)
        if place:
            yield CellComment(*place, text, author)


def _elements(archive: zipfile.ZipFile, part: str, *names: str) -> Iterator[Element]:
    """The elements of these names one by one, so that a large part needs little memory."""
    with archive.open(part) as stream:
        for _, element in ElementTree.iterparse(stream, events=("end",)):
            if local_name(element.tag) in names:
                yield element
                element.clear()


def _place(element: Element) -> tuple[int, int] | None:
    reference = element.get("ref", "").upper()
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3 and 0 < len(digits) <= 7):
        return None
    return int(digits), column_number(letters)


def _text(element: Element) -> str:
    """The text of a comment, without what only says how it is pronounced."""
    texts: list[str] = []
    for child in element:
        if local_name(child.tag) == "text":
            texts += [child.text or ""] if not len(child) else _runs(child)
    return "".join(texts)


def _runs(text: Element) -> Iterator[str]:
    for child in text:
        if local_name(child.tag) == "t":
            yield child.text or ""
        elif local_name(child.tag) == "r":
            yield from (one.text or "" for one in child if local_name(one.tag) == "t")
