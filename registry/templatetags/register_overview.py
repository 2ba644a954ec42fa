"""What the first page asks for."""

from typing import Any

from django import template
from django.http import HttpRequest

from registry.admin.overview import overview

register = template.Library()


@register.simple_tag(takes_context=True)
def register_overview(context: dict[str, Any]) -> dict[str, Any]:
    """Return the register in numbers, and what needs the person who asks."""
    request: HttpRequest = context["request"]
    return overview(request)
