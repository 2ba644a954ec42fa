from tests.compliance.records import (
    Case,
    basis,
    data,
    purpose,
    recipient,
    recipient_entry,
    record,
    said_by,
    three_tests,
)

ANSWERED = {"sold": "no", "shared": "no"}
SERVICE = recipient(recipient_entry(contract_kind="ccpa_agreement"), ccpa_role="service_provider", **ANSWERED)
BUYER = recipient(recipient_entry("Ads Inc.", contract_kind="ccpa_agreement"), ccpa_role="third_party", sold="yes")
OPT_OUT = basis("US-CA-120-A")
PURPOSE = purpose(ccpa_business_purpose="advertising")


def californian(**values):
    return record(**{"purposes": (PURPOSE,), **values})


NOT_CALIFORNIAN = record(
    data_categories=(data(),), recipients=(recipient(recipient_entry()),), purposes=(purpose(),), legal_bases=()
)

CASES = {
    "statutory-category-missing": Case(
        passes=californian(data_categories=(data(ccpa_category="A"),)),
        finds=californian(data_categories=(data(ccpa_category="A"), data("Notes"), data(category=None, stated_as="all else"))),
        says=("The disclosure lists can't place: Notes, “all else”.",),
        not_about=NOT_CALIFORNIAN,
    ),
    "sources-missing": Case(
        passes=californian(data_categories=(data(source="the consumer"),)),
        finds=californian(data_categories=(data(source="the consumer"), data("Notes"))),
        says=("The record doesn't say where these data come from: Notes.",),
        not_about=NOT_CALIFORNIAN,
    ),
    "sale-not-answered": Case(
        passes=californian(recipients=(SERVICE, BUYER)),
        finds=californian(recipients=(SERVICE, recipient(recipient_entry("Bank"), sold="no"))),
        says=("Nobody has said whether data are sold to or shared with Bank.",),
        not_about=californian(recipients=(recipient(recipient_entry("Desk", kind="internal_unit")), recipient(stated_as="you", role="data_subject"))),
    ),
    "californian-role-missing": Case(
        passes=californian(recipients=(SERVICE, BUYER)),
        finds=californian(recipients=(recipient(stated_as="the bank"),)),
        says=("Nothing says whether “the bank” is a service provider, a contractor or a third party.",),
        not_about=NOT_CALIFORNIAN,
    ),
    "sold-to-service-provider": Case(
        passes=californian(recipients=(SERVICE, BUYER)),
        finds=californian(recipients=(SERVICE._replace(shared="yes"),)),
        says=("Data are sold to or shared with Cloudy Ltd, which is recorded as a service provider or contractor.",),
        not_about=NOT_CALIFORNIAN,
    ),
    "californian-agreement-missing": Case(
        passes=californian(recipients=(SERVICE, BUYER)),
        finds=californian(recipients=(recipient(recipient_entry("Ads Inc."), shared="yes"), recipient(recipient_entry(contract_kind="none_needed"), ccpa_role="contractor"))),
        says=("No agreement with Ads Inc. is recorded.", "No agreement with Cloudy Ltd is recorded."),
        not_about=californian(recipients=(recipient(recipient_entry("Bank"), ccpa_role="third_party", **ANSWERED),)),
    ),
    "sale-without-opt-out": Case(
        passes=californian(recipients=(BUYER,), legal_bases=(OPT_OUT,)),
        finds=californian(recipients=(BUYER,), legal_bases=(basis("A6-1-b"), basis(stated_as="agreed"))),
        says=("Data are sold to or shared with Ads Inc., and the record names neither the right to opt out nor an opt-in.",),
        not_about=californian(recipients=(SERVICE,)),
    ),
    "business-purpose-missing": Case(
        passes=californian(recipients=(SERVICE,)),
        finds=record(purposes=(purpose(),), recipients=(SERVICE,)),
        says=("Data are disclosed to service providers or contractors, and none of the purposes is one of the statute's business purposes.",),
        not_about=californian(recipients=(BUYER,)),
    ),
    "sensitive-information-not-answered": Case(
        passes=californian(data_categories=(data(ccpa_sensitive="no"),)),
        finds=californian(data_categories=(data(),)),
        says=("Nobody has said whether these are sensitive personal information: Contact details.",),
        not_about=californian(data_categories=(data(category=None, stated_as="all"),)),
    ),
}  # fmt: skip


@three_tests(CASES)
def test_a_rule_about_california(rule, record, context, says):
    assert said_by(rule, record, context) == says
