"""What can go wrong when the register is written, each error saying what to do about it."""


class OutsideChangeSet(RuntimeError):
    """A versioned row was about to be written while no change set was open."""

    def __init__(self, model_name: str) -> None:
        super().__init__(
            f"{model_name} is versioned: write it inside `with change_set(actor=…, channel=…, reason=…)`, "
            "so that the change has an author, a moment and a version."
        )
