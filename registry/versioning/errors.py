"""What can go wrong when the register is written or its history read, each error saying what to do about it."""

from django.db import models


class OutsideChangeSet(RuntimeError):
    """A versioned row was about to be written while no change set was open."""

    def __init__(self, model_name: str) -> None:
        super().__init__(
            f"{model_name} is versioned: write it inside `with change_set(actor=…, channel=…, reason=…)`, "
            "so that the change has an author, a moment and a version."
        )


class MovedOn(RuntimeError):
    """Somebody changed the register between the moment a change was planned from it and the moment it was sealed."""

    def __init__(self) -> None:
        super().__init__("The register has changed since this was planned. Nothing was written; plan it again.")


class UnreadableVersion(ValueError):
    """A stored version holds a value that is none of its column's kind: SQLite keeps anything in any column."""

    def __init__(self, model: type[models.Model], change_set: int, pk: int, reason: str) -> None:
        what = f"{model._meta.verbose_name} {pk}"
        super().__init__(f"Change set #{change_set}: a column of the version of {what} can't be read: {reason}.")
        self.model, self.change_set, self.pk = model, change_set, pk
