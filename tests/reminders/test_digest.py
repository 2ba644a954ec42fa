import io
from datetime import date
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from registry import models
from registry.reminders import digest
from registry.reminders.digest import letters, send
from registry.versioning.writing import change_set
from tests import factories
from tests.admin.screens import auditor, marketing, officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

TODAY = date(2026, 11, 1)


@pytest.fixture
def _today():
    with time_machine.travel("2026-11-01 12:00 +0000", tick=False):
        yield


@pytest.fixture
def owner():
    owner = factories.user(email="owner@fjord.example")
    organisation = factories.organisation()
    factories.activity(
        organisation, reference="A-1", name="Payroll’s run", next_review_on=date(2026, 10, 1), owner=owner
    )
    factories.activity(organisation, reference="A-2", name="Newsletter", next_review_on=date(2026, 12, 1))
    return owner


def run(**options):
    out = io.StringIO()
    call_command("send_reminders", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def _mail_server(settings):
    settings.EMAIL_HOST = "mail.fjord.example"
    settings.SITE_URL = "https://register.example"


@pytest.mark.usefixtures("_mail_server")
def test_officers_are_told_of_everything_and_owners_of_what_is_theirs(owner):
    officer(email="officer@fjord.example")
    officer(email="")
    officer(email="gone@fjord.example", is_active=False)
    officer(email="let-go@fjord.example", is_staff=False)
    auditor(email="auditor@fjord.example")

    assert run() == "2 letters sent.\n"

    told = {letter.to[0]: (letter.subject, "A-1" in letter.body, "A-2" in letter.body) for letter in mail.outbox}
    assert told == {
        "owner@fjord.example": ("Register: 1 deadline, 1 overdue", True, False),
        "officer@fjord.example": ("Register: 2 deadlines, 1 overdue", True, True),
    }


@pytest.mark.usefixtures("_mail_server")
def test_a_letter_says_what_to_do_and_where(owner):
    run()

    activity = models.ProcessingActivity.objects.get(reference="A-1")
    assert mail.outbox[0].body.splitlines() == [
        "What is overdue or falls due in the register of processing activities:",
        "",
        "Review of a processing activity (1)",
        "Look through the record, correct it, and set the day of the next review.",
        "",
        "- 1 October 2026 (overdue): A-1 Payroll’s run",
        f"  https://register.example/registry/processingactivity/{activity.pk}/change/#section-review",
        "",
        "You are told because you keep the register, review its segments or own one of its activities.",
    ]


@pytest.mark.usefixtures("_mail_server")
def test_the_marketing_team_is_told_of_segments_and_consents_whoever_owns_them(owner):
    newsletter, payroll = (models.ProcessingActivity.objects.get(reference=reference) for reference in ("A-2", "A-1"))
    day = date(2026, 11, 5)
    factories.make(models.Segment, activity=newsletter, name="Subscribers", next_review_on=day)
    factories.make(models.ConsentMechanism, activity=payroll, name="Photo", valid_until=day)
    marketing(email="mia@fjord.example")

    run()

    (body,) = [letter.body for letter in mail.outbox if letter.to == ["mia@fjord.example"]]
    assert [line for line in body.splitlines() if line.startswith("- ")] == [
        "- 5 November 2026: A-2 Subscribers",
        "- 5 November 2026: A-1 Photo",
    ]


@pytest.mark.usefixtures("_mail_server")
def test_nobody_is_written_to_twice_on_a_day(owner):
    run()
    (second,) = [run()]

    assert (second, len(mail.outbox)) == ("0 letters sent.\n", 1)
    with time_machine.travel("2026-11-02 12:00 +0000", tick=False):
        assert run() == "1 letter sent.\n"


def test_another_process_that_was_quicker_leaves_nothing_to_send(owner):
    (letter,) = letters(TODAY, date(2026, 12, 31))

    assert (send(letter, TODAY), send(letter, TODAY), len(mail.outbox)) == (True, False, 1)


def test_without_a_mail_server_nothing_is_sent_and_it_says_so(owner):
    assert run() == "No mail server is set (EMAIL_HOST), so nothing was sent. --dry-run shows the letters.\n"
    assert (mail.outbox, models.ReminderSent.objects.count()) == ([], 0)


def test_a_dry_run_shows_the_letters_and_sends_none(owner):
    shown = run(dry_run=True)

    assert "To: owner@fjord.example\nSubject: Register: 1 deadline, 1 overdue\n" in shown
    assert "  https://" not in shown
    assert (mail.outbox, models.ReminderSent.objects.count()) == ([], 0)


@pytest.mark.usefixtures("_mail_server")
def test_a_letter_that_cannot_be_sent_is_named_and_tried_again(owner, monkeypatch):
    officer(email="officer@fjord.example")
    hand_over = EmailMessage.send

    def refuse(self, *arguments):
        if self.to == ["owner@fjord.example"]:
            raise SMTPServerDisconnected("Connection unexpectedly closed")
        return hand_over(self, *arguments)

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with pytest.raises(CommandError, match=r"tried again by the next run: owner@fjord\.example: Connection"):
        run()
    assert [letter.to for letter in mail.outbox] == [["officer@fjord.example"]]

    monkeypatch.undo()
    assert [letter.user for letter in letters(TODAY, date(2026, 12, 31))] == [owner]


def test_a_long_list_is_counted_at_its_end(owner, monkeypatch):
    monkeypatch.setattr(digest, "MOST", 1)
    officer(email="officer@fjord.example")

    bodies = [letter.body for letter in letters(TODAY, date(2026, 12, 31))]

    assert [body.count("- and 1 more") for body in bodies] == [0, 1]


def test_a_period_that_makes_no_sense_is_refused():
    with pytest.raises(CommandError, match=r"--days is -1\. Accepted: 0 to 1100\."):
        run(days=-1)


@pytest.mark.usefixtures("_mail_server")
def test_a_mail_server_that_does_not_answer_is_met_before_the_note_is_begun(owner, monkeypatch):
    begun = []

    def silent(self):
        raise TimeoutError("timed out")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", silent)
    monkeypatch.setattr(models.ReminderSent.objects, "get_or_create", lambda **columns: begun.append(columns))

    with pytest.raises(CommandError, match="timed out"):
        run()

    assert begun == []


@pytest.mark.usefixtures("_mail_server")
def test_an_address_that_is_none_keeps_nobody_else_from_being_told(owner):
    type(owner).objects.filter(pk=owner.pk).update(email="a@fjord.example\nBcc: b@fjord.example")
    officer(email="officer@fjord.example")

    with pytest.raises(CommandError, match="Not sent"):
        run()

    assert [letter.to for letter in mail.outbox] == [["officer@fjord.example"]]


@pytest.mark.usefixtures("_mail_server")
def test_a_name_with_line_breaks_adds_no_lines_to_a_letter(owner):
    with change_set():
        activity = models.ProcessingActivity.objects.get(owner=owner)
        activity.name = "Payroll\r\nBcc: elsewhere\u2028END"
        activity.save()

    run()

    assert [line for line in mail.outbox[0].body.splitlines() if line.startswith(("Bcc", "END"))] == []
