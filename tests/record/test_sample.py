import hashlib
import random

from hypothesis import given
from hypothesis import strategies as st

from registry.record.sample import Candidate, draw, place

REGISTER = [Candidate(pk, "Fjord Foods AS", f"PA-{pk:04}") for pk in range(1, 201)]


def test_where_a_candidate_stands_can_be_worked_out_with_any_program():
    said = "wren october 2026/Fjord Foods AS/PA-0007"

    assert place("wren october 2026", REGISTER[6]) == hashlib.sha256(said.encode()).hexdigest()


def test_a_sample_is_pinned_so_that_no_release_draws_another_one():
    drawn = draw(REGISTER, seed="wren october 2026", size=5)

    assert [one.reference for one in drawn] == ["PA-0106", "PA-0171", "PA-0020", "PA-0169", "PA-0005"]


@given(st.randoms(use_true_random=False), st.text(min_size=1), st.integers(1, 250))
def test_the_order_of_the_register_does_not_matter(chance: random.Random, seed: str, size: int):
    mixed = list(REGISTER)
    chance.shuffle(mixed)

    assert draw(mixed, seed=seed, size=size) == draw(REGISTER, seed=seed, size=size)
    assert len(draw(REGISTER, seed=seed, size=size)) == min(size, len(REGISTER))


def test_another_seed_draws_another_sample_and_each_is_drawn_about_equally_often():
    counted = dict.fromkeys((one.pk for one in REGISTER), 0)
    for number in range(400):
        for one in draw(REGISTER, seed=f"seed {number}", size=20):
            counted[one.pk] += 1

    assert min(counted.values()) > 15
    assert max(counted.values()) < 70


def test_activities_of_several_organisations_with_one_reference_are_told_apart():
    twins = [Candidate(1, "North", "PA-1"), Candidate(2, "South", "PA-1")]

    assert place("seed", twins[0]) != place("seed", twins[1])
