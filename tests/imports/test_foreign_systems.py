"""Lists of applications that others keep, read into the catalogue of systems with the data that each holds."""

import pytest

from registry import models
from registry.imports.importing import bring_in
from registry.models.seeding import seed_catalogues
from tests.imports.tables import as_csv

pytestmark = pytest.mark.django_db

HEADINGS = ["Application", "Owner", "Hosted in", "Personal data", "Criticality"]


@pytest.fixture
def bring():
    seed_catalogues()

    def bring(*rows):
        found = bring_in("Applications.csv", as_csv(HEADINGS, *rows), organisation=None, apply=True)
        assert not found.errors, [str(problem) for problem in found.problems]
        return found

    return bring


def held(name):
    rows = models.SystemData.objects.filter(system__name=name).order_by("position")
    return [row.category.name if row.category else row.stated_as for row in rows]


def test_the_data_of_a_list_of_applications_are_data_held(bring):
    bring(["CRM", "Sales", "Ireland", "Contact details; order history\nshoe size", "high"])

    system = models.System.objects.get(name="CRM")
    assert (system.owner, system.hosting_country, system.description) == ("Sales", "IE", "Criticality: high")
    assert held("CRM") == ["Contact details", "order history", "shoe size"]


@pytest.mark.parametrize("text", ["Yes", "No", "n/a"])
def test_whether_there_are_data_names_none(bring, text):
    bring(["CRM", "Sales", "", text, ""])

    assert (held("CRM"), models.System.objects.get(name="CRM").description) == ([], f"Personal data: {text}")


def test_the_same_list_once_more_changes_nothing(bring):
    row = ["CRM", "Sales", "Ireland", 'Contact details; "wild" | loose', ""]
    bring(row)

    assert bring(row).counts == {"created": 0, "changed": 0, "unchanged": 1}
