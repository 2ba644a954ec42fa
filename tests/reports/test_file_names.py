from datetime import UTC, datetime

import pytest

from registry.reports.file_names import file_name, slug

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hartwell", "hartwell"),
        ("Ärzte & Söhne GmbH", "arzte-sohne-gmbh"),
        ("Groß/../..\\etc\r\nX: 1", "gross-etc-x-1"),
        ("Ελλάδα", ""),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_name_keeps_what_every_system_can_hold(text, expected):
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("whose", "expected"), [("Hart Well", "register-hart-well-2026-11-22.pdf"), ("", "register-2026-11-22.pdf")]
)
def test_a_file_is_called_by_what_it_holds(whose, expected):
    assert file_name("register", whose, MOMENT, "pdf") == expected
