from datetime import date

from tests.compliance.records import (
    Case,
    basis,
    condition,
    consent,
    data,
    record,
    said_by,
    segment,
    segment_data,
    three_tests,
)

ORDERS = data("Orders")
HEALTH = data("Allergies", "special_category")
DECIDED = {"automated_decisions": "yes"}


def with_segment(**values):
    return record(segments=(segment(**values),), profiling="yes")


PLAIN = with_segment()
NOBODY = record(segments=(segment(identifiability="anonymous", contact_basis="no_contact"),))
POLICE = basis("NAT-LED")
EXPLICIT = basis("A6-1-a", special_category_condition=condition("A9-2-a"))

CASES = {
    "profiling-not-answered": Case(
        passes=record(profiling="no", legal_bases=(POLICE,)),
        finds=record(legal_bases=(POLICE,)),
        says=("The record doesn't say whether profiling is used.",),
        not_about=record(legal_bases=(basis("A6-1-b"),)),
    ),
    "segment-without-criteria": Case(
        passes=PLAIN,
        finds=with_segment(criteria=""),
        says=("Nothing says by which criteria people fall into the segment “Regulars”.",),
        not_about=record(),
    ),
    "automated-decision-without-explanation": Case(
        passes=record(**DECIDED, profiling_logic="A model", profiling_consequences="No credit"),
        finds=record(**DECIDED, profiling_logic="A model"),
        says=("Decisions are taken by a machine alone, and the record doesn't say: Significance and consequences.",),
        not_about=record(automated_decisions="not_assessed"),
    ),
    "automated-decision-without-human": Case(
        passes=record(**DECIDED, human_intervention="Ask the service desk"),
        finds=record(**DECIDED),
        says=("Decisions are taken by a machine alone, and nothing says how a person gets somebody to look at them again.",),
        not_about=record(),
    ),
    "automated-decision-without-ground": Case(
        passes=record(**DECIDED, legal_bases=(basis("A6-1-f"), basis("A6-1-b"))),
        finds=record(**DECIDED, legal_bases=(basis("A6-1-f"),)),
        says=("Decisions are taken by a machine alone, on the basis of Basis A6-1-f: none of the three exceptions allows that.",),
        not_about=record(**DECIDED),
    ),
    "automated-decision-on-special-data": Case(
        passes=record(**DECIDED, data_categories=(HEALTH,), legal_bases=(EXPLICIT,)),
        finds=record(**DECIDED, data_categories=(HEALTH,), legal_bases=(basis("A6-1-b"), basis("A9-2-h"))),
        says=("Decisions are taken by a machine alone, on special categories of data, with neither explicit consent nor a substantial public interest.",),
        not_about=record(data_categories=(HEALTH,)),
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
}  # fmt: skip


@three_tests(CASES)
def test_a_rule_about_profiling(rule, record, context, says):
    assert said_by(rule, record, context) == says
