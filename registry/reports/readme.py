"""The README of an audit pack: what is in it and how to check it, in plain words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from registry.reports.parameters import Parameters
from registry.reports.produce import Produced
from registry.reports.provenance import say_moment

WIDTH = 20


def readme(parameters: Parameters, register: Produced, whose: str, names: Iterable[str], key: str) -> str:
    """Return the text, in the language in force; lines end as every system's simplest editor wants them."""
    parts = (_about(parameters, register, whose), _contents(names), _how(), _limits(key))
    return "\r\n\r\n".join("\r\n".join(lines) for lines in parts) + "\r\n"


def _about(parameters: Parameters, register: Produced, whose: str) -> list[str]:
    made = {"moment": say_moment(parameters.produced_at), "who": parameters.produced_by}
    state = {"moment": say_moment(register.as_at), "number": register.change_set}
    lines = [
        _("AUDIT PACK OF A REGISTER OF PROCESSING ACTIVITIES"),
        _("Organisation: %(whose)s") % {"whose": whose},
        _("As at: %(moment)s, change set %(number)d") % state,
        _("Made: %(moment)s by %(who)s") % made,
    ]
    if parameters.since:
        lines.append(_("Changes since: %(since)s") % {"since": say_moment(parameters.since)})
    return lines


def _contents(names: Iterable[str]) -> list[str]:
    what = {
        "register.pdf": _("the register, to read and to print"),
        "register.csv": _("the register as a table, one record a line"),
        "register.json": _("the register for programs"),
        "changes.pdf": _("what changed in the period, by whom and why"),
        "changes.csv": _("what changed in the period, as a table"),
        "gaps.pdf": _("what is missing or contradicts itself, with the question an inspector would ask"),
        "gaps.csv": _("what is missing, as a table, with what was accepted until when"),
        "history.jsonl": _("every change ever made, in a sealed chain: of all organisations, as it can't be divided"),
        "verify.py": _("the program that checks this pack"),
        "public-key.pem": _("the public half of the key with which the pack was signed"),
        "README.txt": _("this text"),
        "manifest.json": _("the SHA-256 of each of these files"),
        "manifest.sig": _("the signature of the manifest"),
    }
    listed = [*names, "manifest.json", "manifest.sig"]
    return [_("WHAT IS IN IT"), *(f"{name:{WIDTH}}{what[name]}" for name in listed)]


def _how() -> list[str]:
    return [
        _("HOW TO CHECK IT"),
        _("You need Python 3.8 or newer (python.org), and nothing else. Nothing is sent anywhere."),
        _("Unpack the pack into a folder, open a command window in it, and enter"),
        "    py verify.py            (Windows)",
        "    python3 verify.py       (macOS, Linux)",
        _("It says whether each file is as it was made, whether the signature fits, and whether the history holds."),
        _("Where something does not hold, it says which file, and what."),
    ]


def _limits(key: str) -> list[str]:
    return [
        _("WHAT THE CHECK CAN'T TELL BY ITSELF"),
        _("Anybody can make a key and sign with it. The key of this register has the fingerprint"),
        f"    {key}",
        _("Compare it with the one on reports that you had before, or ask those who keep the register, by another"),
        _("way than the one by which you got this pack. Then let the program insist on it:"),
        f"    python3 verify.py --key {key[:16]}",
        _("If you have a report from an earlier year, give its chain head: it must still be in the history."),
        "    python3 verify.py --expect 0123456789abcdef",
        _("If you don't trust the program in this pack, take it from the published source of the register."),
        _("Whether the records are true, no program can tell."),
    ]
