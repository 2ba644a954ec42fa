"""What the page of one activity shows, put in order for its template: sections with their facts, rows and state."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.helpers import AdminForm, Fieldset, InlineAdminForm, InlineAdminFormSet
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry.admin.activity_form import REASON_DUE, TO_BE_SEEN
from registry.admin.activity_gaps import NOTHING_FOUND, FoundIn, ShownGap
from registry.admin.activity_inlines import split_columns
from registry.admin.conflict_panel import IN_CONFLICT
from registry.admin.typed import FORMERLY
from registry.compliance.section_state import SectionState
from registry.models import ProcessingActivity
from registry.record.activity import ActivityRecord
from registry.record.definition import Fact, Kind, facts
from registry.record.sections import FORM, Section
from registry.reference.activity import ActivityStatus
from registry.reference.answers import Answer
from registry.versioning.account import name_of

STATES = {
    SectionState.COMPLETE: ("●", _("complete")),
    SectionState.GAP: ("▲", _("gap")),
    SectionState.NOT_ANSWERED: ("○", _("not answered")),
    SectionState.NOT_ASKED: ("–", _("not asked of this record")),
}
"""State of a section → its shape and its word."""

_WIDE = frozenset({Kind.PROSE})


@dataclass(frozen=True)
class ShownFact:
    """A fact with its input, or with its value where the person may only read."""

    fact: Fact
    field: Any

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width."""
        return self.fact.kind in _WIDE or self.fact.main

    @property
    def contents(self) -> Any:
        """The value where the person may only read; an account by its name, as few may open the accounts."""
        if self.fact.kind is Kind.ACCOUNT:
            account = getattr(self.field.form.instance, self.fact.key)
            return "–" if account is None else name_of(account)
        return self.field.contents()

    @property
    def errors(self) -> Any:
        """What is wrong with the input."""
        return () if self.field.is_readonly else self.field.field.errors

    @property
    def is_group(self) -> bool:
        """Whether the input is several, which a legend names."""
        return not self.field.is_readonly and bool(self.field.field.field.widget.use_fieldset)

    @property
    def stated(self) -> bool:
        """Whether it holds something."""
        if self.field.is_readonly:
            value = getattr(self.field.form.instance, self.fact.key, None)
        else:
            value = self.field.field.value()
        return value not in (None, "", False, Answer.NOT_ASSESSED)


@dataclass(frozen=True)
class ShownRow:
    """A row: the facts in sight, those behind, and what belongs to the form set."""

    row: InlineAdminForm
    prefix: str
    in_sight: list[ShownFact]
    behind: list[ShownFact]
    is_template: bool

    @property
    def is_open(self) -> bool:
        """Whether something behind is wrong, and must be seen."""
        return any(fact.errors for fact in self.behind)

    @property
    def more(self) -> str:
        """What the opener says: how much there is behind it."""
        stated = 0 if self.is_template else sum(fact.stated for fact in self.behind)
        if not stated:
            return _t("More")
        return ngettext("More (%(count)d stated)", "More (%(count)d stated)", stated) % {"count": stated}

    @property
    def hidden(self) -> list[Any]:
        """The inputs that nobody sees."""
        return [self.row.form[name] for name in ("position", FORMERLY) if name in self.row.form.fields]


@dataclass(frozen=True)
class ShownTable:
    """A list of rows within a section."""

    fact: Fact
    formset: InlineAdminFormSet
    columns: list[Fact]
    rows: list[ShownRow]
    needs_saving: list[Fact]
    """Facts that can be stated only once the record exists."""

    @property
    def script_options(self) -> str:
        """What Django's script needs to add rows, with words that say to which list."""
        data = json.loads(self.formset.inline_formset_data())
        data["options"]["addText"] = _t("Add to “%(list)s”") % {"list": self.fact.title}
        return json.dumps(data)

    @property
    def count(self) -> int:
        """How many rows there are, the template for new ones not counted."""
        return sum(not row.is_template for row in self.rows)


@dataclass(frozen=True)
class ShownSection:
    """A section of the page."""

    section: Section
    number: int
    answered: SectionState
    facts: list[ShownFact]
    tables: list[ShownTable]
    gaps: list[ShownGap]
    of_organisation: list[ShownGap]
    """Gaps of the organisation as a whole, where the section names it. They are none of the record's."""
    of_systems: list[ShownGap]
    """Gaps of the systems, where the section lists these. They are none of the record's either."""

    @property
    def state(self) -> str:
        """The state as style sheets call it."""
        return self.answered.value.replace("_", "-")

    @property
    def shape(self) -> str:
        """The state as a shape."""
        return STATES[self.answered][0]

    @property
    def word(self) -> Any:
        """The state as a word."""
        return STATES[self.answered][1]

    @property
    def has_errors(self) -> bool:
        """Whether something in it is wrong."""
        wrong = any(fact.errors for fact in self.facts)
        return wrong or any(
            table.formset.formset.is_bound and table.formset.formset.total_error_count() for table in self.tables
        )


def fieldsets() -> list[tuple[str, dict[str, Any]]]:
    """Return Django's fieldsets for the form: the plain facts of each section that has any."""
    return [(section.title, {"fields": plain_keys(section)}) for section in FORM if plain_keys(section)]


def plain_keys(section: Section) -> list[str]:
    """Return the facts of a section that are not lists of rows."""
    return [key for key in section.keys if facts(ActivityRecord)[key].kind is not Kind.ROWS]


def show_sections(
    adminform: AdminForm,
    formsets: Iterable[InlineAdminFormSet],
    stored: Any,
    found: FoundIn = NOTHING_FOUND,
) -> list[ShownSection]:
    """Return all sections in their order; ``stored`` is the saved activity, or None for a new one.

    What was ``found`` in the saved activity stands in the section of its fact, what was found in the organisation as a
    whole or in the systems where these are named. Nothing in a new activity is answered.
    """
    by_fact = {inline.opts.fact.key: inline for inline in formsets}
    sets = iter(adminform)
    shown = []
    for number, section in enumerate(FORM, start=1):
        plain = _facts_of(next(sets), facts(ActivityRecord)) if plain_keys(section) else []
        tables = [_show_table(by_fact[key], stored) for key in section.keys if key in by_fact]
        here = [gap for gap in found.gaps if gap.gap.rule.fact in section.keys]
        state = found.states.get(section.key, SectionState.NOT_ANSWERED)
        whole = found.of_organisation if "organisation" in section.keys else []
        used = found.of_systems if "systems" in section.keys else []
        shown.append(ShownSection(section, number, state, plain, tables, here, whole, used))
    return shown


def _facts_of(fieldset: Fieldset, declared: Any) -> list[ShownFact]:
    shown = []
    for line in fieldset:
        for field in line:
            name = field.field["name"] if field.is_readonly else field.field.name
            if name in declared:
                shown.append(ShownFact(declared[name], field))
    return shown


def _show_table(inline: InlineAdminFormSet, stored: Any) -> ShownTable:
    fact = inline.opts.fact
    declared = facts(fact.row)
    forms_of_rows = list(inline)
    rows = []
    for place, row in enumerate(forms_of_rows):
        is_template = inline.has_add_permission and place == len(forms_of_rows) - 1
        in_sight, behind = (_facts_of(fieldset, declared) for fieldset in row)
        prefix = f"{inline.formset.prefix}-{'empty' if is_template else place}"
        rows.append(ShownRow(row, prefix, in_sight, behind, is_template))
    siblings = [some for some in declared.values() if some.kind is Kind.SIBLING]
    columns = [some for some in split_columns(fact.row)[0] if stored is not None or some.kind is not Kind.SIBLING]
    return ShownTable(fact, inline, columns, rows, siblings if stored is None else [])


def error_links(form: forms.ModelForm, formsets: Iterable[InlineAdminFormSet]) -> Iterator[tuple[str, str]]:
    """Yield (id of the element, sentence) for everything that is wrong on the page, from top to bottom."""
    yield from _links(form, "")
    for inline in formsets:
        label = inline.opts.fact.title
        for message in inline.formset.non_form_errors():
            yield f"{inline.formset.prefix}-group", f"{label}: {message}"
        for number, row in enumerate(inline.formset.forms, start=1):
            yield from _links(row, f"{label}, {_t('row')} {number}: ", f"{inline.formset.prefix}-{number - 1}")


def _links(form: Any, before: str, anchor: str = "content-start") -> Iterator[tuple[str, str]]:
    for name, errors in form.errors.as_data().items():
        for error in errors:
            if error.code in (IN_CONFLICT, TO_BE_SEEN):
                continue  # each has a panel of its own
            sentence = " ".join(map(str, error.messages))
            if name == NON_FIELD_ERRORS:
                yield ("id_change_reason" if error.code == REASON_DUE else anchor), before + sentence
            else:
                yield form[name].auto_id, f"{before}{form[name].label}: {sentence}"


def is_approved(stored: ProcessingActivity | None) -> bool:
    """Return whether a change of the stored record asks for a reason."""
    return stored is not None and stored.status == ActivityStatus.APPROVED
