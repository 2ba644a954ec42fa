"""A filter by a long closed list, such as that of the countries, which offers what the rows really hold."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ChoicesFieldListFilter
from django.contrib.admin.views.main import ChangeList


class UsedValuesFilter(ChoicesFieldListFilter):
    """Offers those values of the list that some row has: one query more."""

    def __init__(self, field: Any, request: Any, params: Any, model: Any, model_admin: Any, field_path: str) -> None:
        super().__init__(field, request, params, model, model_admin, field_path)
        rows = model_admin.get_queryset(request).order_by()
        self.used = set(rows.values_list(field_path, flat=True).distinct()) - {""}

    def has_output(self) -> bool:
        """Return whether there is anything to choose."""
        return bool(self.used)

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Yield the choice of all, then those that are used, in the order of the list."""
        everything, *rest = super().choices(changelist)
        yield everything
        for choice, (value, _) in zip(rest, self.field.flatchoices, strict=True):
            if value in self.used or choice["selected"]:
                yield choice
