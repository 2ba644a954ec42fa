"""What a person fills in for one report: only what makes a difference to it."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.admin.moments import MomentField
from registry.models import Organisation, ProcessingActivity
from registry.record.loader import load_register, newest
from registry.reports.catalogue import Report
from registry.reports.subjects import ACTIVITY, AUDIT, Subject, audits, subjects


class ReportForm(forms.Form):
    """The parameters of a report, as far as it takes them."""

    subject = forms.CharField(label=_("What it is about"))
    since = MomentField(label=_("Since"), help_text=_("The earlier moment, with which the register is compared."))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.filter(is_own=True).order_by("name"),
        required=False,
        empty_label=_("All organisations"),
    )
    as_at = MomentField(
        label=_("As at"),
        required=False,
        help_text=_("Leave empty for the register as it is now. A past moment gives the register as it was then."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=_("Of headings and fixed words. What was entered stays as it was entered."),
    )

    about = ""
    """What the report is about, where the address has said it already."""

    def __init__(self, report: Report, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.report = report
        languages = [(code, get_language_info(code)["name_local"]) for code, _name in offered_languages()]
        for name in ("subject", "since", "organisation", "as_at"):
            if name not in report.takes:
                del self.fields[name]
            elif name in self.fields:
                self.fields[name].required = name in report.needs
        if len(languages) < 2:
            del self.fields["language"]
        else:
            self.fields["language"].choices = languages
            self.fields["language"].initial = (get_language() or "en").split("-")[0]
        if "subject" in self.fields:
            self._offer_subjects()

    def _offer_subjects(self) -> None:
        field = self.fields["subject"]
        if self.report.is_about_activity:
            asked = str(self.data.get("subject") or self.initial.get("subject") or "")
            known = Subject.read(asked).pk if asked.startswith(f"{ACTIVITY}:") else 0
            if activity := ProcessingActivity.objects.filter(pk=known).first():
                self.about = str(activity)
                field.widget = forms.HiddenInput()
            field.label = _t("Reference of the activity")
            field.help_text = _t("As the list of activities shows it, such as PA-0042.")
            return
        choose = ("", _t("Choose one …"))
        if self.report.about == AUDIT:
            found = audits(load_register())
            field.label = _t("Audit")
            field.widget = forms.Select(choices=[choose, *found])
            if not found:
                field.help_text = _t("There is no audit yet. Add one first, under “Audits”.")
            return
        field.widget = forms.Select(choices=[choose, *subjects(load_register())])

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, with the subject as the report wants it.

        An activity is named by the reference that it had at the moment; an address may name it by its key too.
        """
        values: dict[str, Any] = super().clean() or {}
        text: str = values.get("subject", "").strip()
        if self.report.is_about_activity and text and "as_at" in values and not text.startswith(f"{ACTIVITY}:"):
            try:
                values["subject"] = str(_activity(text, values["as_at"]))
            except forms.ValidationError as error:
                self.add_error("subject", error)
        return values

    def parameters(self) -> dict[str, Any]:
        """Return what was filled in, as parameters of a report."""
        values = {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}
        if "organisation" in values:
            values["organisation"] = values["organisation"].pk
        return values


def offered_languages() -> list[tuple[str, str]]:
    """Return the languages that reports can be had in: those that the project names itself, English else."""
    if settings.is_overridden("LANGUAGES"):
        return [(str(code), str(name)) for code, name in settings.LANGUAGES]
    return [("en", "English")]


def _activity(reference: str, as_at: datetime | None) -> Subject:
    """Return the activity that had this reference at the moment. Raises ValidationError for none, and for several."""
    register = load_register(as_at=as_at)
    there = newest(ProcessingActivity, register.change_set).filter(reference__iexact=reference)
    found = list(there.values_list("id", "organisation_id"))
    if not found:
        said = _t("There is no activity with the reference “%(text)s”. The list of activities shows them all.")
        if as_at:
            said = _t("There was no activity with the reference “%(text)s” at that moment. Choose another one.")
        raise forms.ValidationError(said % {"text": reference})
    if len(found) > 1:
        names = ", ".join(sorted(register.organisations[owner].name for _pk, owner in found))
        said = _t("Several organisations have an activity “%(text)s”: %(names)s. Take the report from its page.")
        raise forms.ValidationError(said % {"text": reference, "names": names})
    return Subject(ACTIVITY, str(found[0][0]))
