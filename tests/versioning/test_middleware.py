import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import RequestFactory

from registry import models
from registry.versioning.errors import OutsideChangeSet
from registry.versioning.middleware import ChangeSetMiddleware
from tests import factories

pytestmark = pytest.mark.django_db


def pass_through(view, method="post", user=None, **data):
    request = getattr(RequestFactory(), method)("/", data)
    request.user = user or AnonymousUser()
    middleware = ChangeSetMiddleware(lambda request: HttpResponse("answered"))
    return middleware.process_view(request, view, (), {}), middleware(request)


def creates(request, status=200):
    models.Organisation.objects.create(name="One")
    return HttpResponse(status=status)


def test_an_unsafe_request_is_one_change_set_of_its_user_with_the_reason_given():
    user = factories.user(username="ann")

    response, _ = pass_through(creates, user=user, change_reason="  because  ")

    header = models.ChangeSet.objects.get()
    assert response.status_code == 200
    assert (header.actor, header.channel, header.reason) == (user, "screen", "because")


def test_a_safe_request_opens_none():
    response, answer = pass_through(creates, method="get")

    assert (response, answer.content) == (None, b"answered")
    with pytest.raises(OutsideChangeSet):
        creates(None)


def test_a_view_that_opens_its_own_is_left_alone():
    def view(request):
        raise AssertionError("not called here")

    view.opens_own_change_set = True

    assert pass_through(view)[0] is None


@pytest.mark.django_db(transaction=True)
def test_a_server_error_undoes_the_change():
    response, _ = pass_through(lambda request: creates(request, status=500))

    assert response.status_code == 500
    assert models.Organisation.objects.count() == models.ChangeSet.objects.count() == 0


def test_without_an_account_the_system_is_the_author():
    pass_through(creates)

    header = models.ChangeSet.objects.get()
    assert (header.actor, header.actor_name) == (None, "system")


def test_a_reason_holds_no_character_that_a_database_refuses():
    pass_through(creates, change_reason="be\x00cause")

    assert models.ChangeSet.objects.get().reason == "because"


@pytest.mark.django_db(transaction=True)
def test_a_view_that_another_request_has_forestalled_is_asked_once_more():
    asked = []

    def view(request):
        asked.append(request)
        if len(asked) == 1:
            models.Organisation.objects.create(name="Undone with the first try")
            raise IntegrityError("UNIQUE constraint failed")
        return HttpResponse("It is there already.")

    response, _ = pass_through(view)

    assert (response.content, len(asked)) == (b"It is there already.", 2)
    assert models.Organisation.objects.count() == models.ChangeSet.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_the_database_refuses_twice_is_an_error():
    def view(request):
        raise IntegrityError("UNIQUE constraint failed")

    with pytest.raises(IntegrityError):
        pass_through(view)
