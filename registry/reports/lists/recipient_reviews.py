"""Due diligence by recipient: what was examined of whom (Art. 28(1)), and which processors nobody has examined."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.record.activity_rows import RecipientRow
from registry.record.assurance import RecipientReviewRecord
from registry.record.entries import RecipientEntry
from registry.record.numbers import say_number
from registry.record.words import say_entry
from registry.reference.roles import RecipientRole
from registry.reports.assurance import Assurance, assurance_list
from registry.reports.listing import Column, Holds, Listing, Row, Table, Value
from registry.reports.lists.naming import Use, said, title
from registry.reports.lists.recipients import used_recipients
from registry.reports.provenance import Provenance

Reviews = dict[int, list[RecipientReviewRecord]]
"""Key of a recipient → its reviews, the last first."""


def recipient_reviews_list(assurance: Assurance, provenance: Provenance, *, is_limited: bool) -> Listing:
    """Return the processors without any review, then each review, by recipient and the last first.

    ``is_limited`` says that the register is a part of a larger one: then only the recipients that its records lead to
    are told. A recipient that no record leads to is told where it isn't.
    """
    entry, review = RecipientEntry, RecipientReviewRecord
    columns = (
        Column("recipient", title(review, "recipient"), 22, article="GDPR Art. 28(1)"),
        Column("roles", _("Role"), 14, Holds.TEXTS),
        Column("contract", title(entry, "contract_kind"), 20, article="GDPR Art. 28(3)", asked=True),
        Column("contract_ends_on", title(entry, "contract_ends_on"), 12, Holds.DATE),
        Column("number", _("Activities"), 9, Holds.NUMBER),
        Column("state", _("State"), 14),
        Column("examined", title(review, "name"), 22),
        Column("kind", title(review, "kind"), 16),
        Column("reviewed_on", title(review, "reviewed_on"), 12, Holds.DATE),
        Column("outcome", title(review, "outcome"), 16, article="GDPR Art. 28(1)"),
        Column("notes", title(review, "notes"), 26),
        Column("document", title(review, "document"), 18),
        Column("next_review_on", title(review, "next_review_on"), 12, Holds.DATE),
    )
    used = used_recipients(assurance.register)
    reviews: Reviews = {}
    reached = {use.entry.pk for use in used if use.entry is not None}
    for one in reversed(assurance.reviews):
        if one.recipient is not None and (not is_limited or one.recipient.pk in reached):
            reviews.setdefault(one.recipient.pk, []).append(one)
    without = [use for use in used if _is_processor(use) and (use.entry is None or use.entry.pk not in reviews)]
    empty = _("No review of a recipient is recorded, and no record names a processor.")
    table = Table(
        "recipient-reviews",
        _("Reviews of recipients"),
        columns,
        lambda: _rows(assurance, used, without, reviews),
        empty,
        called=("recipient", "examined"),
    )
    first = [
        (_("Reviews of recipients"), say_number(sum(map(len, reviews.values())))),
        (_("Recipients reviewed"), say_number(len(reviews))),
        (_("Processors without a review"), say_number(len(without))),
    ]
    return assurance_list(
        _("Due diligence by recipient"),
        assurance.register,
        provenance,
        table=table,
        first=first,
        article="GDPR Art. 28(1)",
    )


def _is_processor(use: Use) -> bool:
    """Whether a record says so; or the catalogue, where no record says what a recipient is."""
    if use.particulars:
        return said(RecipientRow, "role", RecipientRole.PROCESSOR) in use.particulars
    return isinstance(use.entry, RecipientEntry) and use.entry.kind == RecipientRole.PROCESSOR


def _rows(assurance: Assurance, used: list[Use], without: list[Use], reviews: Reviews) -> Iterator[Row]:
    for use in without:
        yield [*_recipient(use), _("no review recorded"), *[None] * 7]
    uses = {use.entry.pk: use for use in used if use.entry is not None}
    reviewed = [uses.get(pk) or Use(some[0].recipient, "") for pk, some in reviews.items()]
    for use in sorted(reviewed, key=lambda one: (one.name.casefold(), one.entry.pk)):
        for place, review in enumerate(reviews[use.entry.pk]):
            yield [*_recipient(use), _state(assurance, review, is_last=place == 0), *_said(review)]


def _recipient(use: Use) -> list[Value]:
    entry, roles = use.entry, tuple(use.particulars)
    if not isinstance(entry, RecipientEntry):
        return [use.name, roles, None, None, len(use.activities)]
    usual = said(RecipientEntry, "kind", entry.kind)
    return [
        entry.name,
        roles or ((usual,) if usual else ()),
        said(RecipientEntry, "contract_kind", entry.contract_kind),
        entry.contract_ends_on,
        len(use.activities),
    ]


def _state(assurance: Assurance, review: RecipientReviewRecord, *, is_last: bool) -> str:
    if not is_last:
        return _("an earlier review")
    due = review.next_review_on
    return _("next review overdue") if due is not None and due < assurance.today else _("last review")


def _said(review: RecipientReviewRecord) -> list[Value]:
    return [
        review.name,
        said(RecipientReviewRecord, "kind", review.kind),
        review.reviewed_on,
        said(RecipientReviewRecord, "outcome", review.outcome),
        review.notes,
        say_entry(review.document) if review.document is not None else None,
        review.next_review_on,
    ]
