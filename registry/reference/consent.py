"""How consent is asked for: the channels, and what a person does to give it (GDPR Arts. 4(11) and 7)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConsentChannel(TextChoices):
    """Where consent is asked for."""

    WEBSITE = "website", _("Website")
    APP = "app", _("App")
    E_MAIL = "e_mail", _("E-mail")
    PAPER = "paper", _("Paper form")
    IN_PERSON = "in_person", _("In person")
    TELEPHONE = "telephone", _("Telephone")
    OTHER = "other", _("Other channel")


class OptInKind(TextChoices):
    """What a person does to consent. What is ticked beforehand is no consent (recital 32)."""

    DOUBLE_OPT_IN = "double_opt_in", _("Double opt-in")
    TICKED_BOX = "ticked_box", _("Box ticked by the person")
    BUTTON = "button", _("Button or switch")
    SIGNATURE = "signature", _("Signature")
    SPOKEN = "spoken", _("Spoken words")
    PRE_TICKED = "pre_ticked", _("Ticked beforehand, or silence")
