import pytest
from django.apps import apps

from registry.record.activity import ActivityRecord
from registry.record.classes import PARTS, ROOTS, record_class
from registry.record.definition import Kind, facts, walk
from registry.record.excused import EXCUSED, NOT_OF_THE_RECORD
from registry.record.flat import headings, row_key
from registry.record.sections import CONTROLLER, FORM, PROCESSOR, PROCESSOR_FURTHER

MODELS = [
    model
    for model in apps.get_app_config("registry").get_models()
    if model.__name__ not in NOT_OF_THE_RECORD and not model.__name__.startswith("Historical")
]


def test_every_model_is_declared_or_excused():
    assert {model.__name__ for model in MODELS} == {model.__name__ for model in (*ROOTS, *PARTS)}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_is_declared_or_excused_with_a_reason(model):
    excused = {**EXCUSED["*"], **EXCUSED.get(model.__name__, {})}
    columns = {column.name for column in model._meta.concrete_fields}
    declared = set(facts(record_class(model)))

    assert columns - declared - set(excused) == set()
    assert declared - columns == {fact.key for fact in facts(record_class(model)).values() if fact.kind is Kind.ROWS}
    assert [name for name, reason in excused.items() if not reason] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_excuse_is_left_over(model):
    columns = {column.name for column in model._meta.concrete_fields}

    assert set(EXCUSED.get(model.__name__, {})) - columns == set()


def test_every_list_of_the_activity_is_declared_in_the_order_in_which_lists_point_into_each_other():
    lists = [key for key, fact in facts(ActivityRecord).items() if fact.kind is Kind.ROWS]

    for place, key in enumerate(lists):
        row = facts(ActivityRecord)[key].row
        pointed_into = [fact.entry for fact in facts(row).values() if fact.kind is Kind.SIBLING]
        assert [target for target in pointed_into if target not in lists[:place]] == []


def test_headings_and_keys_inside_cells_are_unambiguous():
    labels = [label.casefold() for label in headings(ActivityRecord).values()]
    assert len(labels) == len(set(labels))
    for fact in facts(ActivityRecord).values():
        if fact.row:
            keys = [row_key(inner) for inner in facts(fact.row).values() if not inner.main and not inner.words]
            assert len(keys) == len(set(keys))


def test_the_form_shows_every_fact_in_exactly_one_section():
    shown = [key for section in FORM for key in section.keys]

    assert sorted(shown) == sorted(facts(ActivityRecord))


@pytest.mark.parametrize("sections", [CONTROLLER, (*PROCESSOR, *PROCESSOR_FURTHER)], ids=["controller", "processor"])
def test_a_report_prints_every_fact_at_most_once(sections):
    printed = [key for section in sections for key in section.keys]

    assert len(printed) == len(set(printed))


def test_together_the_records_of_both_roles_print_every_fact():
    printed = {key for section in (*CONTROLLER, *PROCESSOR, *PROCESSOR_FURTHER) for key in section.keys}

    assert printed == set(facts(ActivityRecord))


def test_a_choice_knows_its_pairs_and_every_fact_has_a_label():
    for record in (*ROOTS.values(), *PARTS.values()):
        for _, fact in walk(record):
            assert fact.label
            assert fact.accepts
            assert bool(fact.choice_pairs()) == (fact.kind in {Kind.CHOICE, Kind.ANSWER})


def test_an_undeclared_attribute_is_refused():
    from typing import NamedTuple

    class Undeclared(NamedTuple):
        pk: int
        name: str

    with pytest.raises(TypeError, match=r"Undeclared\.name isn't declared"):
        facts(Undeclared)
