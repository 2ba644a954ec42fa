import pytest

from registry import models
from registry.record.loader import load_register
from registry.reports.lists.gaps import gaps_list
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.lists.reading import column, rows
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


def found(register=None):
    whole = load_register()
    return gaps_list(register or whole, whole, PROVENANCE)


def test_each_gap_has_the_question_of_an_inspector_and_its_remedy_the_gravest_first():
    host = factories.make(models.Recipient, name="Host", kind="processor", nature="organisation")
    activity = factories.activity(factories.organisation(), reference="A-1", name="Payroll", status="approved")
    with change_set():
        activity.recipients.create(recipient=host)

    listed = rows(found())

    ranks = {"Critical": 0, "Serious": 1, "Minor": 2}
    assert [ranks[row["severity"]] for row in listed] == sorted(ranks[row["severity"]] for row in listed)
    contract = next(row for row in listed if row["id"].startswith("processor-without-contract:"))
    assert (contract["severity"], contract["reference"], contract["name"]) == ("Critical", "A-1", "Payroll")
    assert contract["article"] == "GDPR Art. 28(3)"
    assert contract["asks"] == "Can I see the contract with this processor?"
    assert (bool(contract["what"]), bool(contract["remedy"]), bool(contract["area"])) == (True, True, True)


def test_counts_by_severity_stand_with_the_origin():
    factories.activity(factories.organisation(), status="approved")
    listing = found()

    counts = dict(listing.about)
    severities = column(listing, "severity")
    assert {name: int(counts[name]) for name in ("Critical", "Serious", "Minor")} == {
        name: severities.count(name) for name in ("Critical", "Serious", "Minor")
    }
    assert counts["Records with gaps"] == "1"
    assert listing.tables[0].expected == len(severities)


def test_no_gap_is_no_verdict():
    listing = found()

    assert rows(listing) == []
    assert listing.tables[0].empty == "The rules found no gap."
    assert listing.footnotes[-1].endswith("doesn't mean that all is lawful.")


def test_rules_that_compare_records_see_those_that_are_left_out():
    organisation = factories.organisation()
    for reference in ("A-1", "A-2"):
        factories.activity(organisation, reference=reference, name="The same name", status="approved")
    whole = load_register()
    first = whole.only([models.ProcessingActivity.objects.get(reference="A-1").pk])

    alone = {row["id"] for row in rows(found(first))}
    together = {row["id"] for row in rows(found(whole)) if row["reference"] == "A-1"}

    assert alone == together


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(number, django_assert_num_queries):
    organisation = factories.organisation()
    for _ in range(number):
        factories.activity(organisation, status="approved")
    register = load_register()

    with django_assert_num_queries(2):  # where records meet, and the records
        rows(gaps_list(register, register, PROVENANCE))
