"""That every term the register may write is one of release 2.3 of the Data Privacy Vocabulary."""

from pathlib import Path

from registry.record.activity import ActivityRecord
from registry.record.definition import walk
from registry.reference import dpv_terms
from registry.reference.dpv import iri

RELEASED = frozenset(
    line
    for line in (Path(__file__).parent / "data" / "dpv-2.3-terms.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
"""The terms of the release, in a list that was made from its own files and not from ours."""


def test_the_list_of_the_release_is_whole_and_has_no_older_names() -> None:
    assert len(RELEASED) == 1872
    assert {"dpv:ROPA", "dpv:ServiceManagement", "pd:WorkLocation", "eu-gdpr:BalancingTest", "loc:US"} <= RELEASED
    assert RELEASED.isdisjoint({"dpv:hasStorage", "dpv:PersonalDataCategory", "dpv:hasPersonalDataCategory"})


def test_every_term_that_may_be_written_is_in_the_release() -> None:
    assert sorted(dpv_terms.TERMS - RELEASED) == []
    assert all(map(iri, dpv_terms.TERMS))


def test_every_term_of_the_declaration_is_in_the_release() -> None:
    declared = {fact.term for _, fact in walk(ActivityRecord) if fact.term}

    assert "dpv:hasPurpose" in declared
    assert sorted(declared - RELEASED) == []
