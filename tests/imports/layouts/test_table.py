"""Where a table starts, and which of its rows are no records."""

from pathlib import Path

import pytest

from registry.imports.layouts.headings import SYNONYMS, activity_index
from registry.imports.layouts.table import HeaderFinding, Skipped, find_header

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
HEADINGS = ["Nr.", "Bezeichnung der Verarbeitung", "Zweck der Verarbeitung", "Rechtsgrundlage", "Empfänger"]
DATA = ["1", "Lohnabrechnung", "Auszahlung der Löhne", "Art. 6 Abs. 1 lit. b", "Finanzamt"]


def keys(finding: HeaderFinding) -> list[str | None]:
    return [column.key for column in finding.columns]


def test_header_behind_titles_and_in_a_later_column_is_found() -> None:
    rows = [
        ["", "Verzeichnis", "", "", "", ""],
        ["", "Stand: 1. Mai", "", "", "", ""],
        [""] * 6,
        ["", *HEADINGS],
        ["", *DATA],
    ]

    finding = find_header(rows, SYNONYMS)

    assert (finding.header_row, finding.candidates, finding.first_data_row, finding.ambiguous) == (4, (4,), 5, False)
    assert [column.column for column in finding.columns] == [2, 3, 4, 5, 6]
    assert keys(finding) == ["reference", "name", "purposes", "legal_bases", "recipients"]


@pytest.mark.parametrize("rows", [[], [["", ""]], [["just", "some"], ["words", "here"]], [DATA, DATA]])
def test_a_sheet_without_known_headings_has_no_header(rows: list[list[str]]) -> None:
    assert find_header(rows, SYNONYMS) == HeaderFinding(None, (), None, (), ambiguous=False)


def test_a_single_column_needs_a_known_heading_in_its_first_row() -> None:
    assert find_header([[""], ["Name"], ["Payroll"]], SYNONYMS).header_row == 2
    assert find_header([["Payroll"], ["Name"]], SYNONYMS).header_row is None


def test_two_full_headers_are_ambiguous_and_both_named() -> None:
    english = ["No.", "Name", "Purposes", "Legal basis", "Recipients"]

    finding = find_header([HEADINGS, DATA, english, DATA], SYNONYMS)

    assert finding == HeaderFinding(None, (1, 3), None, (), ambiguous=True)


def test_the_user_can_say_which_row_is_the_header() -> None:
    english = ["No.", "Name", "Purposes", "Legal basis", "Recipients"]

    finding = find_header([HEADINGS, DATA, english, DATA], SYNONYMS, header_row=3)

    assert (finding.header_row, finding.first_data_row, finding.ambiguous) == (3, 4, False)


@pytest.mark.parametrize("row", [0, 3])
def test_a_header_row_outside_the_sheet_is_refused(row: int) -> None:
    with pytest.raises(ValueError, match=rf"There is no row {row}; the sheet has the rows 1 to 2."):
        find_header([HEADINGS, DATA], SYNONYMS, header_row=row)


@pytest.mark.parametrize(
    "annotation",
    [
        ["dpv:Purpose", "dpv: DataSubject", "Use http://example.org/x", "https://example.org/y", "see manual"],
        ["COLUMN A", "COLUMN B", "COLUMN C", "COLUMN D", "COLUMN E"],
        ["A", "B", "C", "D", "E"],
        ["1", "2.0", "3", "(4)", "5."],
        ["(required)", "required", "(optional)", "", "Pflichtfeld"],
    ],
)
def test_annotation_rows_below_the_header_are_no_data(annotation: list[str]) -> None:
    finding = find_header([HEADINGS, annotation, DATA], SYNONYMS)

    assert (finding.header_row, finding.first_data_row, finding.skipped) == (1, 3, {2: Skipped.ANNOTATION})


def test_annotation_rows_above_the_header_are_passed_over() -> None:
    assert find_header([["A", "B", "C", "D", "E"], HEADINGS, DATA], SYNONYMS).header_row == 2


def test_rows_that_are_no_records_are_named_with_their_reason() -> None:
    rows = [
        HEADINGS,
        ["ALLGEMEINES", "", "", "", ""],
        DATA,
        [""] * 5,
        ["Personal und Recht", "", "", "", ""],
        DATA,
        HEADINGS,
        ["(Beispiel)", "x", "y", "", ""],
        DATA,
    ]

    finding = find_header(rows, SYNONYMS)

    assert finding.first_data_row == 3
    assert finding.skipped == {
        2: Skipped.SECTION,
        4: Skipped.EMPTY,
        5: Skipped.SECTION,
        7: Skipped.REPEATED_HEADER,
        8: Skipped.EXAMPLE,
    }


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (HEADINGS, ["A-17", "", "", "", ""]),
        (["Name", *HEADINGS[2:], "Nr."], ["Lone name", "", "", "", ""]),
        (HEADINGS[:3], ["Some words", "", ""]),
        (HEADINGS, ["1", "", "", "", ""]),
    ],
)
def test_a_lone_reference_or_name_is_a_record(headings: list[str], row: list[str]) -> None:
    assert find_header([headings, row, DATA], SYNONYMS).first_data_row == 2


def test_a_header_without_data_says_so_by_the_row_after_the_last() -> None:
    assert find_header([HEADINGS, ["", ""]], SYNONYMS).first_data_row == 3


def test_two_row_header_is_combined() -> None:
    rows = [
        ["Identification", "", "Finalité du traitement", "Données sensibles ?", "Durée", ""],
        ["Nom du traitement", "N° / RÉF", "", "Oui/non", "de conservation", "du contrat"],
        ["Paie", "T-1", "Payer", "Non", "5 ans", "2 ans"],
    ]

    finding = find_header(rows, SYNONYMS)

    assert (finding.parent_row, finding.header_row, finding.first_data_row) == (1, 2, 3)
    assert [(column.heading, column.key) for column in finding.columns] == [
        ("Nom du traitement", "name"),
        ("N° / RÉF", "reference"),
        ("Finalité du traitement", "purposes"),
        ("Données sensibles ? Oui/non", "special_categories"),
        ("Durée de conservation", "retention"),
        ("Durée du contrat", None),
    ]


@pytest.mark.parametrize("above", [["Register", "", "", "", ""], ["Group", "", "Other group", "", ""]])
def test_a_row_above_that_explains_nothing_is_no_part_of_the_header(above: list[str]) -> None:
    finding = find_header([above, HEADINGS, DATA], SYNONYMS)

    assert (finding.parent_row, finding.header_row) == (None, 2)


GROUPS = ["Nr.", "Verarbeitungstätigkeit", "Zweck", "Empfänger", "", "Drittlandübermittlung", "", "Löschfrist"]
PARTS = ["", "", "", "intern", "extern", "ja/nein", "Land", ""]
UNDER_GROUPS = ["1", "Zeiterfassung", "Arbeitszeit", "Personal", "", "nein", "", "2 Jahre"]


@pytest.mark.parametrize("chosen", [None, 1])
def test_a_row_that_names_the_parts_of_spanned_columns_belongs_to_the_header(chosen: int | None) -> None:
    finding = find_header([GROUPS, PARTS, UNDER_GROUPS], SYNONYMS, header_row=chosen)

    assert (finding.parent_row, finding.header_row, finding.first_data_row) == (1, 2, 3)
    assert {column.key for column in finding.columns} >= {"recipients", "transfers", "transfers.country"}


@pytest.mark.parametrize(
    "below",
    [
        UNDER_GROUPS,
        ["", "Zeiterfassung", "", "intern", "extern", "", "", ""],
        ["", "", "", "intern", "", "ja/nein", "Land", ""],
        ["", "", "Zweck A", "intern", "extern", "", "", ""],
    ],
    ids=["a record", "only a name", "a span left open", "a column of its own"],
)
def test_a_row_below_the_header_that_says_anything_else_is_data(below: list[str]) -> None:
    finding = find_header([GROUPS, below, UNDER_GROUPS], SYNONYMS)

    assert (finding.parent_row, finding.header_row, finding.first_data_row) == (None, 1, 2)


def test_duplicate_headings_are_reported_and_the_first_keeps_the_fact() -> None:
    finding = find_header([["Name", "Purpose", "Colour", "purpose ", "colour"], ["a", "b", "c", "d", "e"]], SYNONYMS)

    assert finding.duplicates == (("Purpose", (2, 4)), ("Colour", (3, 5)))
    assert keys(finding) == ["name", "purposes", None, None, None]


def test_the_surest_of_several_columns_has_the_fact() -> None:
    finding = find_header([["Name", "Recipients (external)", "Recipients"], ["a", "b", "c"]], SYNONYMS)

    assert keys(finding) == ["name", None, "recipients"]


REAL = [
    ("koos/vvt-musterstadt-213.xlsx", 0, 4, 5, 14),
    ("dpcat/HR department of Alpha.xlsx", 0, 1, 3, 9),
    ("dpcat/Beta a processor of  employee expenses.xlsx", 0, 1, 3, 9),
    ("klotzkette/01_verarbeitungsverzeichnis_vvt_art30_dsgvo.xlsx", 0, 5, 6, 10),
    ("dastra/sample-datatreatments-shipbuilder.xlsx", 0, 1, 2, 11),
    ("ciso-assistant/processings_template.xlsx", 0, 1, 2, 8),
    ("ciso-assistant/sample_processing_workbook.xlsx", 0, 1, 2, 9),
    ("cnil/registre-traitement-simplifie.blank.ods", 1, 8, 10, 6),
]


@pytest.mark.samples
@pytest.mark.skipif(not SAMPLES.exists(), reason="the real register files (../shared/samples) are not here")
@pytest.mark.parametrize(("file", "sheet", "header", "first", "recognised"), REAL)
def test_real_files_start_where_a_person_sees_them_start(
    file: str, sheet: int, header: int, first: int, recognised: int
) -> None:
    from python_calamine import CalamineWorkbook

    cells = CalamineWorkbook.from_path(SAMPLES / file).get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    finding = find_header([[str(cell) for cell in row] for row in cells], SYNONYMS)

    assert (finding.header_row, finding.first_data_row, finding.ambiguous) == (header, first, False)
    assert sum(key is not None for key in keys(finding)) == recognised


@pytest.mark.samples
@pytest.mark.skipif(not SAMPLES.exists(), reason="the real register files (../shared/samples) are not here")
def test_the_real_csv_file_is_recognised_in_full() -> None:
    lines = (SAMPLES / "koos" / "vvt-musterstadt-213.csv").read_text(encoding="cp1252").splitlines()
    finding = find_header([lines[0].split(";")], SYNONYMS)

    assert finding.header_row == 1
    assert None not in keys(finding)


@pytest.mark.parametrize(
    ("headings", "named"),
    [
        (["Name", "Process", "Purpose", "Data subjects"], "Name"),
        (["Email", "Name", "What is the name of the processing activity?", "Purpose"], "What is the name of the processing activity?"),
        (["Proces", "Naam verwerking", "Doel"], "Naam verwerking"),
    ],
)  # fmt: skip
def test_a_mere_name_is_of_somebody_only_where_another_heading_asks_for_the_activitys(headings, named) -> None:
    finding = find_header([headings, [str(count) for count in range(len(headings))]], activity_index())

    assert [guess.heading for guess in finding.columns if guess.key == "name"] == [named]


def test_a_second_table_below_the_first_is_none_of_its_rows() -> None:
    rows = [
        ["Reference", "Name", "Purpose", "Legal basis", "Data subjects", "Recipients", "Retention period"],
        ["A1", "Payroll", "Pay", "Contract", "Staff", "Bank", "6 years"],
        [],
        ["As a processor", "", "", "", ""],
        ["Reference", "Name", "Controller", "Categories of processing", "Transfers"],
        ["P1", "Hosting", "Client Ltd", "Storage", "None"],
        [],
        ["P2", "Support", "Client Ltd", "Help", "None"],
    ]

    finding = find_header(rows, activity_index())

    assert (finding.header_row, finding.skipped) == (
        1,
        {
            3: Skipped.EMPTY,
            4: Skipped.SECTION,
            5: Skipped.OTHER_TABLE,
            6: Skipped.OTHER_TABLE,
            7: Skipped.EMPTY,
            8: Skipped.OTHER_TABLE,
        },
    )


def test_a_record_that_is_worded_like_headings_stays_one() -> None:
    rows = [
        ["Reference", "Name", "Purpose", "Recipients", "Data categories"],
        ["A1", "Payroll", "Pay", "Bank", "Names"],
        ["A2", "Security measures", "Description", "Recipients", "Personal data"],
    ]

    assert find_header(rows, activity_index()).skipped == {}
