"""Samples that anybody can draw again: by a seed that is told, from a register as at a change set that is told."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple


class Candidate(NamedTuple):
    """An activity that may be drawn: its key, the name of its organisation, and its reference there."""

    pk: int
    organisation: str
    reference: str


def place(seed: str, candidate: Candidate) -> str:
    """Return where a candidate stands when a sample is drawn: the SHA-256 of "seed/organisation/reference" in UTF-8."""
    return hashlib.sha256(f"{seed}/{candidate.organisation}/{candidate.reference}".encode()).hexdigest()


def draw(candidates: Iterable[Candidate], *, seed: str, size: int) -> list[Candidate]:
    """Return ``size`` of the candidates: those that stand first by ``place``. All of them where there are no more.

    Neither the order of the candidates nor what else they say matters; another seed gives another sample.
    """
    return sorted(candidates, key=lambda one: (place(seed, one), one.pk))[:size]
