"""The process that opens spreadsheets: what it gets, and what becomes of its death."""

import io
import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

import pytest

from registry.imports.reading import Limits, Unreadable, child, isolated, read_file
from tests.imports.files import xlsx, xlsx_of_xml

DATA = xlsx([["Name"], ["Löhne"]])
CORNERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="KN90000"><v>1</v></c></row>'


def refusal(data: bytes, **limits: Any) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_file("a.xlsx", data, limits=Limits(**limits))
    return caught.value


def test_a_process_that_runs_out_of_memory_becomes_a_refusal() -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux holds a process to its memory limit")

    error = refusal(xlsx_of_xml(CORNERS), max_cells=10**9, memory_bytes=300 * 1024 * 1024)

    assert error.message == (
        "The file can't be opened within 300 MB of memory: a sheet claims more cells than it fills, "
        "or the file is damaged."
    )


def test_a_process_that_takes_too_long_becomes_a_refusal() -> None:
    assert refusal(DATA, seconds=0.001).message == "Reading the file takes longer than 0.001 seconds."


@pytest.mark.parametrize(
    ("returncode", "output", "message"),
    [
        (-24, b"", "Reading the file takes longer than 60 seconds."),
        (-9, b'{"end":true}\n', "The file can't be opened within 1,024 MB of memory"),
        (1, b"", "The file can't be opened within 1,024 MB of memory"),
        (0, b"", "The file can't be opened within 1,024 MB of memory"),
        (0, b'{"sheet":"A","hidden":false}\n{"rows":[["x"]]}\n', "The file can't be opened within 1,024 MB of memory"),
    ],
)
def test_any_other_end_becomes_a_refusal(
    monkeypatch: pytest.MonkeyPatch, returncode: int, output: bytes, message: str
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], returncode, output, b""))

    assert refusal(DATA).message.startswith(message)


def test_the_process_gets_no_variable_that_may_be_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    monkeypatch.setenv("TMPDIR", "/somewhere")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/libraries")
    for name in {"SYSTEMROOT", "TEMP", "DYLD_LIBRARY_PATH"}:
        monkeypatch.delenv(name, raising=False)

    assert {name: value for name, value in isolated.environment().items() if name != "PYTHONPATH"} == {
        "TMPDIR": "/somewhere",
        "LD_LIBRARY_PATH": "/libraries",
    }


def test_the_process_loads_nothing_of_django() -> None:
    code = "import sys, registry.imports.reading.child; print('django' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=isolated.environment(), check=True)

    assert done.stdout.strip() == b"False"


def test_the_process_answers_in_lines_of_json(monkeypatch: pytest.MonkeyPatch) -> None:
    confined: list[Limits] = []
    monkeypatch.setattr(child, "confine", confined.append)
    target = io.BytesIO()

    code = child.main(["xlsx", json.dumps(asdict(Limits(max_rows=7)))], io.BytesIO(DATA), target)

    assert (code, confined) == (0, [Limits(max_rows=7)])
    assert [json.loads(line) for line in target.getvalue().splitlines()] == [
        {"sheet": "Data", "hidden": False},
        {"rows": [["Name"], ["Löhne"]]},
        {"notes": [], "comments": [], "hidden_rows": [], "hidden_columns": [], "merged": []},
        {"end": True},
    ]


def test_the_process_answers_with_its_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "confine", lambda _: None)
    target = io.BytesIO()

    code = child.main(["xlsx", json.dumps(asdict(Limits(max_rows=1)))], io.BytesIO(DATA), target)

    refused = json.loads(target.getvalue())["refused"]
    assert (code, refused["sheet"], refused["row"], refused["column"]) == (0, "Data", 2, 1)


def test_the_process_limits_its_memory_its_time_and_its_traces(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    asked: dict[int, tuple[int, int]] = {}

    def refuse_one(what: int, limits: tuple[int, int]) -> None:
        asked[what] = limits
        if what == resource.RLIMIT_AS:
            raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse_one)

    child.confine(Limits(memory_bytes=5, seconds=0.5))

    assert asked == {resource.RLIMIT_AS: (5, 5), resource.RLIMIT_CPU: (1, 6), resource.RLIMIT_CORE: (0, 0)}


def test_a_system_without_such_limits_still_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)

    assert child.confine(Limits()) is None  # type: ignore[func-returns-value]
