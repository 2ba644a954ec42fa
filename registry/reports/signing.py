"""The key of this register: made at first use, kept in a file of its own, and used to sign the manifests of packs."""

import hashlib
import logging
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class NoSigningKey(RuntimeError):
    """The key can't be read or made; the message says why, and the remedy."""


def signing_key() -> Ed25519PrivateKey:
    """Return the key of this register, made now if there is none yet: an Ed25519 key, readable by its owner alone.

    Where two processes make one at the same time, both return the one that was there first. Raises NoSigningKey.
    """
    file = Path(settings.SIGNING_KEY_FILE)
    try:
        if not file.exists():
            _make(file)
        data = file.read_bytes()
    except OSError as error:
        raise NoSigningKey(
            _(
                "The signing key %(file)s can't be read or made: %(reason)s. Let the program write to that folder, or "
                "set SIGNING_KEY_FILE to a place where it may."
            )
            % {"file": file, "reason": error.strerror}
        ) from error
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError) as error:
        raise NoSigningKey(_not_a_key(file)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoSigningKey(_not_a_key(file))
    return key


def public_bytes(key: Ed25519PrivateKey | Ed25519PublicKey) -> bytes:
    """Return the 32 bytes of the public key."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw)


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """Return the public key in the form that other programs read."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint_of(public: bytes) -> str:
    """Return the SHA-256 of the 32 bytes of a public key, as 64 hexadecimal digits."""
    return hashlib.sha256(public).hexdigest()


def fingerprint() -> str:
    """Return the fingerprint of this register's key. Raises NoSigningKey."""
    return fingerprint_of(public_bytes(signing_key()))


def printed_fingerprint() -> str:
    """Return the fingerprint for a report to print; nothing, and a line in the log, where there is no key to be had.

    A report is not signed: it must not fail for want of a key.
    """
    try:
        return fingerprint()
    except NoSigningKey as error:
        logger.warning("%s", error)
        return ""


def others_can_read(file: Path) -> bool:
    """Return whether others than the owner of an existing file may read or write it. Windows does not say."""
    return os.name == "posix" and bool(stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def _make(file: Path) -> None:
    """Write a new key beside its place and link it there, which fails where another process was faster."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # its mode is 0600
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(pem)
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            _put(Path(name), file)
            logger.info("A signing key was made: %s. Back it up, apart from the database.", file)
    finally:
        os.unlink(name)


def _put(made: Path, file: Path) -> None:
    try:
        os.link(made, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(made.read_bytes())


def _not_a_key(file: Path) -> str:
    return _("%(file)s holds no Ed25519 key in PEM without a password. Put it back from your backup.") % {"file": file}
