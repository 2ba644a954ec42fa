"""What Django 5.2 does not do itself: two policies in headers of responses, and the refusal of odd addresses."""

from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

GetResponse = Callable[[HttpRequest], HttpResponse]
Policy = Mapping[str, Iterable[str] | bool | None]


def build_policy(policy: Policy) -> str:
    """Return the header's value for a policy in the shape of Django 6's SECURE_CSP setting.

    A directive maps to its sources (one string counts as one source) or to True if it has none; False, None and an
    empty list leave the directive out.
    """
    directives = []
    for name, sources in policy.items():
        if sources is True:
            directives.append(name)
        elif sources:
            listed = [sources] if isinstance(sources, str) else list(sources)
            directives.append(" ".join([name, *listed]))
    return "; ".join(directives)


class ContentSecurityPolicyMiddleware:
    """Sends SECURE_CSP with every response, where Django has no middleware of its own for it (before 6.0)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.value = build_policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response with the policy, unless a view has set one already."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.value)
        return response


class PermissionsPolicyMiddleware:
    """Sends PERMISSIONS_POLICY with every response: which of the browser's devices and features pages may use."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response with the policy, unless a view has set one already."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class NullCharacterMiddleware:
    """Refuses addresses with a null character, which PostgreSQL takes in no text and no person types."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; 400 where the path or the query has a null character."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("An address can't have a null character.", content_type="text/plain")
        return self.get_response(request)
