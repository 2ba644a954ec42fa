from datetime import date

import pytest
from django.utils import translation

from registry.compliance.accepted import Accepted
from registry.compliance.checking import check_record
from registry.compliance.context import Context
from registry.compliance.identity import known_by
from registry.record.acceptance import AcceptanceRecord
from tests.compliance.records import ON, data, record
from tests.compliance.test_traits import EXAMPLES

UNNAMED = "time-limit-of-category-missing"


def named_by(one):
    return [
        (gap.rule.id, named)
        for gap in check_record(one, Context(ON))
        for value in gap.said.values()
        if type(value) is tuple
        for named in value
    ]


@pytest.mark.parametrize("language", ["en", "de"])
def test_whatever_a_gap_names_is_known_by_something_that_no_language_changes(language):
    with translation.override("fr"):
        known = [[known_by(named) for _rule, named in named_by(one)] for one in EXAMPLES]
    with translation.override(language):
        found = [[known_by(named) for _rule, named in named_by(one)] for one in EXAMPLES]

    assert found == known
    assert len({rule for one in EXAMPLES for rule, _ in named_by(one)}) > 20
    assert all(said for some in known for said in some)


def accepted(gap, covers, until=ON):
    return Accepted(
        [AcceptanceRecord(1, gap.id, "A-1", gap.what, "A copy", "Ane", date(2020, 1, 1), until, covers)], ON
    )


def test_a_gap_is_accepted_as_far_as_the_decision_covers_what_it_names():
    rows = (data("Wages", retention_stated_as="6 years"), data("Rotas"), data("Voices"))
    (gap,) = (one for one in check_record(record(data_categories=rows), Context(ON)) if one.rule.id == UNNAMED)
    both, one = sorted(gap.named), min(gap.named)

    assert len(both) == 2
    assert gap in accepted(gap, "\n".join(both))
    assert gap in accepted(gap, "\n".join([*both, "more"]))
    assert gap not in accepted(gap, one)
    assert gap in accepted(gap, "")
    assert gap not in accepted(gap, "\n".join(both), until=date(2020, 1, 2))
