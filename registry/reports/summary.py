"""The list of records at the beginning of a part: each in one line."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from registry.record.activity import ActivityRecord
from registry.record.activity_rows import TransferRow
from registry.record.definition import facts
from registry.record.entries import LegalBasisEntry
from registry.record.loader import Register
from registry.record.words import none_stated, say
from registry.reference.answers import Answer
from registry.reference.citations import cite
from registry.reference.special_category import DataSensitivity
from registry.reports.blocks import FACTS
from registry.reports.document import SummaryRow, SummaryTable

BRIEF = 40
"""How many characters of a row in words fit into a cell of the list."""

ON_ONE_LINE = 24
"""How many characters a citation may have that is kept on one line."""

_ARTICLES: Mapping[str, str] = {
    DataSensitivity.SPECIAL_CATEGORY: "Art. 9",
    DataSensitivity.CRIMINAL_OFFENCE: "Art. 10",
    DataSensitivity.NATIONAL_IDENTIFIER: "Art. 87",
}


def controllers_list(register: Register, *, with_organisation: bool) -> SummaryTable:
    """Return the list of a controller's records (those in ``register``)."""
    titles = [FACTS["reference"].title, FACTS["name"].title, FACTS["unit"].title, FACTS["legal_bases"].title]
    widths = [1.2, 2.9, 1.6, 2.3, 1.45, 1.55]
    columns = [*titles, _("Special data"), FACTS["transfers"].title]

    def cells(record: ActivityRecord) -> Iterator[str]:
        yield from (record.reference, record.name, say(FACTS["unit"], record.unit), legal_bases(record))
        yield from (special_data(record), third_countries(record))

    return _table(register, columns, widths, cells, with_organisation=with_organisation)


def processors_list(register: Register, *, with_organisation: bool) -> SummaryTable:
    """Return the list of a processor's records (those in ``register``)."""
    columns = [FACTS[key].title for key in ("reference", "name", "unit", "controllers", "transfers")]
    widths = [1.3, 3.4, 1.7, 2.6, 1.5]

    def cells(record: ActivityRecord) -> Iterator[str]:
        yield from (record.reference, record.name, say(FACTS["unit"], record.unit))
        yield _joined(
            row.organisation.name if row.organisation else _brief(row.stated_as) for row in record.controllers
        )
        yield third_countries(record)

    return _table(register, columns, widths, cells, with_organisation=with_organisation)


def legal_bases(record: ActivityRecord) -> str:
    """Return the legal bases by their short citations, or in words."""
    return _joined(_cited(row.legal_basis) if row.legal_basis else _brief(row.stated_as) for row in record.legal_bases)


def special_data(record: ActivityRecord) -> str:
    """Return the articles that the data fall under; "none" only where that is answered; empty where nobody said."""
    found = {_ARTICLES.get(row.category.sensitivity, "") for row in record.data_categories if row.category}
    if record.special_categories == Answer.YES:
        found.add("Art. 9")
    shown = [article for article in _ARTICLES.values() if article in found]
    return ", ".join(shown) or (none_stated() if record.special_categories == Answer.NO else "")


def third_countries(record: ActivityRecord) -> str:
    """Return where data are transferred to; "none" only where that is answered; empty where nobody said."""
    country = facts(TransferRow)["country"]
    if record.transfers:
        return _joined(
            say(country, row.country) or row.international_organisation or _brief(row.stated_as or say_entry(row))
            for row in record.transfers
        )
    return none_stated() if record.transfers_answer == Answer.NO else ""


def say_entry(row: TransferRow) -> str:
    """Return who receives a transfer, where no country is stated."""
    return row.recipient.name if row.recipient else ""


def _cited(basis: LegalBasisEntry) -> str:
    short = cite(basis.citation.removeprefix("GDPR ")) or basis.title
    return short.replace(" ", "\u00a0") if len(short) <= ON_ONE_LINE else short.replace("rt. ", "rt.\u00a0")


def _brief(words: str) -> str:
    """The beginning of the words, up to the end of one of them, and with an ellipsis if there are more."""
    line = " ".join(words.split())
    if len(line) <= BRIEF:
        return line
    kept = line[: BRIEF - 1]
    whole = kept if line[BRIEF - 1] == " " else kept.rpartition(" ")[0] or kept
    return whole.rstrip(" ,;:–—(") + "…"


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, texts)))


Cells = Callable[[ActivityRecord], Iterator[str]]


def _table(
    register: Register, columns: list[str], widths: list[float], cells: Cells, *, with_organisation: bool
) -> SummaryTable:
    if with_organisation:
        columns.insert(0, FACTS["organisation"].title)
        widths.insert(0, 1.6)

    def rows() -> Iterator[SummaryRow]:
        for record in register.activities():
            owner = (record.organisation.name,) if with_organisation else ()
            yield SummaryRow(str(record.pk), (*owner, *cells(record)))

    return SummaryTable(_("List of records"), tuple(columns), tuple(widths), rows)
