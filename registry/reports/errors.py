"""Why a report can't be produced."""


class ReportError(ValueError):
    """What was asked for doesn't exist or contradicts itself: what is wrong and the remedy, in the language in force.

    ``parameter`` is the name of the parameter to correct, so that a form can say it where it is.
    """

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.message = message
