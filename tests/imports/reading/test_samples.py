"""Register files that nobody on this project wrote."""

from pathlib import Path

import pytest

from registry.imports.reading import Workbook, read_file

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"the folder of real register files, {SAMPLES}, is absent")


def read(path: str) -> Workbook:
    return read_file(Path(path).name, (SAMPLES / path).read_bytes())


def shape(workbook: Workbook) -> list[tuple[int, int]]:
    return [(len(sheet.rows), max(map(len, sheet.rows), default=0)) for sheet in workbook.sheets]


@pytest.mark.parametrize(
    ("path", "shapes"),
    [
        ("koos/vvt-musterstadt-213.xlsx", [(217, 14)]),
        ("koos/vvt-musterstadt-213.csv", [(214, 14)]),
        ("dpcat/HR department of Alpha.xlsx", [(6, 9)]),
        ("dpcat/Customer Services deptartment of Alpha.xlsx", [(5, 9)]),
        ("dpcat/Marketing department of Alpha.xlsx", [(5, 9)]),
        ("dpcat/Beta a processor of  employee expenses.xlsx", [(3, 9)]),
        ("dpcat/query-result-ropa-controller.csv", [(14, 15)]),
        ("dpcat/query-result-ropa-processor.csv", [(6, 8)]),
        ("dpcat/GDPR_A30.csv", [(4, 8)]),
        ("dastra/sample-datatreatments-shipbuilder.xlsx", [(15, 44)]),
        ("dastra/sample-dataretentionrule-hr.csv", [(8, 17)]),
        ("dastra/sample-dataretentionrule-rh.csv", [(8, 17)]),
        ("dastra/sample-vendors-example.xlsx", [(6, 11)]),
        ("dastra/sample-vendor-csv.csv", [(6, 11)]),
        ("klotzkette/01_verarbeitungsverzeichnis_vvt_art30_dsgvo.xlsx", [(13, 12)]),
        ("ciso-assistant/processings_template.xlsx", [(3, 11)]),
        ("ciso-assistant/sample_processing_workbook.xlsx", [(2, 12), (2, 4), (2, 7), (2, 3), (2, 3), (2, 6), (2, 7)]),
        ("cnil/registre-traitement-simplifie.blank.ods", [(20, 1), (9, 11), (62, 10), (39, 10), (177, 10)]),
        ("cnil/Registre_traitement_CNIL.filled-fashion-insta.ods", [(20, 1), (13, 11), (62, 10), (39, 10), (177, 10)]),
    ],
)
def test_a_real_file_is_read_to_its_last_row_and_column(path: str, shapes: list[tuple[int, int]]) -> None:
    assert shape(read(path)) == shapes


@pytest.mark.parametrize(
    ("path", "encoding", "delimiter"),
    [
        ("koos/vvt-musterstadt-213.csv", "cp1252", ";"),
        ("dastra/sample-dataretentionrule-rh.csv", "cp1252", ";"),
        ("dastra/sample-dataretentionrule-hr.csv", "utf-8", ";"),
        ("dpcat/GDPR_A30.csv", "utf-8", ","),
    ],
)
def test_a_real_file_of_text_is_decoded(path: str, encoding: str, delimiter: str) -> None:
    workbook = read(path)

    assert (workbook.encoding, workbook.delimiter) == (encoding, delimiter)


def test_the_same_register_reads_the_same_as_csv_and_as_workbook() -> None:
    from_text, from_workbook = read("koos/vvt-musterstadt-213.csv"), read("koos/vvt-musterstadt-213.xlsx")

    as_windows_text = [
        [cell.encode("cp1252", "replace").decode("cp1252") for cell in row] for row in from_workbook.sheets[0].rows[3:]
    ]
    assert from_text.sheets[0].rows == as_windows_text


def test_rows_and_columns_keep_their_numbers() -> None:
    rows = read("klotzkette/01_verarbeitungsverzeichnis_vvt_art30_dsgvo.xlsx").sheets[0].rows

    assert [len(row) > 2 for row in rows[:5]] == [False, False, False, False, True]
    assert {row[0] for row in rows if row} == {""}


def test_formulas_of_a_real_file_are_noted() -> None:
    notes = read("ciso-assistant/processings_template.xlsx").sheets[0].notes

    assert [(note.row, note.column, note.kind) for note in notes] == [(2, 10, "formula"), (3, 10, "formula")]
