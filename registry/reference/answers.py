"""The three answers to a yes-or-no question: a question nobody has answered yet is never a "no"."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    """Answer to a question of the record; a blank is NOT_ASSESSED."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_ASSESSED = "not_assessed", _("Not assessed")
