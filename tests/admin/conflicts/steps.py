"""What two people do to one record, and what the page then says."""

from django.urls import reverse

from registry.versioning.change_set import Channel
from registry.versioning.writing import change_set
from tests.admin import activity_forms as forms

OUTCOMES = ("clashes", "lost", "theirs", "mine", "alike")


def opened(client, thing):
    """The form of something, as it stands in a browser."""
    return client.get(reverse(f"admin:registry_{thing._meta.model_name}_change", args=[thing.pk]))


def send(client, shown, **typed):
    """What the server answers when the form is sent that ``shown`` shows, with something typed into it."""
    address = shown.context.get("form_url") or shown.request["PATH_INFO"]
    return client.post(address, forms.shown_data(shown, **typed))


def meanwhile(bo, change, reason="meanwhile"):
    with change_set(actor=bo, channel=Channel.SCREEN, reason=reason):
        change()


def told(answer):
    """What the page says about each thing: the label with what it was, is, and is typed."""
    conflict = answer.context["conflict"]
    return {
        outcome: [(item.label, item.before, item.theirs, item.mine) for item in getattr(conflict, outcome)]
        for outcome in OUTCOMES
        if getattr(conflict, outcome)
    }


def choose(**chosen):
    return {f"conflict__{key}": choice for key, choice in chosen.items()}


def texts(activity):
    return list(activity.purposes.values_list("text", flat=True))


def row_number(answer, relation, **values):
    """Where the row with these values stands in the form that is shown."""
    formset = next(one.formset for one in answer.context["inline_admin_formsets"] if one.formset.prefix == relation)
    return next(
        index
        for index, form in enumerate(formset.forms)
        if all(form[name].value() == value for name, value in values.items())
    )
