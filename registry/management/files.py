"""Files that a command writes: there wholly, or not at all."""

import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from django.core.management.base import CommandError

Made = TypeVar("Made")


def whole_file(path: Path, write: Callable[[BinaryIO], Made]) -> Made:
    """Write to a temporary file beside ``path`` and put it in its place when complete; return what ``write`` returns.

    A link is followed, and a file that is replaced passes on its rights. A device or a pipe is written to as it is.
    Raises CommandError where the file system refuses it; nothing is left behind then.
    """
    try:
        now = path.stat()
    except OSError:
        now = None
    if now is not None and not stat.S_ISREG(now.st_mode) and not stat.S_ISDIR(now.st_mode):
        return _through(path, write)
    place = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=place.parent)
    except OSError as error:
        raise CommandError(f"{path.parent} can't be written to: {error.strerror}. Choose another --output.") from error
    try:
        with os.fdopen(handle, "wb") as out:
            made = write(out)
        os.chmod(name, 0o666 & ~_umask() if now is None else stat.S_IMODE(now.st_mode))
        os.replace(name, place)
    except BaseException as error:
        with suppress(FileNotFoundError):
            os.unlink(name)
        if isinstance(error, OSError):
            raise CommandError(f"{path} can't be written: {error.strerror}. Nothing was left behind.") from error
        raise
    return made


def _through(path: Path, write: Callable[[BinaryIO], Made]) -> Made:
    try:
        with path.open("wb") as out:
            return write(out)
    except OSError as error:
        raise CommandError(f"{path} can't be written: {error.strerror}.") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
