"""Where planning puts what it has to say about a file: each remark with the cell that it is about."""

from collections.abc import Iterable, Mapping

from registry.imports.problems import Problem, Severity
from registry.imports.source import SourceCell, SourceRecord
from registry.imports.table import Table
from registry.record.messages import Message


class Remarks:
    """The problems of a table, in the order in which they were found."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.problems: list[Problem] = []
        self._record: SourceRecord | None = None
        self._read_from: Mapping[str, SourceCell] = {}

    def about(self, record: SourceRecord | None, read_from: Mapping[str, SourceCell]) -> None:
        """Take what is said next to be about a record of a foreign table, whose facts came from these cells."""
        self._record, self._read_from = record, read_from

    def at(
        self,
        severity: Severity,
        message: Message,
        row: int | None,
        column: int | None,
        value: str = "",
        accepted: str = "",
    ) -> None:
        """Note something about a cell of the main sheet, or about a row or column of it."""
        heading = self._table.headings.get(column, "") if column else ""
        sheet = self._table.sheet.name
        self.problems.append(Problem(severity, message, sheet, row, column, heading, value, accepted))

    def of_cell(self, cell: SourceCell, severity: Severity, message: Message, accepted: str) -> None:
        """Note something about a cell of a foreign table."""
        self.problems.append(
            Problem(severity, message, cell.sheet, cell.row, cell.column, cell.heading, cell.text, accepted)
        )

    def of_fact(
        self, severity: Severity, message: Message, row: int, key: str, value: str = "", accepted: str = ""
    ) -> None:
        """Note something about the cell that was read as ``key``, in the record at hand."""
        if self._record is None:
            self.at(severity, message, row, self._table.column_of.get(key), value, accepted)
            return
        cell = self._read_from.get(key) or self._record.cell(key)
        sheet, row = (cell.sheet, cell.row) if cell else (self._record.sheet, row)
        column, heading = (cell.column, cell.heading) if cell else (None, "")
        self.problems.append(Problem(severity, message, sheet, row, column, heading, value, accepted))

    @property
    def count(self) -> int:
        """How many there are: what to hand to ``has_error`` and ``forget`` later."""
        return len(self.problems)

    def has_error(self, since: int) -> bool:
        """Return whether anything since then keeps the import from being applied."""
        return any(problem.severity == "error" for problem in self.problems[since:])

    def forget(self, since: int) -> None:
        """Take back what was said since then: it is about a row that is left out."""
        del self.problems[since:]

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note what others have found."""
        self.problems += problems
