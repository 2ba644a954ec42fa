import re

from registry.compliance.gap import EVERYBODY
from registry.compliance.laws import Law
from registry.compliance.rules import ALL_RULES
from registry.record.definition import facts
from tests.compliance import (
    test_abroad,
    test_assessment,
    test_brazilian_grounds,
    test_brazilian_transfers,
    test_california,
    test_consent,
    test_content,
    test_lawfulness,
    test_notice,
    test_notice_wording,
    test_organisation,
    test_profiling,
    test_quality,
    test_recipients,
    test_retention,
    test_reviews,
    test_security,
    test_segments,
    test_sensitive_words,
    test_systems,
    test_transfers,
)

CASES = [
    module.CASES
    for module in (
        test_content,
        test_lawfulness,
        test_sensitive_words,
        test_brazilian_grounds,
        test_transfers,
        test_brazilian_transfers,
        test_abroad,
        test_recipients,
        test_retention,
        test_security,
        test_assessment,
        test_reviews,
        test_quality,
        test_profiling,
        test_segments,
        test_consent,
        test_notice,
        test_notice_wording,
        test_organisation,
        test_systems,
        test_california,
    )
]


def test_every_rule_has_its_three_tests():
    tested = [rule for cases in CASES for rule in cases]

    assert sorted(tested) == sorted(rule.id for rule in ALL_RULES)


def test_every_rule_is_about_a_declared_fact():
    unknown = [
        rule.id
        for rule in ALL_RULES
        if rule.fact not in facts(rule.about.value)
        or (rule.field and rule.field not in facts(facts(rule.about.value)[rule.fact].row))
    ]

    assert unknown == []


def test_every_rule_speaks_in_whole_sentences_and_never_of_compliance():
    texts = [(rule.id, text) for rule in ALL_RULES for text in (rule.what, rule.asks, rule.why, rule.remedy)]

    assert [one for one in texts if not one[1].rstrip().endswith((".", "?", "%(scope)s", "%(words)s"))] == []
    assert [one for one in texts if re.search(r"compliant|compliance|score|%", re.sub(r"%\(\w+\)s", "", one[1]))] == []


def test_ids_are_readable_and_every_rule_names_its_article():
    assert [rule.id for rule in ALL_RULES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.id)] == []
    assert [rule.id for rule in ALL_RULES if not all(rule.articles.values())] == []
    assert {role for rule in ALL_RULES for role in rule.roles} == EVERYBODY
    assert {law for rule in ALL_RULES for law in rule.articles} == set(Law)
