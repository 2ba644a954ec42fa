"""The form of an activity's own facts: what may be chosen, who may write what, and when a reason is due."""

from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t

from registry.admin.base import RegistryForm
from registry.models import Organisation, OrganisationUnit
from registry.reference.activity import ActivityStatus
from registry.versioning.middleware import REASON_FIELD

TO_BE_SEEN = "to-be-seen"
"""The code of the error for a form that would approve what the person hasn't seen to be open."""

REASON_DUE = "reason-due"
"""The code of the error for a change of an approved record without a reason."""


class ActivityForm(RegistryForm):
    """An activity without its rows."""

    what_is_open: Any = None
    """What has to be seen before it is approved: the form is then shown again, and not saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "organisation" in self.fields:
            self._offer_organisations()
        if "unit" in self.fields:
            self._offer_units()

    def _offer_organisations(self) -> None:
        """Offer those whose register is kept, and whichever the record has; the only one is chosen already, and where
        there is none the way to add it is shown."""
        offered = Organisation.objects.filter(is_own=True) | Organisation.objects.filter(
            pk=self.instance.organisation_id
        )
        own = list(offered.order_by("name").values_list("pk", "name"))
        field = self.fields["organisation"]
        field.queryset = offered  # type: ignore[attr-defined]
        field.choices = [*([] if len(own) == 1 else [("", "–")]), *own]  # type: ignore[attr-defined]
        if len(own) == 1:
            field.initial = own[0][0]
        elif not own:
            way = (reverse("admin:registry_organisation_add"), _t("Add it first"))
            said = _t("There is no organisation of your own yet.")
            field.help_text = format_html('{} <a href="{}">{}</a>', said, *way)

    def _offer_units(self) -> None:
        """Offer the units of the record's organisation; where it has none yet, those of all, under their names."""
        units = OrganisationUnit.objects.select_related("organisation").order_by("organisation__name", "name")
        if self.instance.organisation_id:
            units = units.filter(organisation=self.instance.organisation_id)
        else:
            units = units.filter(organisation__is_own=True)
        groups = [
            (name, [(unit.pk, unit.name) for unit in some])
            for name, some in groupby(units, key=lambda unit: unit.organisation.name)
        ]
        options: list[Any] = groups if len(groups) > 1 else [option for _name, some in groups for option in some]
        self.fields["unit"].choices = [("", "–"), *options]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a change to what was approved. What was typed stays in the form."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        approved = self.instance.pk is not None and self.instance.status == ActivityStatus.APPROVED
        if approved and not self.data.get(REASON_FIELD, "").strip():
            raise ValidationError(
                _t("This record is approved. Say in “Reason for the change” why it is changed."), code=REASON_DUE
            )
        if self.what_is_open is not None:
            raise ValidationError(_t("Nothing was saved: look first at what is open."), code=TO_BE_SEEN)
        return cleaned


class SegmentedChoice(forms.RadioSelect):
    """A few answers side by side, all in sight."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(attrs={"class": "segmented"}, **kwargs)
