from datetime import date

from registry.compliance.reviews import due_on
from registry.record.definition import Named
from tests.compliance.records import ON, Case, frozen, record, said_by, three_tests
from tests.compliance.records import unit as some_unit

CASES = {
    "review-overdue": Case(
        passes=record(next_review_on=ON),
        finds=record(last_reviewed_on=date(2025, 5, 31), review_interval=12),
        says=("The review was due on 28 May 2026.",),
        not_about=record(),
    ),
    "review-not-planned": Case(
        passes=record(next_review_on=date(2025, 1, 1)),
        finds=record(review_interval=12),
        says=("The record is approved, and no day is set on which it is looked at again.",),
        not_about=record(status="draft"),
    ),
    "last-review-long-ago": Case(
        passes=record(last_reviewed_on=date(2024, 6, 1), next_review_on=date(2027, 1, 1)),
        finds=record(last_reviewed_on=date(2024, 5, 1), next_review_on=date(2027, 1, 1)),
        says=("The record was last reviewed on 1 May 2024, and is not due for review yet.",),
        not_about=record(last_reviewed_on=date(2024, 5, 1), next_review_on=date(2026, 1, 1)),
    ),
    "owner-missing": Case(
        passes=record(owner=Named(1, "ada")),
        finds=record(unit=some_unit()),
        says=("Nobody is named who answers for this record: no owner, no contact, no head of its unit.",),
        not_about=record(unit=frozen(type(some_unit()), name="Payroll", head="Ada")),
    ),
    "ended-and-not-retired": Case(
        passes=record(ends_on=ON),
        finds=record(ends_on=date(2026, 5, 31)),
        says=("The processing ended on 31 May 2026, and the record isn't retired.",),
        not_about=record(),
    ),
    "begun-before-approval": Case(
        passes=record(began_on=ON),
        finds=record(status="draft", began_on=ON),
        says=("The processing began on 1 June 2026, and the record is still a draft.",),
        not_about=record(status="draft"),
    ),
}


@three_tests(CASES)
def test_a_rule_about_reviews(rule, record, context, says):
    assert said_by(rule, record, context) == says


def test_the_planned_day_goes_before_the_interval():
    planned = record(next_review_on=ON, last_reviewed_on=date(2020, 1, 1), review_interval=6)

    assert due_on(planned) == ON
    assert due_on(record(last_reviewed_on=date(2025, 11, 30), review_interval=14)) == date(2027, 1, 28)
