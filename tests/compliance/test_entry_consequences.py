from datetime import date

import pytest

from registry.compliance.consequence_texts import TOLD
from registry.compliance.entry_consequences import CAUSES, entry_consequences
from registry.record import entries
from registry.record.definition import Named, facts
from tests.compliance.records import ON, frozen, recipient_entry, schedule, system

IRISH = frozenset({"IE"})


def keys(old, new, homes=IRISH):
    return [one.key for one in entry_consequences(old, new, homes, ON)]


def changed(old, homes=IRISH, **values):
    return keys(old, old._replace(**values), homes)


def category(**values):
    return frozen(entries.DataCategoryEntry, **{"name": "Notes", "sensitivity": "ordinary", **values})


NOTICE = {"wording": "We keep your data for six years."}


def notice(**values):
    return frozen(
        entries.DocumentEntry,
        **{"name": "Notice for customers", "kind": "privacy_notice", "location": "/en", **NOTICE, **values},
    )


ABROAD = ["entry-recipient-country-safeguard", "entry-recipient-country-notice"]


@pytest.mark.parametrize(
    ("before", "now", "homes", "found"),
    [
        ("IE", "IN", IRISH, ABROAD),
        ("", "US", IRISH, ABROAD),
        ("IN", "US", IRISH, ABROAD),
        ("IE", "NO", IRISH, []),
        ("IN", "IE", IRISH, []),
        ("IN", "", IRISH, []),
        ("IE", "BR", {"BR"}, []),
        ("BR", "IE", {"BR"}, ABROAD),
        ("BR", "IE", {"BR", "IE"}, ABROAD),
        ("IE", "IN", {""}, ABROAD),
        ("IE", "IN", frozenset(), []),
    ],
)
def test_another_country_of_a_recipient_matters_where_it_lies_abroad_for_those_who_use_it(before, now, homes, found):
    assert changed(recipient_entry(country=before), homes, country=now) == found


def test_another_country_of_a_system_asks_for_the_same():
    assert changed(system(hosting_country="IE").system, hosting_country="US") == [
        "entry-system-country-safeguard",
        "entry-system-country-notice",
    ]
    assert changed(system(hosting_country="IE").system, hosting_country="DE") == []


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (None, date(2027, 1, 1), ["entry-contract-ends"]),
        (date(2027, 1, 1), date(2026, 9, 1), ["entry-contract-ends"]),
        (date(2027, 1, 1), date(2028, 1, 1), []),
        (date(2027, 1, 1), None, []),
    ],
)
def test_an_end_of_a_contract_that_is_new_or_earlier_asks_for_another_one(before, now, found):
    entry = recipient_entry(contract_kind="processing_contract", contract_ends_on=before)

    assert changed(entry, contract_ends_on=now) == found


def test_a_contract_that_is_gone_asks_for_another_one():
    entry = recipient_entry(contract_kind="processing_contract", contract_ends_on=date(2027, 1, 1))

    assert changed(entry, contract_kind="", contract_ends_on=None) == ["entry-contract-gone"]


def test_a_sub_processor_that_is_engaged_is_to_be_accepted_whether_it_was_known_or_not():
    engaged = recipient_entry(sub_processor_of=Named(7, "Cloudy Ltd"), country="IN")

    assert changed(engaged._replace(sub_processor_of=None), sub_processor_of=Named(7, "Cloudy Ltd")) == [
        "entry-sub-processor"
    ]
    assert changed(engaged, sub_processor_of=Named(8, "Diskette Ltd")) == ["entry-sub-processor"]
    assert changed(engaged, sub_processor_of=None) == []
    assert keys(None, engaged) == ["entry-sub-processor"]
    assert keys(None, engaged._replace(sub_processor_of=None)) == []


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ({"period": 6, "unit": "years"}, {"period": 10}, ["entry-time-limit-notice"]),
        ({"period": 6, "unit": "years"}, {"unit": "months"}, ["entry-time-limit-notice"]),
        ({"permanent": True}, {"permanent": False, "period": 6, "unit": "years"}, ["entry-time-limit-notice"]),
        ({}, {"period": 6, "unit": "years"}, []),
        ({"period": 6, "unit": "years"}, {"text": "Said better"}, []),
    ],
)
def test_another_period_is_to_be_told_and_figures_beside_the_words_are_none(before, now, found):
    assert changed(schedule(**before), **now) == found


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ("ordinary", "special_category", ["entry-sensitive-condition", "entry-sensitive-assessment"]),
        ("ordinary", "criminal_offence", ["entry-sensitive-condition", "entry-sensitive-assessment"]),
        ("special_category", "ordinary", []),
        ("ordinary", "national_identifier", []),
    ],
)
def test_data_that_become_sensitive_ask_for_a_condition_and_an_assessment(before, now, found):
    assert changed(category(sensitivity=before), sensitivity=now) == found


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ({"retired_on": ON}, ["entry-notice-ends"]),
        ({"valid_until": ON}, ["entry-notice-ends"]),
        ({"name": "Notice of 2026"}, ["entry-notice-renewed"]),
        ({"location": "/de"}, ["entry-notice-renewed"]),
        ({"valid_from": ON}, ["entry-notice-renewed"]),
        ({"wording": "We keep your data for ten years."}, ["entry-notice-renewed"]),
        ({"wording": "We keep your data\nfor six years."}, []),
        ({"notes": "Printed"}, []),
    ],
)
def test_a_privacy_notice_that_ends_or_is_another_one_matters(now, found):
    assert changed(notice(), **now) == found
    assert changed(notice(kind="contract"), **now) == []


def test_a_wording_that_is_kept_for_the_first_time_is_no_other_one():
    assert changed(notice(wording=""), wording="We keep your data for six years.") == []


def test_every_kind_has_its_words_and_every_cause_is_a_declared_fact():
    raised = {
        "entry-recipient-country-safeguard", "entry-recipient-country-notice", "entry-contract-ends",
        "entry-contract-gone", "entry-sub-processor", "entry-time-limit-notice", "entry-sensitive-condition",
        "entry-sensitive-assessment", "entry-system-country-safeguard", "entry-system-country-notice",
        "entry-notice-ends", "entry-notice-renewed",
    }  # fmt: skip

    assert {key for key in TOLD if key.startswith("entry-")} == raised
    assert [(kind, key) for kind, keys in CAUSES.items() for key in keys if key not in facts(kind)] == []


def test_a_name_that_ends_with_a_full_stop_ends_the_sentence():
    told = TOLD["entry-recipient-country-notice"]

    assert told.what(("Cloudy Inc.",)).endswith(" of: Cloudy Inc.")
    assert told.what(("Cloudy",)).endswith(" of: Cloudy.")
