import pytest

from registry.compliance.context import Context
from registry.compliance.screening import screen
from registry.reference.dpia_criteria import ARTICLE_35_3_CASES, WP248_CRITERIA
from registry.reference.dpia_lists import LISTED
from tests.compliance.records import (
    ON,
    assessment,
    data,
    organisation,
    purpose,
    record,
    said_by,
    segment,
    subject,
)

FRENCH = organisation(country="FR")
PATIENTS, STAFF = subject("Patients", "yes"), subject("Employees", "yes")
HEALTH, GENES = data("Health data", "special_category"), data("Genetic data", "special_category")
FINGERS = data("Fingerprints", "special_category")
WHERE = data("Positions", ccpa_category="G")


def screened(**values):
    return screen(record(**{"organisation": FRENCH, **values}), Context(ON))


def numbers(screening):
    return {WP248_CRITERIA.index(one.criterion) + 1 for one in screening.criteria if one.is_met}


FOURTEEN = {
    1: {"purposes": (purpose("Treatment of patients in our hospital"),), "data_subjects": (PATIENTS,), "data_categories": (HEALTH,)},
    2: {"purposes": (purpose("Genetic testing of embryos"),), "data_subjects": (PATIENTS,), "data_categories": (GENES,)},
    3: {"purposes": (purpose("Scoring of applicants to predict who stays"),), "profiling": "yes", "data_subjects": (STAFF,)},
    4: {"purposes": (purpose("Constant monitoring of employees by CCTV"),), "data_subjects": (STAFF,)},
    5: {"purposes": (purpose("Handling alerts on the health of children, with an assessment of needs"),), "data_subjects": (subject("Children", "yes"),), "data_categories": (HEALTH,)},
    6: {"purposes": (purpose("Whistleblowing: receiving and assessing reports"),), "data_subjects": (STAFF,)},
    7: {"purposes": (purpose("Building a clinical data warehouse"),), "data_subjects": (PATIENTS,), "data_categories": (HEALTH,)},
    8: {"purposes": (purpose("Fraud scoring, enriched by a data broker, that may end in refusal of the contract"),), "profiling": "yes"},
    9: {"purposes": (purpose("A blacklist shared by the trade"),), "automated_decisions": "yes"},
    10: {"purposes": (purpose("Profiling by machine learning, with location data from third-party data brokers"),), "profiling": "yes"},
    11: {"purposes": (purpose("Access to the laboratory by fingerprint"),), "data_subjects": (STAFF,), "data_categories": (FINGERS,)},
    12: {"purposes": (purpose("Social housing: scoring of applications"),)},
    13: {"purposes": (purpose("Social support with an assessment of needs"),), "data_subjects": (subject(category=None, stated_as="people in need"),)},
    14: {"purposes": (purpose("Geolocation by app of connected cars, on a large scale"),), "data_subjects": (STAFF,), "data_categories": (WHERE,)},
}  # fmt: skip


@pytest.mark.parametrize("number", FOURTEEN)
def test_each_type_of_the_french_list_is_recognised_with_the_criteria_it_meets(number):
    screening = screened(**FOURTEEN[number])
    expected = next(one for one in LISTED if (one.authority, one.number) == ("CNIL", number))

    assert number in {one.type.number for one in screening.listed}
    assert set(expected.criteria) <= numbers(screening)
    assert screening.asks_for_decision is True


def test_a_list_is_that_of_the_organisations_own_country():
    words = (purpose("Access by fingerprint"),)

    assert {one.type.authority for one in screened(organisation=organisation(country="DE"), purposes=words).listed} == {
        "DSK"
    }
    assert {one.type.authority for one in screened(organisation=organisation(country="GB"), purposes=words).listed} == {
        "ICO"
    }
    assert {one.type.authority for one in screened(organisation=organisation(country="IE"), purposes=words).listed} == {
        "DPC"
    }
    assert screened(organisation=organisation(country="IT"), purposes=words).listed == ()


IRISH = {
    1: "Orders are used for another purpose",
    2: "Profiling of children for advertising",
    3: "Credit checks before a sale on account",
    4: "CCTV in the stores",
    5: "Profiling of all customers",
    6: "Facial recognition at the gate",
    7: "Genetic tests of athletes",
    8: "Addresses from data brokers",
    9: "Look-alike audiences",
    10: "Large scale, with suitable and specific measures",
}


@pytest.mark.parametrize("number", IRISH)
def test_each_type_of_the_irish_list_is_recognised(number):
    found = screened(organisation=organisation(country="IE"), purposes=(purpose(IRISH[number]),)).listed

    assert [(one.type.authority, one.type.number) for one in found] == [("DPC", number)]


def test_nothing_said_suggests_nothing():
    screening = screened()

    assert (screening.met, screening.listed, screening.asks_for_decision) == ((), (), False)
    assert [one.criterion for one in (*screening.criteria, *screening.cases)] == [*WP248_CRITERIA, *ARTICLE_35_3_CASES]


def test_each_suggestion_says_why_in_the_records_own_words():
    screening = screened(
        profiling="yes", automated_decisions="yes", special_categories="yes",
        data_subjects=(subject("Customers", approximate_number=12_000), PATIENTS),
        data_categories=(data(source="the customer"), data("Orders", source="The shop")),
        purposes=(purpose("CCTV of the stores; facial recognition; bans from the premises"),),
    )  # fmt: skip

    assert [str(one.reason) for one in (*screening.criteria, *screening.cases)] == [
        "The record says that people are profiled.",
        "The record says that decisions are taken by a machine alone.",
        "The record speaks of monitoring: “CCTV”.",
        "The record says that special categories of data are processed.",
        "The data are about 12,000 people.",
        "Profiles are made of data from several sources: the customer, The shop.",
        "There are vulnerable people among them: Patients.",
        "The record speaks of new technology: “facial recognition”.",
        "The record speaks of keeping people from something: “bans from”.",
        "The record says that decisions are taken by a machine alone.",
        "Special categories or data on offences are processed, on a large scale.",
        "Areas open to the public are watched on a large scale: “CCTV”.",
    ]


def test_what_the_catalogue_says_of_data_suggests_too():
    screening = screened(
        segments=(segment("Regulars"), segment("Totals", identifiability="aggregated")),
        data_categories=(data("Score", ccpa_category="K"), WHERE),
    )

    assert [str(one.reason) for one in screening.criteria if one.reason] == [
        "People are put into segments: Regulars.",
        "Data say where people are: Positions.",
        "Data of a highly personal nature are listed: Positions.",
    ]
    assert str(screened(data_categories=(data("Score", ccpa_category="K"),)).criteria[0].reason) == (
        "Data about people are inferred: Score."
    )


def test_a_persons_answer_goes_before_what_the_record_suggests():
    earlier, last = (
        assessment(evaluation="yes"),
        assessment(evaluation="no", matching="yes", hinders_rights="not_assessed"),
    )

    screening = screened(profiling="yes", impact_assessments=(earlier, last))
    evaluation, matching = screening.criteria[0], screening.criteria[5]

    assert (evaluation.is_met, evaluation.is_overridden, matching.is_met, matching.reason) == (False, True, True, None)
    assert screening.criteria[8].stored == ""
    assert evaluation.fact.label == "Evaluation or scoring"


def test_a_type_of_the_list_is_named_in_the_gap():
    one = record(organisation=FRENCH, purposes=(purpose("Social housing for our staff"),))

    assert said_by("impact-assessment-undecided", one, Context(ON)) == (
        "Nobody has decided whether an impact assessment is needed, though much suggests it: "
        "Sensitive data or data of a highly personal nature, CNIL: Applications for and management of social housing.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Candidates below 60 points are automatically rejected.", "automatically rejected"),
        ("Wer weniger erreicht, erhält eine automatische Absage.", "automatische Absage"),
        ("Un score faible entraîne un refus automatique.", "refus automati"),
    ],
)
def test_decisions_by_a_machine_are_suggested_by_words_too(text, said):
    screening = screened(description=text)

    assert [str(one.reason) for one in screening.met] == [f"The record speaks of decisions by a machine: “{said}”."]


@pytest.mark.parametrize(
    "text",
    [
        "Bewertet von einer künstlichen Intelligenz",
        "KI-gestützte Auswahl",
        "Reconnaissance faciale à l’entrée",
        "Face recognition",
    ],
)
def test_new_technology_is_recognised_in_three_languages(text):
    assert [one.criterion.code for one in screened(description=text).met] == ["WP248-8"]


def test_what_the_record_denies_suggests_nothing():
    screening = screened(description="The terminal uses no fingerprints and takes place without CCTV.")

    assert screening.met == ()


@pytest.mark.parametrize(
    ("audience", "identifiability", "is_met"),
    [(10_000, "pseudonymised", True), (9_999, "identifiable", False), (90_000, "aggregated", False), (None, "", False)],
)
def test_a_large_segment_of_people_is_a_large_scale(audience, identifiability, is_met):
    found = screened(segments=(segment(audience_size=audience, identifiability=identifiability),))

    (large,) = [one for one in found.criteria if one.key == "large_scale"]
    assert large.is_met is is_met
    assert str(large.reason) == ("One of the segments holds 10,000 people." if is_met else "None")
