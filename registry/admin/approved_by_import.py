"""What the page of an applied import says of the records that it approved: nobody saw there what was open in them."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from registry.admin.activity_gaps import SHAPES
from registry.models.spreadsheet_import import Import, ImportState
from registry.standing.approvals import approved_in, approved_with_gaps
from registry.standing.refresh import refresh


def approved_unseen(request: HttpRequest, upload: Import) -> dict[str, Any]:
    """Return what the page needs: records approved with critical or serious gaps, and how many wait to be checked.

    Nothing for an import that approved none, that isn't in force, and for whoever may not see activities.
    """
    number = upload.change_set_id
    may_see = request.user.has_perm("registry.view_processingactivity")
    if upload.state != ImportState.APPLIED or number is None or not may_see or not approved_in(number).exists():
        return {}
    unchecked = refresh()
    found = approved_with_gaps(number)
    return {
        "unchecked": unchecked,
        "approved": found if found.records else None,
        "approved_counts": [(one.value, SHAPES[one], count, one.label) for one, count in found.counts],
        "approved_gaps": f"{reverse('admin:gaps')}?{urlencode({'approved_by': number})}",
    }
