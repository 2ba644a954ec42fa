"""What kind of file it is, and the files that aren't read."""

import hashlib
import zipfile

import pytest

from registry.imports.reading import Limits, Unreadable, read_file
from tests.imports.files import archive, ods, ods_of_xml, ole, with_zip_flag, xls, xlsx

ROWS = [["Name", "Purpose"], ["Pay", "Wages"]]
LOCKED = "The file is protected by a password."


def refusal(name: str, data: bytes, **limits: int) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_file(name, data, limits=Limits(**limits))
    return caught.value


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("a.csv", "csv", b"Name;Purpose\nPay;Wages\n"),
        ("a.TXT", "csv", b"Name\tPurpose\nPay\tWages\n"),
        ("a", "csv", b"PK,Purpose\nPay,Wages\n"),
        ("a.xlsx", "xlsx", xlsx(ROWS)),
        ("a.xlsm", "xlsx", xlsx(ROWS)),
        ("a.b.ods", "ods", ods(ROWS)),
        ("a.xls", "xls", xls(ROWS)),
    ],
)
def test_the_kind_is_decided_by_the_content(name: str, kind: str, data: bytes) -> None:
    workbook = read_file(name, data)

    assert (workbook.name, workbook.kind, workbook.sha256) == (name, kind, hashlib.sha256(data).hexdigest())
    assert workbook.sheets[0].rows[1] == ["Pay", "Wages"]


@pytest.mark.parametrize(
    ("name", "data", "message", "remedy"),
    [
        (
            "a.csv",
            xlsx(ROWS),
            "The name ends in “.csv” (plain text (CSV)), but the content is an Excel workbook (XLSX).",
            "Check that it is the right file; if it is, rename it to end in “.xlsx”.",
        ),
        (
            "a.xls",
            b"Name\tPurpose\n",
            "The name ends in “.xls” (an Excel 97-2003 workbook (XLS)), but the content is plain text (CSV).",
            "Check that it is the right file; if it is, rename it to end in “.csv”.",
        ),
        (
            "a.pdf",
            ods(ROWS),
            "The name ends in “.pdf” (another kind), but the content is an OpenDocument spreadsheet (ODS).",
            "Check that it is the right file; if it is, rename it to end in “.ods”.",
        ),
    ],
)
def test_a_name_that_says_something_else_is_refused(name: str, data: bytes, message: str, remedy: str) -> None:
    error = refusal(name, data)

    assert (error.message, error.remedy) == (message, remedy)


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML><table>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><Workbook/>", "an XML document"),
        (archive({"word/document.xml": "x"}), "a Word document (DOCX)"),
        (archive({"xl/workbook.bin": "x"}), "a binary Excel workbook (XLSB)"),
        (archive({"Index/Document.iwa": "x"}), "a spreadsheet of Numbers"),
        (
            ods_of_xml("", mimetype="application/vnd.oasis.opendocument.text"),
            "an OpenDocument file that is no spreadsheet",
        ),
        (archive({"readme.txt": "x"}), "a ZIP archive without a spreadsheet in it"),
        (ole({"WordDocument": b"x"}), "a Word document (DOC)"),
        (ole({"Other": b"x"}), "an old Office file that is no workbook"),
    ],
)
def test_a_file_of_another_kind_is_named(data: bytes, label: str) -> None:
    assert refusal("a.xlsx", data).message == f"The file is {label}; CSV, XLSX, XLS and ODS files are read."


@pytest.mark.parametrize(
    "data",
    [
        ole({"EncryptedPackage": b"x"}),
        xls(ROWS, locked=True),
        with_zip_flag(xlsx(ROWS), 1),
        ods_of_xml("", manifest="<manifest:encryption-data/>"),
    ],
)
def test_a_file_with_a_password_is_refused_as_such(data: bytes) -> None:
    assert refusal("a.xlsx", data).message == LOCKED


def test_an_empty_file_is_refused() -> None:
    assert refusal("a.xlsx", b"").message == "The file is empty (0 bytes)."


def test_an_archive_cut_short_is_refused() -> None:
    assert refusal("a.xlsx", xlsx(ROWS)[:-200]).message == (
        "The file begins like a spreadsheet but is damaged or was cut short."
    )


def test_a_file_beyond_the_limit_is_refused_before_anything_else() -> None:
    assert refusal("a.csv", b"x" * 101, max_bytes=100).message == "The file has 101 bytes; at most 100 are read."


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused() -> None:
    bomb = archive({"xl/workbook.xml": "x", "xl/sharedStrings.xml": b"\0" * 20_000_000})

    assert len(bomb) < 30_000
    assert refusal("a.xlsx", bomb).message.endswith("times its size; at most 200 times is read.")
    assert refusal("a.xlsx", bomb, max_unzipped_bytes=10_000_000).message == (
        "The file unpacks to 20,000,001 bytes; at most 10,000,000 are read."
    )


def test_an_archive_of_too_many_parts_is_refused() -> None:
    many = archive({f"part{number}": "" for number in range(6)})

    assert refusal("a.xlsx", many, max_members=5).message == "The file has 6 parts; at most 5 are read."


def test_a_part_that_cannot_be_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = ods(ROWS)

    def fail(*_: object) -> bytes:
        raise NotImplementedError("compression type 99")

    monkeypatch.setattr(zipfile.ZipFile, "open", fail)

    assert refusal("a.ods", data).message == "The file begins like a spreadsheet but is damaged or was cut short."
