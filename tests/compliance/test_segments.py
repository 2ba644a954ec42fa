from datetime import date

import pytest

from registry.compliance.context import Context
from tests.compliance.records import (
    ON,
    Case,
    basis,
    condition,
    consent,
    data,
    record,
    said_by,
    segment,
    segment_data,
    subject,
    three_tests,
)

ORDERS = data("Orders")
HEALTH = data("Allergies", "special_category")


def with_segment(**values):
    return record(segments=(segment(**values),), profiling="yes")


PLAIN = with_segment()
NOBODY = record(segments=(segment(identifiability="anonymous", contact_basis="no_contact"),))
EXPLICIT = basis("A6-1-a", special_category_condition=condition("A9-2-a"))

CASES = {
    "segment-without-criteria": Case(
        passes=PLAIN,
        finds=with_segment(criteria=""),
        says=("Nothing says by which criteria people fall into the segment “Regulars”.",),
        not_about=record(),
    ),
    "segments-without-profiling": Case(
        passes=PLAIN,
        finds=record(segments=(segment(),), profiling="no"),
        says=("People are put into segments (Regulars), and the record doesn't say that they are profiled.",),
        not_about=NOBODY,
    ),
    "segment-with-special-data": Case(
        passes=record(segments=(segment(),), segment_data=(segment_data(HEALTH),), legal_bases=(EXPLICIT,)),
        finds=record(segments=(segment(),), segment_data=(segment_data(HEALTH), segment_data(ORDERS)), legal_bases=(basis("A6-1-f"),)),
        says=("The segment “Regulars” is made from Allergies, without explicit consent.",),
        not_about=record(segments=(segment(),), segment_data=(segment_data(ORDERS),)),
    ),
    "segment-data-beyond-activity": Case(
        passes=record(segments=(segment(),), segment_data=(segment_data(ORDERS),), data_categories=(ORDERS,)),
        finds=record(segments=(segment(),), segment_data=(segment_data(ORDERS),), data_categories=(data("Names"),)),
        says=("The segment “Regulars” uses data that the activity itself doesn't list: Orders.",),
        not_about=record(segments=(segment(),)),
    ),
    "segment-anonymous-but-contacted": Case(
        passes=PLAIN,
        finds=record(segments=(segment(identifiability="anonymous", contact_basis="consent"),)),
        says=("The segment “Regulars” is called anonymous, and the people in it are contacted: Consent.",),
        not_about=NOBODY,
    ),
    "segment-without-data": Case(
        passes=record(segments=(segment(),), segment_data=(segment_data(ORDERS),)),
        finds=PLAIN,
        says=("Nothing says from which data the segment “Regulars” is made.",),
        not_about=NOBODY,
    ),
    "segment-without-contact-basis": Case(
        passes=PLAIN,
        finds=with_segment(contact_basis=""),
        says=("Nothing says on what basis the people in the segment “Regulars” are contacted.",),
        not_about=record(),
    ),
    "segment-without-opt-out": Case(
        passes=PLAIN,
        finds=with_segment(opt_out=""),
        says=("People in the segment “Regulars” are contacted, and nothing says how they can stop it.",),
        not_about=with_segment(opt_out="", contact_basis="no_contact"),
    ),
    "segment-consent-without-mechanism": Case(
        passes=with_segment(contact_basis="consent", consent=consent()),
        finds=with_segment(contact_basis="consent"),
        says=("The segment “Regulars” is contacted by consent, and no consent mechanism is named.",),
        not_about=PLAIN,
    ),
    "segment-without-minimisation": Case(
        passes=PLAIN,
        finds=with_segment(minimisation=""),
        says=("People in the segment “Regulars” can be told apart, and nothing says why no less data would do.",),
        not_about=with_segment(minimisation="", identifiability="aggregated"),
    ),
    "segment-identifiability-unknown": Case(
        passes=PLAIN,
        finds=with_segment(identifiability=""),
        says=("Nothing says how far the people in the segment “Regulars” can be told apart.",),
        not_about=record(),
    ),
    "segment-review-overdue": Case(
        passes=PLAIN,
        finds=with_segment(next_review_on=date(2026, 5, 31)),
        says=("The review of the segment “Regulars” was due on 31 May 2026.",),
        not_about=with_segment(next_review_on=None),
    ),
    "segment-review-not-planned": Case(
        passes=with_segment(next_review_on=date(2020, 1, 1)),
        finds=with_segment(next_review_on=None),
        says=("No day is set on which the segment “Regulars” is looked at again.",),
        not_about=record(),
    ),
    "segment-contact-basis-not-of-record": Case(
        passes=with_segment(contact_basis="consent", consent=consent())._replace(legal_bases=(basis("A6-1-f"), basis("UK-A6-1-a"))),
        finds=with_segment(contact_basis="legitimate_interest")._replace(legal_bases=(basis("A6-1-a"),)),
        says=("The segment “Regulars” is contacted on the basis of “Legitimate interest”, which isn't among the record's legal bases.",),
        not_about=with_segment(contact_basis="soft_opt_in")._replace(legal_bases=(basis("A6-1-a"),)),
    ),
    "soft-opt-in-without-customers": Case(
        passes=with_segment()._replace(data_subjects=(subject("Prospects"), subject("Store customers"))),
        finds=with_segment()._replace(data_subjects=(subject("Prospects"),)),
        says=("The segment “Regulars” is contacted by soft opt-in, and the record names no customers: Prospects.",),
        not_about=with_segment(contact_basis="consent", consent=consent())._replace(data_subjects=(subject("Prospects"),)),
    ),
    "segment-without-audience": Case(
        passes=with_segment(audience_size=0),
        finds=with_segment(audience_size=None),
        says=("Nothing says roughly how many people are in the segment “Regulars”.",),
        not_about=with_segment(audience_size=None, identifiability="aggregated"),
    ),
}  # fmt: skip


@three_tests(CASES)
def test_a_rule_about_segments(rule, record, context, says):
    assert said_by(rule, record, context) == says


def test_words_without_an_entry_may_be_the_basis_of_contact():
    one = with_segment(contact_basis="consent", consent=consent())

    assert (
        said_by(
            "segment-contact-basis-not-of-record", one._replace(legal_bases=(basis(stated_as="consent"),)), Context(ON)
        )
        == ()
    )


@pytest.mark.parametrize(
    ("name", "term", "words", "found"),
    [
        ("Fans", "", "", 1),
        ("Fans", "dpv:Customer", "", 0),
        ("", "", "Kundinnen und Kunden", 0),
        ("", "", "visitors of the fair", 1),
    ],
)
def test_customers_are_known_by_their_term_and_by_words(name, term, words, found):
    one = subject(name)
    entry = one.category._replace(dpv_term=term) if name else None
    people = (one._replace(category=entry, stated_as=words),)

    gaps = said_by("soft-opt-in-without-customers", with_segment()._replace(data_subjects=people), Context(ON))

    assert len(gaps) == found


@pytest.mark.parametrize("text", ["none", "Keine", "aucun", "-"])
def test_no_way_out_is_as_little_as_none_stated(text):
    one = record(segments=(segment(opt_out=text),), profiling="yes")

    assert said_by("segment-without-opt-out", one, Context(ON)) == (
        "People in the segment “Regulars” are contacted, and nothing says how they can stop it.",
    )
