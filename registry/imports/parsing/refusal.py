"""What a parser raises for a text that it can't read."""

from registry.record.messages import Message


class CannotRead(ValueError):
    """A text that isn't what it should be: what is wrong with it, and what would be accepted."""

    def __init__(self, message: Message, accepted: Message) -> None:
        super().__init__(f"{message.bare()}; accepted: {accepted}.")
        self.message = message
        self.accepted = accepted
