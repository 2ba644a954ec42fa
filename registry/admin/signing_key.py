"""What screens say of the key that signs audit packs: its fingerprint, and what is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _t

from registry.models import ChangeSet
from registry.reports.signing import NoSigningKey, fingerprint, others_can_read
from registry.versioning.change_set import Channel


@dataclass(frozen=True)
class KeyFacts:
    """The fingerprint of this register's key, empty where there is no key to be had; and a warning, if there is one."""

    fingerprint: str = ""
    warning: str = ""


def key_facts() -> KeyFacts:
    """Return what is to be said of the key, which is made now if there was none. One query."""
    try:
        now = fingerprint()
    except NoSigningKey as error:
        return KeyFacts(warning=str(error))
    if others_can_read(Path(settings.SIGNING_KEY_FILE)):
        said = _t("Others than the program can read the file of the key, and could sign with it: set its mode to 0600.")
        return KeyFacts(now, said)
    signed = ChangeSet.objects.filter(channel=Channel.EXPORT, details__contains='"key":"').order_by("-sequence")
    last = signed.filter(details__contains='"report":"pack"').values_list("details", flat=True).first()
    if last and f'"key":"{now}"' not in last:
        said = _t(
            "The last pack was signed with another key. If that was not intended, put the file of the key back from "
            "your backup: auditors compare its fingerprint."
        )
        return KeyFacts(now, said)
    return KeyFacts(now)
