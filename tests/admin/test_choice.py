import pytest
from django import forms
from django.test import SimpleTestCase
from django.utils.functional import lazystr

from registry.admin.pickers import Choice

OFFERED = [
    ("", "---------"),
    ("US", lazystr("United States")),
    ("CI", "Côte d’Ivoire <&>"),
    ('"', 'a "quoted" one'),
    (1, "One"),
]


@pytest.mark.parametrize("value", ["", None, "US", "CI", '"', 1, "1", "nowhere"])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_country", "required": True, "class": 'a "b"'}])
def test_a_choice_is_what_django_makes_of_it(value, attrs):
    ours, theirs = (kind(choices=OFFERED).render("row-0-country", value, attrs) for kind in (Choice, forms.Select))

    SimpleTestCase().assertHTMLEqual(ours, theirs)


def test_its_options_need_no_template():
    class NoRenderer:
        def render(self, *args, **kwargs):
            raise AssertionError("A template was rendered.")

    assert '<option value="US" selected>' in Choice(choices=OFFERED).render("country", "US", renderer=NoRenderer())


def test_groups_of_options_stay_groups():
    grouped = [("Europe", [("IE", "Ireland"), ("NO", "Norway")]), ("US", "United States")]

    ours, theirs = (kind(choices=grouped).render("country", "NO") for kind in (Choice, forms.Select))

    SimpleTestCase().assertHTMLEqual(ours, theirs)
