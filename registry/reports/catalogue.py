"""Every report by name: what it is for, who asks for it, what it takes, and what it is made of in which format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as n

from registry.reports import changes, flat, record, record_data, register
from registry.reports.data import Data
from registry.reports.document import Document
from registry.reports.listing import Listing
from registry.reports.source import Source

Content = Document | Listing | Data
"""The shapes that a report can have. A writer knows shapes, and no report."""

Build = Callable[[Source], Content]


@dataclass(frozen=True)
class Report:
    """A report: its permanent name, what it is called, what it is for and who asks for it.

    ``builds`` gives the content by format, in the order in which formats are offered. ``takes`` names the parameters
    that make a difference to it, beside report, format, language and who produced it when; ``needs`` those of them
    without which there is no report. ``counted`` says how many records it is about.
    """

    name: str
    label: str
    purpose: str
    asked_by: str
    builds: Mapping[str, Build]
    takes: frozenset[str]
    needs: frozenset[str] = frozenset()
    counted: Callable[[Source], int] = lambda source: len(source.register)
    whose: Callable[[Source], str] = lambda source: source.whose

    @property
    def title(self) -> str:
        """What it is called, in the language in force."""
        return gettext(self.label)

    @property
    def formats(self) -> tuple[str, ...]:
        """The names of the formats that make sense for it."""
        return tuple(self.builds)


SCOPE = frozenset({"as_at", "organisation", "activities"})
"""What limits a report that goes through the whole register."""


def _of_record(source: Source) -> str:
    return f"{source.record.organisation.name} {source.record.reference}"


REPORTS: Mapping[str, Report] = {
    report.name: report
    for report in (
        Report(
            "register",
            n("Register"),
            n("Every record with all that it says, as controller and as processor."),
            n("The supervisory authority (GDPR Art. 30(4)), and whoever moves the register elsewhere."),
            {
                "pdf": lambda source: register.register_report(source.register, source.provenance),
                "csv": lambda source: flat.flat_report(source.register, source.provenance),
                "xlsx": lambda source: flat.workbook_report(source.register, source.provenance),
                "json": lambda source: record_data.register_data(source.register, source.provenance),
            },
            takes=SCOPE,
        ),
        Report(
            "record",
            n("One record"),
            n("One processing activity with all that it says."),
            n("Its owner, and the lawyer of a data subject."),
            {
                "pdf": lambda source: record.record_report(source.register, source.record, source.provenance),
                "csv": lambda source: flat.flat_report(source.one, source.provenance),
                "xlsx": lambda source: flat.workbook_report(source.one, source.provenance),
                "json": lambda source: record_data.register_data(source.one, source.provenance),
            },
            takes=frozenset({"as_at", "subject"}),
            needs=frozenset({"subject"}),
            counted=lambda source: 1,
            whose=_of_record,
        ),
        Report(
            "changes",
            n("What changed"),
            n("What was added, changed, retired and removed between two moments, by whom and why."),
            n("The auditor, every year."),
            {
                "pdf": lambda source: changes.changes_report(source.changes, source.provenance),
                "csv": lambda source: changes.changes_list(source.changes, source.provenance),
                "xlsx": lambda source: changes.changes_list(source.changes, source.provenance),
                "json": lambda source: changes.changes_list(source.changes, source.provenance),
            },
            takes=SCOPE | {"since"},
            needs=frozenset({"since"}),
            counted=lambda source: len(source.changes.changes),
        ),
    )
}
