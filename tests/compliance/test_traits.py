import random

import pytest

from registry.compliance.checking import check_record
from registry.compliance.context import Context
from registry.compliance.rules import ALL_RULES, rules_for, rules_under
from registry.compliance.screening import asks_for_nothing, screen
from registry.compliance.traits import TRAITS, bits_of
from registry.record.activity import ActivityRecord
from registry.reference.activity import ActivityStatus
from tests.compliance.records import ON, record
from tests.compliance.test_rules import CASES

EXAMPLES = [one for cases in CASES for case in cases.values() for one in (case.passes, case.finds, case.not_about)]
"""Records that every rule is tested with."""


def mixed(chance):
    """A record that takes each of its statements from another example."""
    return ActivityRecord(*[getattr(chance.choice(EXAMPLES), key) for key in ActivityRecord._fields])


def missed(one):
    """The rules that find something in a record to which they aren't put."""
    context = Context(ON)
    put, laws = rules_for(one, context)
    others = set(rules_under(one.role, laws)) - {rule for rule, _find in put}
    return [rule.id for rule in others if rule.find(one, context)]


def test_no_rule_is_kept_from_a_record_in_which_it_finds_something():
    assert [(number, ids) for number, one in enumerate(EXAMPLES) if (ids := missed(one))] == []


@pytest.mark.parametrize("seed", range(5))
def test_no_rule_is_kept_from_a_record_of_mixed_statements(seed):
    chance = random.Random(seed)

    assert [ids for _ in range(100) if (ids := missed(mixed(chance)))] == []


def test_the_gaps_of_a_record_are_what_all_rules_find_in_turn():
    chance = random.Random(6)
    for _ in range(50):
        one = mixed(chance)._replace(status=str(ActivityStatus.APPROVED))
        context = Context(ON)
        found = [rule.id for rule in rules_under(one.role, context.laws_of(one)) for _ in rule.find(one, context) or ()]
        assert [gap.rule.id for gap in check_record(one, context)] == found


def test_a_record_that_nobody_has_assessed_asks_for_nothing_where_its_screening_would_ask_for_no_decision():
    chance = random.Random(7)
    mixtures = [mixed(chance)._replace(impact_assessments=()) for _ in range(100)]
    for one in EXAMPLES + mixtures:
        if not one.impact_assessments:
            context = Context(ON)
            assert asks_for_nothing(one, context) != screen(one, context).asks_for_decision


def test_a_blank_record_is_asked_few_questions():
    put, laws = rules_for(record(), Context(ON))

    assert len(put) < len(rules_under("controller", laws)) / 2


def test_only_traits_that_are_told_can_be_given():
    assert {name.removeprefix("no ") for rule in ALL_RULES for name in rule.given} <= set(TRAITS)
    with pytest.raises(KeyError):
        bits_of(["an opinion"])


def test_a_rule_is_given_traits_or_their_lack():
    first, second = (bits_of([name])[0] for name in TRAITS[:2])

    assert bits_of([TRAITS[0], f"no {TRAITS[1]}"]) == (first, second)
