"""The chain of change sets: altered headers, seals, order and ends."""

from datetime import timedelta

import pytest
from django.db.models import F

from registry import models
from registry.versioning.canonical import canonical
from registry.versioning.chain import named_line, version_line
from registry.versioning.verdict import Fault
from registry.versioning.verifying import NotAHead, head_of, verify
from tests.versioning.tampering import remove, take, tampering, what_the_script_says
from tests.versioning.verifying.steps import ROOTS, seal_anew, sets

pytestmark = pytest.mark.django_db


def test_two_seals_that_were_swapped(history, tmp_path):
    with tampering():
        third, fourth = sets(sequence=3).get().digest, sets(sequence=4).get().digest
        sets(sequence=3).update(digest=fourth)
        sets(sequence=4).update(digest=third)

        said = "Change set #3: its seal was altered; what it sealed is as it was"
        assert verify().fault == Fault("altered", f"{said}, as the next change set shows.", 3)
        assert what_the_script_says(tmp_path) == f"{said}."


def test_the_seal_of_the_last_change_set(history, tmp_path):
    with tampering():
        sets(sequence=5).update(digest="f" * 64)

        said = "Change set #5: its header (number, moment, person, door, reason, details) or its"
        assert verify().fault == Fault("altered", f"{said} manifest was altered.", 5)
        assert what_the_script_says(tmp_path) == f"{said} list was altered."


@pytest.mark.parametrize("column", ["made_at", "actor_name", "channel", "reason", "details"])
def test_the_header_of_a_change_set(column, history, tmp_path):
    changed = F("made_at") + timedelta(microseconds=1) if column == "made_at" else "other"
    with tampering():
        sets(sequence=2).update(**{column: changed})

        said = "Change set #2: its header (number, moment, person, door, reason, details) or its"
        assert verify().fault == Fault("altered", f"{said} manifest was altered.", 2)
        assert what_the_script_says(tmp_path) == f"{said} list was altered."


def test_the_link_to_the_change_set_before(history, tmp_path):
    with tampering():
        sets(sequence=4).update(previous_digest="0" * 64)

        said = "Change set #4: its link to the change set before it was altered."
        assert verify().fault == Fault("altered", said, 4)
        assert what_the_script_says(tmp_path) == said


def test_a_change_set_taken_out_of_the_middle(history, tmp_path):
    with tampering():
        remove(3)

        said = "Change set #3 is missing: the next is #4."
        assert verify().fault == Fault("missing", said, 3)
        assert what_the_script_says(tmp_path) == said


def test_a_change_set_taken_out_and_the_others_numbered_anew(history, tmp_path):
    with tampering():
        remove(3)
        for later in (4, 5):
            for model in ROOTS:
                model.history.filter(change_set_id=later).update(change_set_id=later - 1)
            models.ManifestPage.objects.filter(change_set_id=later).update(change_set_id=later - 1)
            sets(sequence=later).update(sequence=later - 1)

        assert (verify().fault.kind, verify().fault.change_set) == ("altered", 3)
        assert what_the_script_says(tmp_path).startswith("Change set #3: ")


def test_the_beginning_cut_off(history, tmp_path):
    with tampering():
        remove(1)

        assert verify().fault == Fault("missing", "Change set #1 is missing: the next is #2.", 1)
        assert what_the_script_says(tmp_path) == "Change set #1 is missing: the next is #2."


def test_a_change_set_put_before_the_first(history):
    with tampering():
        sets(sequence=5).update(sequence=0)

        assert verify().fault == Fault("added", "Change set #0 was added: the first is #1.", 0)


def test_a_change_set_rewritten_and_sealed_anew(history, tmp_path):
    with tampering():
        seal_anew(2, reason="something else")

        said = "Change set #2 was rewritten and sealed anew: #3 was linked to another."
        assert verify().fault == Fault("altered", said, 2)
        assert what_the_script_says(tmp_path) == said


def test_a_first_change_set_that_names_a_predecessor(history, tmp_path):
    with tampering():
        seal_anew(1, previous_digest="f" * 64)

        assert verify().fault == Fault(
            "altered", "Change set #1 names a predecessor: it was not the first, and the beginning is missing.", 1
        )
        assert what_the_script_says(tmp_path) == verify().fault.message


def test_a_moment_before_that_of_the_change_set_before(history, tmp_path):
    early = sets(sequence=1).get().made_at - timedelta(days=1)
    with tampering():
        for model in ROOTS:
            model.history.filter(change_set_id=5).update(history_date=early)
        seal_anew(5, made_at=early)

        said = "Change set #5 was made before the one before it"
        assert verify().fault == Fault("altered", f"{said}: its moment can't be true.", 5)
        assert what_the_script_says(tmp_path) == verify().fault.message


def test_a_tail_cut_off_shows_by_the_live_rows(history):
    with tampering():
        remove(5)
        remove(4)
        remove(3)

        assert verify().fault.kind == "live"


def test_a_history_written_anew_from_some_point_shows_by_a_head_that_was_seen_before(history, tmp_path):
    head = verify().head
    with tampering():
        for number in (3, 4, 5):
            previous = sets(sequence=number - 1).get().digest
            seal_anew(number, previous_digest=previous, actor_name="Somebody Else")

        assert verify().fault is None
        assert verify(head).fault.kind == "gone"
        assert what_the_script_says(tmp_path, head).startswith(f"The head {head} was seen before and is gone")


def test_change_sets_cut_off_whose_versions_are_left(history, tmp_path):
    with tampering():
        take(5)

        assert verify().fault.kind == "added"
        assert verify().fault.change_set == 5
        assert what_the_script_says(tmp_path).startswith("Change set #5: ")


def test_a_change_set_cut_off_whose_manifest_is_left(history):
    with tampering():
        for model in ROOTS:
            model.history.filter(change_set_id=5).delete()
        take(5)

        assert verify().fault == Fault("missing", "Change set #5 is missing: its manifest is still there.", 5)


def test_every_head_of_the_past_is_found(history):
    for digest in sets().values_list("digest", flat=True):
        assert verify(digest[:12]).fault is None


@pytest.mark.parametrize("text", ["abc", "z" * 64, "a" * 65, "1234567"])
def test_what_can_not_be_a_head_is_refused(text):
    with pytest.raises(NotAHead) as caught:
        verify(text)

    assert str(caught.value).startswith(f"“{text}” can't be a chain head")


def test_a_head_may_be_copied_from_the_foot_of_a_report():
    assert head_of(" 8ABE1590ab54… ") == "8abe1590ab54"


def test_a_line_written_out_is_canonical():
    line = version_line(models.Recipient, 12, "+", "{}")

    assert line == canonical(
        {
            "content": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            "kind": "+",
            "model": "recipient",
            "object": 12,
        }
    )
    assert line == named_line("recipient", 12, "+", "{}")
