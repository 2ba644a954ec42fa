from datetime import date

from registry.compliance.context import Context
from tests.compliance.records import ON, Case, record, said_by, three_tests

DATED = {"privacy_notice": "Notice for staff", "privacy_notice_on": date(2026, 1, 1)}

CASES = {
    "privacy-notice-missing": Case(
        passes=record(**DATED),
        finds=record(),
        says=("The record is approved, and nothing says where people read about this processing.",),
        not_about=record(status="draft"),
    ),
    "privacy-notice-undated": Case(
        passes=record(**DATED),
        finds=record(privacy_notice="Notice for staff"),
        says=("The privacy notice “Notice for staff” is named without the date of its present wording.",),
        not_about=record(),
    ),
    "privacy-notice-older-than-processing": Case(
        passes=record(**DATED, began_on=date(2026, 5, 1)),
        finds=record(**DATED, began_on=date(2026, 9, 1)),
        says=("The processing began on 1 September 2026; the privacy notice has the wording of 1 January 2026.",),
        not_about=record(**DATED),
    ),
}


@three_tests(CASES)
def test_a_rule_about_notices(rule, record, context, says):
    assert said_by(rule, record, context) == says


def test_nobody_is_asked_for_a_notice_where_the_record_names_the_exception():
    told = record(rights_limits="Not informed beforehand: Art. 14(5)(b), the evidence would be lost")
    other = record(rights_limits="Art. 15(4): rights of others")

    assert said_by("privacy-notice-missing", told, Context(ON)) == ()
    assert len(said_by("privacy-notice-missing", other, Context(ON))) == 1
