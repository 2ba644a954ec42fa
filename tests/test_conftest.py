"""Which skipped tests a run in CI puts up with."""

from tests.conftest import SAMPLES_ABSENT, unexpected_skips


def test_only_reasons_on_the_list_are_put_up_with() -> None:
    reasons = [SAMPLES_ABSENT, "only on SQLite", "no browser", "Tuesday", "no browser"]

    assert unexpected_skips(reasons) == ["Tuesday", "no browser"]
