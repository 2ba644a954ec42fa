import pytest
import time_machine

from registry.standing import refresh as refreshing


@pytest.fixture
def _today():
    with time_machine.travel("2026-11-01 12:00 +0000", tick=False):
        yield


@pytest.fixture
def _few_at_once(monkeypatch):
    """Two records are checked at once, three are noted, and a worker sees to two in a turn."""
    for name, number in {"AT_ONCE": 2, "NOTED_AT_ONCE": 3, "BY_WORKER": 2, "PAUSE": 0.0}.items():
        monkeypatch.setattr(refreshing, name, number)
