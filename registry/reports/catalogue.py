"""Every report by name: what it is for, who asks for it, what it takes, and what it is made of in which format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as n

from registry.reports import audit, changes, flat, linked, notice, record, record_data, register
from registry.reports.data import Data
from registry.reports.document import Document
from registry.reports.layouts import california, ico, notice_at_collection, others, swiss
from registry.reports.layouts.fields import Layout, layout_list
from registry.reports.layouts.sheets import layout_sheets
from registry.reports.listing import Listing, in_one_table
from registry.reports.lists import (
    findings,
    gaps,
    measures,
    recipient_reviews,
    recipients,
    records,
    retention,
    systems,
    trainings,
    transfers,
    where_used,
)
from registry.reports.source import Source
from registry.reports.subjects import ACTIVITY, AUDIT

Content = Document | Listing | Data
"""The shapes that a report can have. A writer knows shapes, and no report."""

Build = Callable[[Source], Content]


@dataclass(frozen=True)
class Report:
    """A report: its permanent name, what it is called, what it is for and who asks for it.

    ``builds`` gives the content by format, in the order in which formats are offered. ``takes`` names the parameters
    that make a difference to it, beside report, format, language and who produced it when; ``needs`` those of them
    without which there is no report. ``group`` is the heading under which it is offered. ``counted`` says how many
    records it is about, ``whose`` what its file name says of whose it is. ``is_document`` says that it is one of cards
    in formats for reading. ``about`` is the one kind that its subject can be, empty for any entry, and ``seen_with``
    names the permissions that a person needs for it beside that to see activities.
    """

    name: str
    label: str
    purpose: str
    asked_by: str
    group: str
    builds: Mapping[str, Build]
    takes: frozenset[str]
    needs: frozenset[str] = frozenset()
    counted: Callable[[Source], int] = lambda source: len(source.register)
    whose: Callable[[Source], str] = lambda source: source.whose
    is_document: bool = False
    about: str = ""
    seen_with: tuple[str, ...] = ()

    @property
    def is_about_activity(self) -> bool:
        """Whether its subject is an activity."""
        return self.about == ACTIVITY

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

REGISTER, LISTS, LAYOUTS, WORK = n("Register"), n("Lists"), n("In an authority's own form"), n("For the work on it")
ASSURANCE = n("Assurance")
"""The headings under which reports are offered."""


def _list(build: Build, formats: tuple[str, ...] = ("pdf", "html", "csv", "xlsx", "json")) -> dict[str, Build]:
    """Return the builds of a report that is the same list in every format."""
    return dict.fromkeys(formats, build)


def _lists(build: Callable[[Source], Listing]) -> dict[str, Build]:
    """Return the builds of a report that is several lists: in CSV, which holds one, they are one below the other."""
    return {**_list(build), "csv": lambda source: in_one_table(build(source))}


def _document(build: Build) -> dict[str, Build]:
    """Return the builds of a report that is a document, in the formats for reading."""
    return dict.fromkeys(("pdf", "html"), build)


_SEEN_WITH_AUDITS = ("registry.view_audit", "registry.view_finding")


def _of_record(source: Source) -> str:
    return f"{source.record.organisation.name} {source.record.reference}"


_REPORTS: tuple[Report, ...] = (
    Report(
        "register",
        n("Register"),
        n("Every record with all that it says, as controller and as processor."),
        n("The supervisory authority (GDPR Art. 30(4)), and whoever moves the register elsewhere."),
        REGISTER,
        {
            **_document(lambda source: register.register_report(source.register, source.provenance)),
            "csv": lambda source: flat.flat_report(source.register, source.provenance),
            "xlsx": lambda source: flat.workbook_report(source.register, source.provenance),
            "json": lambda source: record_data.register_data(source.register, source.provenance),
            "jsonld": lambda source: linked.linked_register(source.register, source.provenance),
        },
        takes=SCOPE,
        is_document=True,
    ),
    Report(
        "register-controller",
        n("Register as controller"),
        n("The records as controller and joint controller alone (GDPR Art. 30(1)), in full."),
        n("The supervisory authority, where it asks for one of the two registers."),
        REGISTER,
        {
            **_document(lambda source: register.register_report(source.as_controller, source.provenance, "controller")),
            "csv": lambda source: flat.flat_report(source.as_controller, source.provenance),
            "xlsx": lambda source: flat.workbook_report(source.as_controller, source.provenance),
            "json": lambda source: record_data.register_data(source.as_controller, source.provenance),
            "jsonld": lambda source: linked.linked_register(source.as_controller, source.provenance),
        },
        takes=SCOPE,
        counted=lambda source: len(source.as_controller),
        is_document=True,
    ),
    Report(
        "register-processor",
        n("Register as processor"),
        n("The records as processor alone (GDPR Art. 30(2)), in full."),
        n("The supervisory authority, and controllers on whose behalf data are processed."),
        REGISTER,
        {
            **_document(lambda source: register.register_report(source.as_processor, source.provenance, "processor")),
            "csv": lambda source: flat.flat_report(source.as_processor, source.provenance),
            "xlsx": lambda source: flat.workbook_report(source.as_processor, source.provenance),
            "json": lambda source: record_data.register_data(source.as_processor, source.provenance),
            "jsonld": lambda source: linked.linked_register(source.as_processor, source.provenance),
        },
        takes=SCOPE,
        counted=lambda source: len(source.as_processor),
        is_document=True,
    ),
    Report(
        "summary-controller",
        n("Register as controller, in short"),
        n("Each record as controller in one row, point by point of GDPR Art. 30(1)."),
        n("Management, and whoever wants the whole at a glance."),
        REGISTER,
        _list(lambda source: records.controllers(source.as_controller, source.provenance)),
        takes=SCOPE,
        counted=lambda source: len(source.as_controller),
    ),
    Report(
        "summary-processor",
        n("Register as processor, in short"),
        n("Each record as processor in one row, point by point of GDPR Art. 30(2)."),
        n("Management, and controllers on whose behalf data are processed."),
        REGISTER,
        _list(lambda source: records.processors(source.as_processor, source.provenance)),
        takes=SCOPE,
        counted=lambda source: len(source.as_processor),
    ),
    Report(
        "record",
        n("One record"),
        n("One processing activity with all that it says."),
        n("Its owner, and the lawyer of a data subject."),
        REGISTER,
        {
            **_document(lambda source: record.record_report(source.register, source.record, source.provenance)),
            "csv": lambda source: flat.flat_report(source.one, source.provenance),
            "xlsx": lambda source: flat.workbook_report(source.one, source.provenance),
            "json": lambda source: record_data.register_data(source.one, source.provenance),
            "jsonld": lambda source: linked.linked_register(source.one, source.provenance),
        },
        takes=frozenset({"as_at", "subject"}),
        needs=frozenset({"subject"}),
        counted=lambda source: 1,
        whose=_of_record,
        is_document=True,
        about=ACTIVITY,
    ),
    Report(
        "notice",
        n("Draft of a privacy notice"),
        n("What a notice under GDPR Arts. 13 and 14 must say, as far as the record knows it, and what is missing."),
        n("The lawyer who writes the notice."),
        WORK,
        _list(
            lambda source: notice.notice_draft(source.register, source.record, source.provenance),
            ("pdf", "html", "json"),
        ),
        takes=frozenset({"as_at", "subject"}),
        needs=frozenset({"subject"}),
        counted=lambda source: 1,
        whose=_of_record,
        is_document=True,
        about=ACTIVITY,
    ),
    Report(
        "changes",
        n("What changed"),
        n("What was added, changed, retired and removed between two moments, by whom and why."),
        n("The auditor, every year."),
        WORK,
        {
            **_document(lambda source: changes.changes_report(source.changes, source.provenance)),
            **_list(lambda source: changes.changes_list(source.changes, source.provenance), ("csv", "xlsx", "json")),
        },
        takes=SCOPE | {"since"},
        needs=frozenset({"since"}),
        counted=lambda source: len(source.changes.activities),
        is_document=True,
    ),
    Report(
        "gaps",
        n("Gaps"),
        n("What the rules find wanting, the gravest first, with the question an inspector would ask, and the remedy."),
        n("The privacy officer, before somebody else does."),
        WORK,
        _list(lambda source: gaps.gaps_list(source.register, source.whole, source.provenance)),
        takes=SCOPE,
    ),
    Report(
        "where-used",
        n("Where something is used"),
        n(
            "Every activity that depends on a recipient, system, country, safeguard, category or other entry, directly "
            "or by way of another."
        ),
        n("You, on the day that a processor is breached or an adequacy decision falls."),
        WORK,
        _list(lambda source: where_used.where_used_list(source.register, source.subject, source.provenance)),
        takes=SCOPE | {"subject"},
        needs=frozenset({"subject"}),
        whose=lambda source: source.subject.name(source.register),
    ),
    Report(
        "recipients",
        n("Recipients and their contracts"),
        n(
            "Everybody who gets data, what binds them, which points of GDPR Art. 28(3) are settled, and in which "
            "activities they occur; sub-processors also in those that only their processor leads to."
        ),
        n("Procurement and the legal department; the auditor who draws a sample of processors."),
        LISTS,
        _list(lambda source: recipients.recipients_list(source.register, source.provenance)),
        takes=SCOPE,
    ),
    Report(
        "transfers",
        n("Transfers by country and safeguard"),
        n("What goes to which third country on what ground, with the adequacy decisions that held at the moment."),
        n("Whoever answers for transfers, when a decision or a safeguard is in doubt."),
        LISTS,
        _list(lambda source: transfers.transfers_list(source.register, source.provenance)),
        takes=SCOPE,
    ),
    Report(
        "retention",
        n("Retention schedule"),
        n("Every time limit with the data and activities that it is for, and what has none."),
        n("Records management, and whoever configures the erasure."),
        LISTS,
        _list(lambda source: retention.retention_list(source.register, source.provenance)),
        takes=SCOPE,
    ),
    Report(
        "systems",
        n("Systems"),
        n("Where data are processed, who runs it, and which data are there."),
        n("Information security and the IT department."),
        LISTS,
        _list(lambda source: systems.systems_list(source.register, source.provenance)),
        takes=SCOPE,
    ),
    Report(
        "measures",
        n("Security measures"),
        n("What protects the data, in which activities, and which activities name nothing."),
        n("Information security, and the auditor of GDPR Art. 32."),
        LISTS,
        _list(lambda source: measures.measures_list(source.register, source.provenance)),
        takes=SCOPE,
    ),
    Report(
        "audit",
        n("One audit"),
        n(
            "An audit with its plan and scope, its sample and how to draw it again, what was found by which evidence, "
            "what is done about it, and the conclusion."
        ),
        n("Management, the supervisory authority (GDPR Art. 58(1)), and whoever was audited."),
        ASSURANCE,
        _list(
            lambda source: audit.audit_report(source.assurance, source.audit, source.provenance),
            ("pdf", "html", "json"),
        ),
        takes=frozenset({"as_at", "subject"}),
        needs=frozenset({"subject"}),
        counted=lambda source: 1,
        whose=lambda source: source.audit.name,
        is_document=True,
        about=AUDIT,
        seen_with=_SEEN_WITH_AUDITS,
    ),
    Report(
        "findings",
        n("Findings and corrective actions"),
        n("What audits found, the gravest first within each, with what is done about it, by whom and until when."),
        n("Management, and the next auditor, who asks what became of it."),
        ASSURANCE,
        {
            **_list(lambda source: findings.findings_list(source.assurance, source.provenance), ("pdf", "html")),
            **_list(
                lambda source: findings.findings_table(source.assurance, source.provenance), ("csv", "xlsx", "json")
            ),
        },
        takes=frozenset({"as_at", "organisation"}),
        counted=lambda source: findings.count_findings(source.assurance),
        seen_with=_SEEN_WITH_AUDITS,
    ),
    Report(
        "recipient-reviews",
        n("Due diligence by recipient"),
        n("Which processors nobody has examined, and what was examined of whom, when, and what came of it."),
        n("The auditor of GDPR Art. 28(1), and procurement."),
        ASSURANCE,
        _list(
            lambda source: recipient_reviews.recipient_reviews_list(
                source.assurance, source.provenance, is_limited=source.is_limited
            )
        ),
        takes=SCOPE,
        seen_with=("registry.view_recipientreview",),
    ),
    Report(
        "trainings",
        n("Trainings"),
        n("Who was taught what, when and by whom, with the proof, and what is due again."),
        n("The auditor of GDPR Art. 39(1)(b), and the personnel department."),
        ASSURANCE,
        _list(lambda source: trainings.trainings_list(source.assurance, source.provenance)),
        takes=frozenset({"as_at", "organisation"}),
        counted=lambda source: len(source.assurance.trainings),
        seen_with=("registry.view_training",),
    ),
)

_AUTHORITIES = n("The supervisory authority, where it asks for its own form.")


def _layout(name: str, label: str, layout: Layout, *, on_sheets: bool = False) -> Report:
    """Return the report of an authority's own form, for those records that belong in it; for reading as a table, or
    where it has too many columns for a page, as a sheet for each record."""
    builds = _list(
        lambda source: layout_list(layout, source.register, source.provenance), ("xlsx", "csv", "pdf", "html", "json")
    )
    if on_sheets:
        builds |= _document(lambda source: layout_sheets(layout, source.register, source.provenance))
    return Report(
        name,
        label,
        n("The records in the columns and the language of the form."),
        _AUTHORITIES,
        LAYOUTS,
        builds,
        takes=SCOPE,
        counted=lambda source: sum(map(layout.belongs, source.register.activities())),
        is_document=on_sheets,
    )


_REPORTS += (
    _layout("ico-controller", n("ICO, controller (United Kingdom)"), ico.CONTROLLER, on_sheets=True),
    _layout("ico-processor", n("ICO, processor (United Kingdom)"), ico.PROCESSOR),
    _layout("cnil", n("CNIL, list of processing (France)"), others.CNIL),
    _layout("garante-controller", n("Garante, controller (Italy)"), others.GARANTE_CONTROLLER),
    _layout("garante-processor", n("Garante, processor (Italy)"), others.GARANTE_PROCESSOR),
    _layout("dsk", n("DSK, sheet (Germany)"), others.DSK, on_sheets=True),
    _layout("fadp", n("FADP Art. 12 (Switzerland)"), swiss.FADP, on_sheets=True),
    _layout("fadp-processor", n("FADP Art. 12(3), processor (Switzerland)"), swiss.FADP_PROCESSOR),
    _layout("anpd", n("ANPD, simplified model (Brazil)"), others.ANPD, on_sheets=True),
    Report(
        "california",
        n("Disclosure lists (California)"),
        n(
            "What is collected, sold or shared, and disclosed, by the categories of the CCPA, with sources, purposes "
            "and how long."
        ),
        n("Whoever writes the privacy policy for California."),
        LAYOUTS,
        _lists(lambda source: california.disclosure_lists(source.register, source.provenance)),
        takes=SCOPE,
    ),
    Report(
        "notice-at-collection",
        n("Notice at collection (California)"),
        n(
            "What consumers are told when data are collected: the categories of the CCPA, sensitive ones apart, what "
            "for, whether sold or shared, and how long."
        ),
        n("Whoever writes the notice for California."),
        LAYOUTS,
        _lists(lambda source: notice_at_collection.notice_at_collection(source.register, source.provenance)),
        takes=SCOPE,
    ),
)

REPORTS: Mapping[str, Report] = {report.name: report for report in _REPORTS}
