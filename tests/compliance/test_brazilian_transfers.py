from datetime import date

from registry.compliance.checking import check_record
from registry.compliance.context import Context
from registry.compliance.meetings import Met
from tests.compliance.records import (
    ON,
    Case,
    basis,
    organisation,
    recipient,
    recipient_entry,
    record,
    said_by,
    system,
    three_tests,
    transfer,
)

LOJA = organisation(name="Loja Ltda", country="BR")
BOTH = (basis("A6-1-b"), basis("BR-A7-V"))
CLOUDY = recipient_entry("Cloudy Inc.")
CLAUSES = "Standard contractual clauses of the Commission"
BRAZILIAN_CLAUSES = "Standard contractual clauses of the ANPD"


def to(country, safeguard="", **values):
    return transfer(country, recipient=CLOUDY, safeguard=safeguard, **values)


def brazilian(*transfers, **values):
    return record(organisation=LOJA, transfers=transfers, transfers_answer="yes" if transfers else "no", **values)


def under_both(*transfers):
    return record(legal_bases=BOTH, transfers=transfers)


CASES = {
    "lgpd-safeguard-missing": Case(
        passes=brazilian(to("US", "BR-A33-II-b"), to("PT")),
        finds=brazilian(to("US"), transfer("", name="Bureau", international_organisation="OECD")),
        says=(
            "The transfer to Cloudy Inc. in the United States names nothing of Art. 33 of the LGPD that allows it.",
            "The transfer to Bureau in OECD names nothing of Art. 33 of the LGPD that allows it.",
        ),
        not_about=record(transfers=(to("US"),)),
    ),
    "lgpd-recognition-not-named": Case(
        passes=brazilian(to("PT", "BR-A33-I"), to("US")),
        finds=brazilian(to("PT"), to("RE")),
        says=(
            "The transfer to Cloudy Inc. in Portugal names no safeguard. The recognition by Resolução CD/ANPD 32/2026 would cover it.",
            "The transfer to Cloudy Inc. in Réunion names no safeguard. The recognition by Resolução CD/ANPD 32/2026 would cover it.",
        ),
        not_about=record(transfers=(to("PT"),)),
    ),
    "lgpd-safeguard-of-another-law": Case(
        passes=under_both(to("US", "A46-2-c"), to("US", "BR-A33-II-b"), to("FR", "A46-2-c")),
        finds=brazilian(to("US", "A46-2-c")),
        says=(
            f"The transfer to Cloudy Inc. names “{CLAUSES}”, which is a mechanism of another law: it means nothing under the LGPD.",
        ),
        not_about=record(transfers=(to("IN", "A46-2-c"),)),
    ),
    "lgpd-safeguard-alone-under-the-gdpr": Case(
        passes=under_both(to("US", "A46-2-c"), to("US", "BR-A33-II-b"), to("CH", "BR-A33-II-b")),
        finds=under_both(to("US", "BR-A33-II-b")),
        says=(
            f"The transfer to Cloudy Inc. names “{BRAZILIAN_CLAUSES}”, which is a mechanism of another law: it means nothing under the GDPR.",
        ),
        not_about=brazilian(to("US", "BR-A33-II-b")),
    ),
    "lgpd-recognition-unknown": Case(
        passes=brazilian(to("PT", "BR-A33-I"), to("US", "BR-A33-I", document="Resolução de 2026")),
        finds=brazilian(to("US", "BR-A33-I")),
        says=(
            "The transfer to Cloudy Inc. rests on a recognition by the ANPD, and none of the United States was known here on 1 June 2026.",
        ),
        not_about=brazilian(to("US", "BR-A33-II-b")),
    ),
}


@three_tests(CASES)
def test_a_rule_about_transfers_from_brazil(rule, record, context, says):
    assert said_by(rule, record, context) == says


def about_transfers(one, context=None):
    return [gap.rule.id for gap in check_record(one, context or Context(ON)) if gap.rule.fact == "transfers"]


def test_a_brazilian_safeguard_of_a_brazilian_record_is_asked_for_its_document_alone():
    assert about_transfers(brazilian(to("US", "BR-A33-II-b"))) == ["safeguard-without-document"]
    assert about_transfers(brazilian(to("US", "BR-A33-II-b", document="File 7"))) == []


def test_an_exception_of_the_lgpd_is_asked_for_its_reason():
    assert about_transfers(brazilian(to("US", "BR-A33-VIII"))) == ["derogation-without-reason"]


def test_the_standard_clauses_of_the_anpd_have_their_day():
    early = Context(date(2024, 8, 22))

    assert about_transfers(brazilian(to("US", "BR-A33-II-b", document="File 7")), early) == [
        "safeguard-not-yet-in-force"
    ]


def test_a_transfer_under_both_laws_is_asked_for_the_safeguard_of_each():
    assert about_transfers(under_both(to("US"))) == [
        "transfer-without-safeguard",
        "lgpd-safeguard-missing",
    ]


def test_the_assessment_of_the_gdpr_is_asked_of_its_own_safeguard():
    settled = {"document": "File 7", "assessment_status": "completed"}
    one = under_both(to("US", "A46-2-c", **settled), to("US", "BR-A33-II-b", document="File 8"))

    assert about_transfers(one) == []


def test_another_recipient_with_a_brazilian_safeguard_covers_nobody_else():
    other = transfer("US", name="Diskette Inc.", safeguard="BR-A33-II-b", document="File 7")

    assert about_transfers(brazilian(to("US"), other)) == ["lgpd-safeguard-missing"]


def test_a_second_row_to_the_same_place_and_recipient_is_covered_by_the_safeguard_of_the_first():
    covered = to("US", "BR-A33-II-b", document="File 7")

    assert about_transfers(brazilian(covered, to("US"))) == []
    assert about_transfers(brazilian(covered, to("IN"))) == ["lgpd-safeguard-missing"]


def test_europe_is_abroad_for_a_brazilian_record_and_no_transfer_within_the_eea():
    lisbon = recipient_entry("Lisboa Lda", country="PT")

    assert about_transfers(brazilian(recipients=(recipient(lisbon),))) == ["recipient-abroad-without-transfer"]
    assert about_transfers(brazilian(legal_bases=BOTH, recipients=(recipient(lisbon),))) == [
        "recipient-abroad-without-transfer"
    ]
    assert about_transfers(brazilian(systems=(system(hosting_country="PT"),))) == ["system-abroad-without-transfer"]
    assert about_transfers(brazilian(to("PT", "BR-A33-I"), legal_bases=BOTH)) == []


def test_a_brazilian_recipient_is_at_home():
    paulista = recipient_entry("Paulista SA", country="BR")

    assert about_transfers(brazilian(recipients=(recipient(paulista),))) == []


def test_safeguards_of_two_laws_dont_contradict_each_other():
    told = {(LOJA.pk, CLOUDY.pk): {"US A46-2-c": Met(1, {-1: "PA-2"})}}
    one = brazilian(to("US", "BR-A33-II-b", document="File 7"))

    assert about_transfers(one, Context(ON, told=told)) == []
