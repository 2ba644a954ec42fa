"""What a person fills in for one report: only what makes a difference to it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from registry.admin.moments import MomentField
from registry.models import Organisation, ProcessingActivity
from registry.record.loader import load_register
from registry.reports.catalogue import Report
from registry.reports.subjects import ACTIVITY, Subject, subjects


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
        field.widget = forms.Select(choices=[("", _t("Choose one …")), *subjects(load_register())])

    def clean_subject(self) -> str:
        """Return the subject; an activity is named by its reference, in the organisation that is chosen if it matters.

        An address may name it by its key too.
        """
        text: str = self.cleaned_data["subject"].strip()
        if not self.report.is_about_activity or text.startswith(f"{ACTIVITY}:"):
            return text
        found = list(ProcessingActivity.objects.filter(reference__iexact=text).values_list("pk", "organisation__name"))
        if not found:
            raise forms.ValidationError(_t("There is no activity with the reference “%(text)s”.") % {"text": text})
        if len(found) > 1:
            names = ", ".join(name for _pk, name in found)
            said = _t("Several organisations have an activity “%(text)s”: %(names)s. Take the report from its page.")
            raise forms.ValidationError(said % {"text": text, "names": names})
        return str(Subject(ACTIVITY, str(found[0][0])))

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
