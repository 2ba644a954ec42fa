"""What is exported as CSV is imported again to exactly the same register."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from registry import models
from registry.imports.importing import Choices, preview
from registry.imports.lookups import Lookups
from registry.imports.plan import BlankCell
from registry.imports.values import scalar_reader
from registry.record.activity import ActivityRecord
from registry.record.definition import walk
from registry.record.flat_writers import to_cell
from registry.record.loader import load_register
from registry.reports.as_csv import write_csv
from registry.reports.flat import flat_report
from tests import factories
from tests.reports import registers
from tests.reports.texts import PROVENANCE

pytestmark = pytest.mark.django_db


def exported() -> bytes:
    out = io.BytesIO()
    write_csv(flat_report(load_register(), PROVENANCE), out)
    return out.getvalue()


def differences(data: bytes, blank_cell: BlankCell = BlankCell.LEAVE) -> list[object]:
    """Everything that importing the file would change or complain of."""
    found = preview("register.csv", data, organisation=None, choices=Choices(blank_cell=blank_cell))
    assert found.plan is not None
    changes = [(row.reference, row.values, row.before) for row in found.plan.rows if row.action.value != "unchanged"]
    return [*map(str, found.problems), *changes]


@pytest.mark.parametrize("blank_cell", BlankCell)
def test_a_register_of_awkward_texts_comes_back_unchanged(blank_cell):
    made = registers.awkward_register()

    data = exported()

    assert differences(data, blank_cell) == []
    assert preview("register.csv", data, organisation=None).plan.counts == {
        "created": 0, "changed": 0, "unchanged": len(made), "skipped": 0, "refused": 0,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["de", "fr"])
def test_it_comes_back_unchanged_on_the_screens_of_every_language(language):
    registers.awkward_register()
    data = exported()

    with translation.override(language):
        assert differences(data) == []


@pytest.mark.parametrize("words", ["none", "keine", "N/A (internal)", "–", "no"])
@pytest.mark.parametrize("as_entry", [False, True])
def test_a_recipient_called_like_the_answer_none_stays_a_recipient(words, as_entry):
    entry = factories.make(models.Recipient, name=words) if as_entry else None
    registers.one_recipient("" if as_entry else words, entry)

    data = exported()

    assert differences(data) == []


def test_every_code_of_every_closed_list_is_read_back_from_its_label():
    lookups = Lookups()

    lost = [
        (record.__name__, fact.key, code)
        for record, fact in walk(ActivityRecord)
        for code, _ in fact.choice_pairs()
        if scalar_reader(fact, lookups)(to_cell(fact, code), None) != code
    ]

    assert lost == []


def test_it_is_the_same_file_whatever_the_language():
    registers.awkward_register()

    english = exported()
    with translation.override("de"):
        german = exported()
        read_in_german = differences(english)

    assert german == english
    assert read_in_german == []


def test_an_owner_whose_account_is_closed_stays_the_owner():
    closed = factories.user(username="gone", is_active=False)
    factories.activity(factories.organisation(), owner=closed)

    assert differences(exported()) == []
    assert get_user_model().objects.get(username="gone").owned_activities.count() == 1


def test_a_text_with_the_line_ends_of_a_browser_is_unchanged():
    factories.activity(factories.organisation(), description="typed\r\nin a form\r\n", dpo_remark=" with spaces ")

    assert differences(exported()) == []
