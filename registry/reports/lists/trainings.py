"""Trainings of those who process personal data: who was taught what and when, and what is due again."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.record.assurance import TrainingRecord
from registry.record.numbers import say_number
from registry.record.words import say_entry
from registry.reports.assurance import Assurance, all_or, assurance_list, training_state
from registry.reports.listing import Column, Holds, Listing, Row, Table
from registry.reports.lists.naming import title
from registry.reports.provenance import Provenance


def trainings_list(assurance: Assurance, provenance: Provenance) -> Listing:
    """Return the trainings in the order in which they were held, planned ones last."""
    columns = (
        Column("name", title(TrainingRecord, "name"), 26, article="GDPR Art. 39(1)(b)"),
        Column("organisation", title(TrainingRecord, "organisation"), 18),
        Column("audience", title(TrainingRecord, "audience"), 28, asked=True),
        Column("held_on", title(TrainingRecord, "held_on"), 13, Holds.DATE),
        Column("held_by", title(TrainingRecord, "held_by"), 20),
        Column("participants", title(TrainingRecord, "participants"), 11, Holds.NUMBER),
        Column("document", title(TrainingRecord, "document"), 20),
        Column("notes", title(TrainingRecord, "notes"), 28),
        Column("next_on", title(TrainingRecord, "next_on"), 13, Holds.DATE),
        Column("state", _("State"), 12),
    )
    empty = _("No training is recorded.")
    table = Table("trainings", _("Trainings"), columns, lambda: _rows(assurance), empty)
    first = [(_("Trainings"), say_number(len(assurance.trainings)))]
    return assurance_list(
        _("Trainings"), assurance.register, provenance, table=table, first=first, article="GDPR Art. 39(1)(b)"
    )


def _rows(assurance: Assurance) -> Iterator[Row]:
    for training in assurance.trainings:
        yield [
            training.name,
            all_or(training.organisation),
            training.audience,
            training.held_on,
            training.held_by,
            training.participants,
            say_entry(training.document) if training.document is not None else None,
            training.notes,
            training.next_on,
            training_state(training, assurance.trainings, assurance.today),
        ]
