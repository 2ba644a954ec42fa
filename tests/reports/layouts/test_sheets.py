"""Forms as sheets: every field of every record, in the words and the language of the form."""

from datetime import date

import pytest

from registry.record.loader import load_register
from registry.reports.catalogue import REPORTS
from registry.reports.layouts import ico, others, swiss
from registry.reports.layouts.sheets import layout_sheets
from registry.versioning.writing import change_set
from tests import factories
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db

ON_SHEETS = [ico.CONTROLLER, others.DSK, swiss.FADP, others.ANPD]


def cards(layout):
    (part,) = layout_sheets(layout, load_register(), PROVENANCE).parts
    return list(part.cards())


@pytest.fixture
def payroll():
    found = factories.activity(
        factories.organisation(name="Fjord Foods AS"), reference="A-1", name="Payroll", began_on=date(2020, 3, 2),
        recipients_answer="no",
    )  # fmt: skip
    with change_set():
        found.purposes.create(text="wages")
    return found


def test_a_sheet_has_the_fields_of_the_form_in_its_language(payroll):
    (card,) = cards(others.DSK)

    (section,) = card.sections
    lines = {line.label: (line.value, line.state) for line in section.lines}
    assert (card.reference, card.title, section.title) == ("A-1", "Payroll", "Fjord Foods AS")
    assert list(lines) == [field.heading for field in others.DSK.fields]
    assert lines["Zwecke der Verarbeitung"] == (("wages",), "stated")
    assert lines["Datum der Einführung / der letzten Änderung"] == (("2. März 2020",), "stated")
    assert lines["Empfänger: extern"] == ("Nein", "stated")
    assert lines["Fristen für die Löschung"] == ("keine Angabe", "not_stated")


def test_what_is_only_offered_is_not_called_missing_as_in_the_table_of_the_form(payroll):
    (card,) = cards(swiss.FADP)

    states = {line.label: (line.value, line.state) for line in card.sections[0].lines}
    assert states["Guarantees under Art. 16(2)"] == ("–", "stated")
    assert states["Categories of processed personal data"] == ("not stated", "not_stated")


def test_numbered_entries_are_numbered_once(payroll):
    with change_set():
        for place, words in enumerate(("bank details", "absences")):
            payroll.data_categories.create(stated_as=words, position=place)

    (card,) = cards(others.DSK)

    line = next(line for line in card.sections[0].lines if line.label == "Kategorien personenbezogener Daten")
    assert (line.value, line.numbered) == (("bank details", "absences"), True)


def test_what_the_register_does_not_hold_is_no_line_and_is_named(payroll):
    document = layout_sheets(ico.CONTROLLER, load_register(), PROVENANCE)

    (card,) = document.parts[0].cards()
    labels = {line.label for line in card.sections[0].lines}
    assert "Has a personal data breach occurred?" not in labels
    assert "“Has a personal data breach occurred?”" in document.parts[0].intro


def test_what_stands_around_a_sheet_is_in_the_language_of_the_form(payroll):
    found = layout_sheets(others.DSK, load_register(), PROVENANCE)

    assert (found.language, found.cover.subtitle) == ("de", "Alle Organisationen")
    assert [label for label, _ in found.cover.blocks[0][1]][:2] == ["Stand", "Einträge"]
    assert found.keywords.startswith("Art. 30 DSGVO, Änderungssatz ")


def test_the_cover_counts_the_records_that_belong_in_the_form(payroll):
    factories.activity(factories.organisation(), role="processor")

    document = layout_sheets(ico.CONTROLLER, load_register(), PROVENANCE)

    assert ("Records", "1") in document.cover.blocks[0][1]
    assert len(list(document.parts[0].cards())) == 1


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("layout", ON_SHEETS)
def test_the_number_of_queries_is_fixed(layout, number, django_assert_num_queries):
    organisation = factories.organisation()
    for _ in range(number):
        factories.activity(organisation)
    register = load_register()

    with django_assert_num_queries(2):  # to count them, and for the sheets
        list(layout_sheets(layout, register, PROVENANCE).parts[0].cards())


def test_every_form_comes_for_reading_and_as_data():
    forms = {name: one.formats for name, one in REPORTS.items() if one.group == "In an authority's own form"}

    assert len(forms) == 11
    assert {frozenset(formats) for formats in forms.values()} == {frozenset({"pdf", "html", "csv", "xlsx", "json"})}
