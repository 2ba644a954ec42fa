"""Uploaded tables between their preview and their confirmation: kept for an hour, for their uploader alone."""

import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from import_export.tmp_storages import BaseStorage

LIFETIME = 3600
"""Seconds after which an upload can no longer be confirmed, and its file is removed."""

_SALT = "registry.admin.uploads"


class UploadGone(Exception):
    """The upload can't be confirmed: it is someone else's, for something else, too old, used, or tampered with."""


def folder() -> Path:
    """Return the folder of waiting uploads. It is served by nobody."""
    return Path(settings.MEDIA_ROOT) / "imports-tmp"


class UserBoundStorage(BaseStorage):
    """A file that only the account which uploaded it can read again, and only for the same kind of entries.

    ``name`` is what the form carries: signed, with the account, the model and the file's own name in it.
    """

    def __init__(self, *, user_pk: Any, model_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user_pk = str(user_pk)
        self.model_name = model_name
        self.file_name = ""

    def save(self, data: bytes, file_name: str = "") -> None:
        """Keep the file, and remove those whose time is over."""
        purge()
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        token = secrets.token_urlsafe(32)
        path = folder() / token
        path.touch(mode=0o600)
        path.write_bytes(data)
        claim = {"token": token, "user": self.user_pk, "model": self.model_name, "file": file_name}
        self.name = signing.dumps(claim, salt=_SALT)
        self.file_name = file_name

    def read(self) -> bytes:
        """Return the file's bytes and learn its name; raises UploadGone."""
        try:
            return self._path().read_bytes()
        except FileNotFoundError as error:
            raise UploadGone from error

    def remove(self) -> None:
        """Remove the file; raises UploadGone for another account's, and where another request was first."""
        try:
            self._path().unlink()
        except FileNotFoundError as error:
            raise UploadGone from error

    def _path(self) -> Path:
        try:
            claim = signing.loads(self.name or "", salt=_SALT, max_age=LIFETIME)
        except signing.BadSignature as error:
            raise UploadGone from error
        if (claim["user"], claim["model"]) != (self.user_pk, self.model_name):
            raise UploadGone
        self.file_name = claim["file"]
        return folder() / claim["token"]


def purge() -> None:
    """Remove the files whose time is over."""
    if not folder().is_dir():
        return
    for path in folder().iterdir():
        with suppress(FileNotFoundError):  # another request may have removed it meanwhile
            if path.stat().st_mtime < time.time() - LIFETIME:
                path.unlink()
