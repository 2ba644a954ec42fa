"""Verifying the history: seals made anew, links and numbers compared, live rows held against their versions."""

import re
from collections.abc import Iterator
from contextlib import closing
from itertools import chain

from django.utils.translation import gettext as _

from registry.versioning import live, logged, naming
from registry.versioning.chain import BEGINNING, Seal, version_line
from registry.versioning.change_set import ChangeSet
from registry.versioning.errors import UnreadableVersion
from registry.versioning.open_set import DELETED
from registry.versioning.plain import Deletions, altered_column
from registry.versioning.stored import Reading, Version, snapshot
from registry.versioning.verdict import ALTERED, GONE, MISSING, Fault, Verdict

SHORTEST = 8
"""How many digits of a head say enough to look for it. The foot of a report has twelve."""


class NotAHead(ValueError):
    """What was given as a head that was seen before can't be one."""


def verify(expect: str | None = None) -> Verdict:
    """Walk the whole history and hold the live rows against it; never raises for what it finds, and writes nothing.

    In: a chain head that was seen before (all of its 64 digits, or at least the first eight), which must still be in
    the chain. Needs constant memory and a number of queries that doesn't grow with the history's versions, only with
    its aggregates and deletions (a few for every few hundred). Raises NotAHead for what can't be a head.
    """
    wanted = head_of(expect) if expect else ""
    with snapshot(), closing(Reading()) as reading:
        walk = _Walk(reading, wanted)
        try:
            fault = walk.first_fault() or _gone(walk, wanted) or live.first_fault()
        except UnreadableVersion as error:
            fault = Fault(ALTERED, str(error), error.change_set, str(error.model._meta.model_name), error.pk)
    return Verdict(walk.change_sets, walk.versions, walk.head, fault)


def head_of(text: str) -> str:
    """Return a head as it may have been copied from a report, without blanks and dots at its end."""
    head = text.strip().rstrip("….").strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST},64}}", head):
        said = _(
            "“%(text)s” can't be a chain head: it consists of 64 of the digits 0-9 and a-f. "
            "Copy it from a report; its first %(least)d digits are enough."
        )
        raise NotAHead(said % {"text": text, "least": SHORTEST})
    return head


def _gone(walk: "_Walk", wanted: str) -> Fault | None:
    if not wanted or walk.met:
        return None
    said = _(
        "The head %(head)s was seen before and is gone: no change set has this seal now. "
        "The history was cut, or written anew, after that head was noted."
    )
    return Fault(GONE, said % {"head": wanted})


class _Walk:
    """One way through the chain."""

    def __init__(self, reading: Reading, wanted: str) -> None:
        self.change_sets = self.versions = 0
        self.head = ""
        self.met = False
        self._wanted = wanted
        self._reading = reading
        self._deletions = Deletions()
        self._last: ChangeSet | None = None

    def first_fault(self) -> Fault | None:
        """Return the first thing that doesn't hold in the chain and its versions."""
        for header in self._reading.headers:
            fault = self._gap(header) or self._change_set(header)
            if fault:
                return fault
            self._last = header
            self.change_sets += 1
            self.head = header.digest
            self.met = self.met or (self._wanted != "" and self.head.startswith(self._wanted))
        return self._after_the_last() or self._deletions.fault()

    def _gap(self, header: ChangeSet) -> Fault | None:
        expected = self.change_sets + 1
        if header.sequence == expected:
            return None
        if header.sequence < expected:
            said = _("Change set #%(number)d was added: the first is #1.") % {"number": header.sequence}
            return Fault("added", said, header.sequence)
        said = _("Change set #%(number)d is missing: the next is #%(next)d.")
        return Fault(MISSING, said % {"number": expected, "next": header.sequence}, expected)

    def _change_set(self, header: ChangeSet) -> Fault | None:
        seal, by_versions = Seal(header), None
        lines = self._reading.manifests.of(header.sequence)
        versions = chain.from_iterable(history.until(header.sequence) for history in self._reading.histories)
        plain: Fault | None = None
        differing: tuple[str | None, Version | None] | None = None
        for line, version in _side_by_side(lines, versions):
            text = _line(version) if version and version.change_set == header.sequence else None
            if line is not None and line == text and version is not None:
                seal.add(line)
                self.versions += 1
                plain = plain or self._plain(header, version)
                continue
            differing = (line, version)
            by_versions = seal.copy()
            for line_left in chain([line] if line is not None else [], lines):
                seal.add(line_left)
            for version_left in chain([version] if version is not None else [], versions):
                by_versions.add(_line(version_left))
            break
        if seal.hexdigest() != header.digest:
            return self._broken(header, seal, by_versions, differing)
        if differing is not None:
            return self._named(header, *differing)
        return plain or logged.fault(header, self._reading.exports.of(header.sequence)) or self._link(header)

    def _plain(self, header: ChangeSet, version: Version) -> Fault | None:
        if version.kind == DELETED:
            self._deletions.add(version)
        return altered_column(header, version) or self._deletions.fault_when_many()

    def _named(self, header: ChangeSet, line: str | None, version: Version | None) -> Fault:
        if version is not None and version.change_set != header.sequence:
            return naming.out_of_order(version, self.change_sets)
        return naming.differs(header.sequence, line, version, self._reading.histories)

    def _broken(
        self,
        header: ChangeSet,
        seal: Seal,
        by_versions: Seal | None,
        differing: tuple[str | None, Version | None] | None,
    ) -> Fault:
        """Say which part of a change set is to blame for a seal that doesn't fit."""
        number, fault = header.sequence, ""
        following = ChangeSet.objects.filter(sequence=number + 1).values_list("previous_digest", flat=True).first()
        if by_versions is not None and by_versions.hexdigest() == header.digest:
            said = _(
                "Change set #%(number)d: its manifest (the list of its versions) was altered; the versions are as they "
                "were sealed."
            )
        elif seal.hexdigest() == following:
            said = _(
                "Change set #%(number)d: its seal was altered; what it sealed is as it was, as the next change set "
                "shows."
            )
        elif differing is None and header.previous_digest != self._previous():
            said = _("Change set #%(number)d: its link to the change set before it was altered.")
        elif differing is None:
            said = _(
                "Change set #%(number)d: its header (number, moment, person, door, reason, details) or its manifest "
                "was altered."
            )
        else:
            said = _("Change set #%(number)d: neither its manifest nor its versions fit its seal. %(fault)s")
            fault = self._named(header, *differing).message
        return Fault(ALTERED, said % {"number": number, "fault": fault}, number)

    def _previous(self) -> str:
        return self._last.digest if self._last else BEGINNING

    def _link(self, header: ChangeSet) -> Fault | None:
        """Compare a change set that holds in itself with the one before it."""
        if header.previous_digest != self._previous():
            number = header.sequence - 1
            if self._last:
                said = _("Change set #%(number)d was rewritten and sealed anew: #%(next)d was linked to another.")
                return Fault(ALTERED, said % {"number": number, "next": number + 1}, number)
            said = _("Change set #1 names a predecessor: it was not the first, and the beginning is missing.")
            return Fault(ALTERED, said, header.sequence)
        if self._last and header.made_at < self._last.made_at:
            said = _("Change set #%(number)d was made before the one before it: its moment can't be true.")
            return Fault(ALTERED, said % {"number": header.sequence}, header.sequence)
        return None

    def _after_the_last(self) -> Fault | None:
        for history in self._reading.histories:
            version = next(history.until(None), None)
            if version is not None:
                return naming.out_of_order(version, self.change_sets)
        number = self._reading.manifests.left()
        if number is not None:
            said = _("Change set #%(number)d is missing: its manifest is still there.") % {"number": number}
            return Fault(MISSING, said, number)
        return logged.without_change_set(self._reading.exports.left())


def _line(version: Version) -> str:
    return version_line(version.history.root, version.pk, version.kind, version.content)


def _side_by_side(lines: Iterator[str], versions: Iterator[Version]) -> Iterator[tuple[str | None, Version | None]]:
    """Yield the next of both, None for what has come to its end; the caller may read on by itself and stop."""
    while True:
        line, version = next(lines, None), next(versions, None)
        if line is None and version is None:
            return
        yield line, version
