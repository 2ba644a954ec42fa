from types import SimpleNamespace as Row

import pytest

from registry.record.segments import data_used

WIDER = Row(pk=1, name="Profiles", parent=None)
SCORE = Row(pk=2, name="RFM score", parent=WIDER)
BASKET = Row(pk=3, name="Baskets", parent=None)
SEGMENT, OTHER = Row(pk=10), Row(pk=11)


def used(category=None, words="", segment=None):
    return Row(category=category, stated_as=words, segment=segment)


def own(category=None, words=""):
    return Row(category=category, stated_as=words)


@pytest.mark.parametrize(
    ("row", "activity", "beyond"),
    [
        (used(SCORE), [own(SCORE)], False),
        (used(SCORE), [own(WIDER)], False),
        (used(WIDER), [own(SCORE)], True),
        (used(SCORE), [own(BASKET)], True),
        (used(SCORE), [], True),
        (used(SCORE), [own(words="rfm  Score")], False),
        (used(words="Wish lists"), [own(words="wish lists")], False),
        (used(words="baskets"), [own(BASKET)], False),
        (used(words="Wish lists"), [own(BASKET, "carts")], True),
    ],
)
def test_data_are_beyond_the_activity_where_it_names_neither_them_nor_something_wider(row, activity, beyond):
    assert list(data_used(SEGMENT, [row], activity)) == [(row, beyond)]


def test_a_segment_uses_its_own_rows_and_those_of_all_segments():
    rows = [used(SCORE, segment=SEGMENT), used(BASKET, segment=OTHER), used(words="age")]

    assert [one.row for one in data_used(SEGMENT, rows, [])] == [rows[0], rows[2]]
