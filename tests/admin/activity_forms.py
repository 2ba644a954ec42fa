"""What a browser would send back from the form of an activity: everything that it shows, with a few changes."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

ADD = "admin:registry_processingactivity_add"
CHANGE = "admin:registry_processingactivity_change"
LIST = "admin:registry_processingactivity_changelist"


def shown_data(response: HttpResponse, **changes: Any) -> dict[str, Any]:
    """Return the values of all inputs on the page, changed as told (``__`` in a name stands for ``-``)."""
    data: dict[str, Any] = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is True:
                data[bound.html_name] = "on"
            elif value is not None and value is not False:
                data[bound.html_name] = value.isoformat() if isinstance(value, date) else str(value)
    data.update(hidden_data(response))
    data.update({name.replace("__", "-"): value for name, value in changes.items()})
    return {name: value for name, value in data.items() if value is not None}


def hidden_data(response: HttpResponse) -> dict[str, Any]:
    """Return the inputs that say which version the form shows, and what is to be decided."""
    data: dict[str, Any] = {"loaded_version": response.context.get("loaded_version")}
    conflict = response.context.get("conflict")
    if conflict is not None:
        first = "" if conflict.first is None else str(conflict.first)
        data |= {"conflict_from": first, "conflict_open": [item.key for item in conflict.clashes]}
    return data


def save(client: Client, activity: Any, **changes: Any) -> HttpResponse:
    """Open the form of ``activity``, change something, and save."""
    address = reverse(CHANGE, args=[activity.pk])
    return client.post(address, shown_data(client.get(address), **changes))


def add(client: Client, **changes: Any) -> HttpResponse:
    """Open the form of a new activity, fill something in, and save."""
    return client.post(reverse(ADD), shown_data(client.get(reverse(ADD)), **changes))


def new_row(relation: str, place: int, **values: Any) -> dict[str, Any]:
    """Return the inputs of a row that was added at ``place`` (as many rows as that exist before it)."""
    return {
        f"{relation}-TOTAL_FORMS": str(place + 1),
        **{f"{relation}-{place}-{name}": value for name, value in values.items()},
    }
