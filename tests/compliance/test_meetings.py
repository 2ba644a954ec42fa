from registry.compliance.context import Context
from registry.compliance.gap import LISTED, Some
from registry.compliance.meetings import NAMED, Met, together
from tests.compliance.records import ON, OURS, bound, record, said_by, transfer

MANY = 10_000
CLOUDY = bound(country="US")


class Short(dict):
    """Names that nobody may go through further than a sentence does."""

    def items(self):
        for place, item in enumerate(super().items()):
            assert place < NAMED, "A name is read that no sentence lists."
            yield item


def names_of(number):
    return {pk: f"PA-{pk}" for pk in range(1, number + 1)}


def test_the_others_are_all_but_the_record_itself():
    met = Met(3, names_of(3))

    assert met.but(2) == Some(("PA-1", "PA-3"), 2)
    assert met.but(7) == Some(("PA-1", "PA-2", "PA-3"), 3)
    assert Met(1, names_of(1)).but(1) is None


def test_of_very_many_only_the_first_are_named_and_all_are_counted():
    met = Met(MANY, Short(names_of(MANY)))

    assert met.but(1) == Some(tuple(f"PA-{pk}" for pk in range(2, LISTED + 2)), MANY - 1)
    assert met.but(MANY) == Some(tuple(f"PA-{pk}" for pk in range(1, LISTED + 1)), MANY - 1)


def test_a_sentence_about_very_many_lists_five_and_says_how_many_there_are():
    one = record(pk=1, transfers=(transfer(recipient=CLOUDY, country="US", safeguard="A45-3"),))
    told = {"US A45-3": Met(MANY, Short(names_of(MANY))), "US A46-2-c": Met(MANY, Short(names_of(MANY)))}

    (said,) = said_by("safeguard-differs-elsewhere", one, Context(ON, told={(OURS.pk, CLOUDY.pk): told}))

    assert said.endswith("elsewhere: PA-2, PA-3, PA-4, PA-5, PA-6, … (9999).")


def test_some_of_several_places_are_counted_where_all_are_named():
    assert together([Some(("PA-1", "PA-2"), 2), Some(("PA-2", "PA-3"), 2)]) == Some(("PA-1", "PA-2", "PA-3"), 3)
    assert together([Some(("PA-1",), 7), Some(("PA-2",), 1)]) == Some(("PA-1", "PA-2"), None)
    assert together([Some(("PA-1",), 7)]) == Some(("PA-1",), 7)
