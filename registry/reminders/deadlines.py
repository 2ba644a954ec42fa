"""What runs out or falls due: dates of records, contracts and decisions, each found by the query of its kind."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry import models
from registry.compliance.consequence_texts import worded
from registry.reference import adequacy
from registry.reference.activity import ActivityStatus
from registry.reference.lawful_basis import Regime
from registry.reference.safeguards import SAFEGUARDS, SafeguardKind

AHEAD = 60
"""How many days ahead a deadline is told of, where nobody chose otherwise."""

FARTHEST = 1100
"""How many days ahead can be asked for: some three years."""


SEEING_RECORDS = ("registry.view_processingactivity", "registry.change_processingactivity")
"""Permissions of which one is enough to see the records."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which somebody has to act.

    ``kind`` is the key of its kind, ``name`` what it is about in the register's own words. ``model`` and ``pk`` name
    the object to open, ``section`` the part of an activity's form and ``row`` the row in it; ``pk`` is None where a
    list is to be opened, that of the activities with transfers to the country ``narrowed``.
    """

    day: date
    kind: str
    name: str
    model: str
    pk: int | None
    section: str = ""
    row: int | None = None
    narrowed: str = ""

    def is_overdue(self, on: date) -> bool:
        """Return whether the day has passed."""
        return self.day < on


@dataclass(frozen=True)
class DeadlineKind:
    """A kind of deadline: its key, what it is called, what to do about it, and how the deadlines are found.

    ``of_owner`` says whether the owner of an activity answers for it; all others are for the privacy officers alone.
    ``seen_with`` is the permission that shows it to those who don't see the records; empty where none does.
    """

    key: str
    label: str | Promise
    remedy: str | Promise
    find: Callable[[date, Any], Iterator[Deadline]]
    count: Callable[[date, Any], int]
    of_owner: bool = False
    seen_with: str = ""


def deadlines(
    until: date,
    *,
    owner: Any = None,
    of_everybody: Collection[str] = (),
    kinds: "Collection[DeadlineKind] | None" = None,
) -> list[Deadline]:
    """Return everything that is overdue or falls due up to ``until``, the earliest first; one query a kind.

    With ``owner``, only what the owner of an activity answers for, of the activities that are theirs; of the kinds
    ``of_everybody`` also what others own. With ``kinds``, only these.
    """
    asked = [kind for kind in _kinds(owner) if kinds is None or kind in kinds]
    found = [one for kind in asked for one in kind.find(until, None if kind.key in of_everybody else owner)]
    return sorted(found, key=lambda one: (one.day, one.kind, one.name.casefold(), one.pk or 0, one.row or 0))


def counts(until: date, *, owner: Any = None, but: Collection[str] = ()) -> dict[str, int]:
    """Return by kind, but for those named, how many deadlines there are up to ``until``; one query a kind."""
    return {kind.key: kind.count(until, owner) for kind in _kinds(owner) if kind.key not in but}


def admits(user: Any) -> bool:
    """Return whether the register lets the person in at all, whatever they may see of it."""
    return bool(user.is_active and user.is_staff)


def kinds_for(user: Any) -> "tuple[DeadlineKind, ...]":
    """Return the kinds that the person may see: all with the records, else those of what they see by itself."""
    if any(map(user.has_perm, SEEING_RECORDS)):
        return KINDS
    return tuple(kind for kind in KINDS if kind.seen_with and user.has_perm(kind.seen_with))


def by_kind(found: list[Deadline]) -> dict[str, int]:
    """Return how many of these deadlines are of each kind, every kind named."""
    tally = Counter(one.kind for one in found)
    return {kind.key: tally[kind.key] for kind in KINDS}


def horizon(days: int = AHEAD) -> date:
    """Return the last day that lies ``days`` ahead of today, in the time zone of the site."""
    return timezone.localdate() + timedelta(days=days)


def _kinds(owner: Any) -> list[DeadlineKind]:
    return [kind for kind in KINDS if owner is None or kind.of_owner]


def _dated(
    key: str,
    label: Any,
    remedy: Any,
    rows: Callable[[date, Any], "QuerySet[Any]"],
    day: str,
    names: tuple[str, ...],
    *,
    model: str,
    pk: str = "pk",
    section: str = "",
    of_owner: bool = False,
    seen_with: str = "",
) -> DeadlineKind:
    """Return the kind of deadline that is a date in a column: ``names`` are the columns that say what it is about.

    ``pk`` is the column with the key of the object to open; where that isn't the row's own, the row is told too.
    """

    def find(until: date, owner: Any) -> Iterator[Deadline]:
        for on, subject, own, *said in rows(until, owner).values_list(day, pk, "pk", *names):
            row = None if pk == "pk" else own
            yield Deadline(on, key, " ".join(filter(None, said)), model, subject, section, row)

    return DeadlineKind(key, label, remedy, find, lambda until, owner: rows(until, owner).count(), of_owner, seen_with)


def _reviews(until: date, owner: Any) -> "QuerySet[Any]":
    found = models.ProcessingActivity.objects.filter(next_review_on__lte=until, organisation__is_own=True)
    found = found.exclude(status=ActivityStatus.RETIRED).order_by()
    return found if owner is None else found.filter(owner=owner)


def _contracts(until: date, _owner: Any) -> "QuerySet[Any]":
    return models.Recipient.objects.filter(contract_ends_on__lte=until, retired_on=None).order_by()


def _rows_of_activities(model: Any, column: str) -> Callable[[date, Any], "QuerySet[Any]"]:
    """Return the query for rows of activities in use whose day in ``column`` comes up to then."""

    def rows(until: date, owner: Any) -> "QuerySet[Any]":
        activities = models.ProcessingActivity.objects.filter(pk=OuterRef("activity"), organisation__is_own=True)
        activities = activities.exclude(status=ActivityStatus.RETIRED)
        if owner is not None:
            activities = activities.filter(owner=owner)
        # asked row by row, since those that are due are few beside the activities
        found: QuerySet[Any] = model.objects.filter(Exists(activities), **{f"{column}__lte": until}).order_by()
        return found

    return rows


def _documents(until: date, _owner: Any) -> "QuerySet[Any]":
    return models.Document.objects.filter(valid_until__lte=until, retired_on=None).order_by()


def _audits(until: date, _owner: Any) -> "QuerySet[Any]":
    planned: QuerySet[Any] = models.Audit.objects.filter(planned_on__lte=until, started_on=None, completed_on=None)
    return planned.order_by()


def _actions(until: date, _owner: Any) -> "QuerySet[Any]":
    return models.CorrectiveAction.objects.filter(due_on__lte=until, done_on=None).order_by()


def _recipient_reviews(until: date, _owner: Any) -> "QuerySet[Any]":
    """Return those reviews of recipients in use after which none followed and the next is due."""
    later = models.RecipientReview.objects.filter(
        recipient=OuterRef("recipient"), reviewed_on__gt=OuterRef("reviewed_on")
    )
    due = models.RecipientReview.objects.filter(next_review_on__lte=until, recipient__retired_on=None)
    return due.exclude(Exists(later)).order_by()


def _trainings(until: date, _owner: Any) -> "QuerySet[Any]":
    """Return those trainings that are due, again or at all, and after which none on the same topic was held."""
    later = models.Training.objects.filter(
        Q(held_on__gt=OuterRef("held_on")) | Q(held_on__isnull=False) & Q(pk__gt=OuterRef("pk")),
        name__iexact=OuterRef("name"),
    ).exclude(pk=OuterRef("pk"))
    return models.Training.objects.filter(next_on__lte=until).exclude(Exists(later)).order_by()


_ADEQUACY = [one.code for one in SAFEGUARDS if one.kind == SafeguardKind.ADEQUACY and one.regime == Regime.EU]


def _ending_decisions(until: date) -> dict[str, adequacy.AdequacyDecision]:
    """Return by country the decision that ends up to ``until`` and that no other follows on the day after."""
    found = {}
    for decision in adequacy.DECISIONS:
        last = decision.valid_until
        if last is None or last > until or decision.regime != Regime.EU or not decision.country_code:
            continue
        if not adequacy.in_force_for(decision.country_code, max(last, until) + timedelta(days=1)):
            found[decision.country_code] = decision
    return found


def _relying(until: date) -> "QuerySet[Any]":
    countries = list(_ending_decisions(until))
    transfers = models.Transfer.objects.filter(Q(safeguard__in=_ADEQUACY), country__in=countries)
    transfers = transfers.exclude(activity__status=ActivityStatus.RETIRED).order_by()
    counted: QuerySet[Any] = transfers.values("country").annotate(activities=Count("activity", distinct=True))
    return counted


def _decisions(until: date, _owner: Any) -> Iterator[Deadline]:
    ending = _ending_decisions(until)
    for row in _relying(until) if ending else ():
        decision = ending[row["country"]]
        said = ngettext(
            "%(place)s, decision %(number)s: %(count)d activity relies on it",
            "%(place)s, decision %(number)s: %(count)d activities rely on it",
            row["activities"],
        )
        number = decision.number or decision.source
        name = said % {"place": decision.place, "number": number, "count": row["activities"]}
        assert decision.valid_until is not None  # noqa: S101 only ending ones are found
        yield Deadline(decision.valid_until, "adequacy", name, "processingactivity", None, narrowed=row["country"])


def _open_consequences(until: date, owner: Any) -> "QuerySet[Any]":
    return models.ChangeConsequence.still_open(owner).filter(due_on__lte=until).order_by()


def _consequences(until: date, owner: Any) -> Iterator[Deadline]:
    for one in _open_consequences(until, owner):
        yield Deadline(one.due_on, "consequence", f"{one.record}: {worded(one)}", "changeconsequence", one.pk)


KINDS: tuple[DeadlineKind, ...] = (
    _dated(
        "review",
        _("Review of a processing activity"),
        _("Look through the record, correct it, and set the day of the next review."),
        _reviews,
        "next_review_on",
        ("reference", "name"),
        model="processingactivity",
        section="review",
        of_owner=True,
    ),
    DeadlineKind(
        "consequence",
        _("Consequence of a change"),
        _("See to it, and tick it off with a note; or say why it isn't needed."),
        _consequences,
        lambda until, owner: _open_consequences(until, owner).count(),
        of_owner=True,
    ),
    _dated(
        "segment",
        _("Review of a customer segment"),
        _("Look at its criteria and data under “Segment review”, and note what came of it."),
        _rows_of_activities(models.Segment, "next_review_on"),
        "next_review_on",
        ("activity__reference", "name"),
        model="processingactivity",
        pk="activity",
        of_owner=True,
        seen_with="registry.view_segment",
    ),
    _dated(
        "consent",
        _("Renewal of a consent mechanism"),
        _("Renew the wording or ask for consent again, then enter until when it holds."),
        _rows_of_activities(models.ConsentMechanism, "valid_until"),
        "valid_until",
        ("activity__reference", "name"),
        model="processingactivity",
        pk="activity",
        of_owner=True,
        seen_with="registry.view_consentmechanism",
    ),
    _dated(
        "contract",
        _("End of a recipient's contract"),
        _("Renew the contract or end the disclosure, then enter the new dates."),
        _contracts,
        "contract_ends_on",
        ("name",),
        model="recipient",
    ),
    _dated(
        "document",
        _("End of a document"),
        _("Renew the document and enter its new dates, or retire it."),
        _documents,
        "valid_until",
        ("name",),
        model="document",
    ),
    _dated(
        "recipient-review",
        _("Review of a recipient"),
        _("Look at its guarantees again (GDPR Art. 28(1)), and enter the review with the day of the next one."),
        _recipient_reviews,
        "next_review_on",
        ("recipient__name", "name"),
        model="recipientreview",
    ),
    _dated(
        "audit",
        _("Planned audit"),
        _("Begin it and enter the day, or plan it anew."),
        _audits,
        "planned_on",
        ("name",),
        model="audit",
    ),
    _dated(
        "corrective-action",
        _("Corrective action"),
        _("Do it and enter the day, or agree on another day with the auditor."),
        _actions,
        "due_on",
        ("what",),
        model="finding",
        pk="finding",
    ),
    _dated(
        "training",
        _("Training"),
        _("Hold it and enter the day, with who took part."),
        _trainings,
        "next_on",
        ("name",),
        model="training",
    ),
    DeadlineKind(
        "adequacy",
        _("End of an adequacy decision"),
        _("Find another safeguard for the transfers that rely on it (GDPR Arts. 46 and 49)."),
        _decisions,
        lambda until, _owner: sum(1 for _ in _decisions(until, None)),
    ),
)
"""Every kind of deadline, in the order in which they are shown."""

KIND = {kind.key: kind for kind in KINDS}
