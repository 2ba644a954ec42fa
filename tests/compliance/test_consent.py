from datetime import date

from registry.compliance.context import Context
from tests.compliance.records import ON, Case, basis, consent, record, said_by, segment, three_tests


def by(**values):
    return record(consents=(consent(**values),))


WHOLE = by()
NONE = record()

CASES = {
    "consent-without-mechanism": Case(
        passes=record(legal_bases=(basis("A6-1-a"),), consents=(consent(),)),
        finds=record(legal_bases=(basis("A6-1-a"), basis("A6-1-a", provision="Tick box in the form"))),
        says=("Consent is relied on, and the record doesn't say how it is asked for.",),
        not_about=record(legal_bases=(basis("A6-1-b"), basis(stated_as="consent"))),
    ),
    "consent-without-evidence": Case(
        passes=WHOLE,
        finds=by(evidence=""),
        says=("Nothing says where the evidence of the consents given by “Sign-up form” is kept.",),
        not_about=NONE,
    ),
    "consent-without-withdrawal": Case(
        passes=WHOLE,
        finds=by(withdrawal=""),
        says=("Nothing says how a consent given by “Sign-up form” is withdrawn.",),
        not_about=NONE,
    ),
    "consent-without-wording": Case(
        passes=WHOLE,
        finds=by(wording=""),
        says=("The words that people agree to by “Sign-up form” aren't in the record.",),
        not_about=NONE,
    ),
    "consent-given-unknown-how": Case(
        passes=WHOLE,
        finds=by(opt_in=""),
        says=("Nothing says what people do to agree by “Sign-up form”.",),
        not_about=NONE,
    ),
    "consent-without-channel": Case(
        passes=WHOLE,
        finds=by(channel=""),
        says=("Nothing says where people are asked for their consent by “Sign-up form”.",),
        not_about=NONE,
    ),
    "consent-relied-on-by-nothing": Case(
        passes=record(consents=(consent(),), legal_bases=(basis("A6-1-f"), basis("A6-1-a"))),
        finds=record(consents=(consent(),), legal_bases=(basis("A6-1-f"),)),
        says=("People are asked for consent by “Sign-up form”, and neither a legal basis nor a segment rests on it.",),
        not_about=record(consents=(consent(),), legal_bases=(basis("A6-1-f"), basis(stated_as="consent"))),
    ),
    "consent-renewal-not-planned": Case(
        passes=WHOLE,
        finds=by(valid_until=None),
        says=("No day is set by which “Sign-up form” is to be renewed.",),
        not_about=NONE,
    ),
    "consent-by-silence": Case(
        passes=WHOLE,
        finds=by(opt_in="pre_ticked"),
        says=("By “Sign-up form”, consent is taken from a box ticked beforehand, or from silence.",),
        not_about=by(opt_in=""),
    ),
    "consent-expired": Case(
        passes=by(valid_until=date(2026, 6, 1)),
        finds=by(valid_until=date(2026, 5, 31)),
        says=("“Sign-up form” was to be renewed by 31 May 2026.",),
        not_about=WHOLE,
    ),
    "consent-expiring": Case(
        passes=by(valid_until=date(2026, 8, 31)),
        finds=by(valid_until=date(2026, 8, 30)),
        says=("“Sign-up form” is to be renewed by 30 August 2026.",),
        not_about=by(valid_until=date(2026, 5, 31)),
    ),
}


@three_tests(CASES)
def test_a_rule_about_consent(rule, record, context, says):
    assert said_by(rule, record, context) == says


def test_a_mechanism_that_a_segment_rests_on_needs_no_legal_basis_of_its_own():
    asked = consent()
    one = record(consents=(asked,), segments=(segment(consent=asked),), legal_bases=(basis("A6-1-f"),))

    assert said_by("consent-relied-on-by-nothing", one, Context(ON)) == ()
