"""A job's folder: its progress, the sign to stop, a sign of life, and the file that it makes.

These are files and no columns, since the worker may be in the middle of a transaction: on SQLite nobody else can write
to the database then, and nobody sees what is written inside it.
"""

import json
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

RESULT = "result"
_PROGRESS, _STOP, _ALIVE = "progress.json", "stop", "alive"

SILENCE = 60
"""After how many seconds without a sign of life a worker is taken to be gone."""


def root() -> Path:
    """Return the folder of all jobs. Workers and web servers have it in common, and it is served by nobody."""
    return Path(settings.MEDIA_ROOT) / "jobs"


class Workplace:
    """The folder of one job."""

    def __init__(self, job_id: Any) -> None:
        self.folder = root() / str(job_id)

    @property
    def result(self) -> Path:
        """The file that the job makes."""
        return self.folder / RESULT

    def prepare(self) -> None:
        """Make the folder, for the owner of the process alone."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def remove(self) -> None:
        """Remove the folder and all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def tell(self, done: int, total: int, said: str = "") -> None:
        """Write how far the work has come, perhaps in words. A reader sees the old or the new, never half of it."""
        new = self.folder / f"{_PROGRESS}.new"
        new.write_text(json.dumps([done, total, said]), encoding="ascii")
        os.replace(new, self.folder / _PROGRESS)

    def progress(self) -> tuple[int, int]:
        """Return (done, total), zeros where nothing has been told yet."""
        done, total, _ = self.told()
        return done, total

    def told(self) -> tuple[int, int, str]:
        """Return the progress, and what was said of it in words: empty where nothing was."""
        try:
            done, total, said = json.loads((self.folder / _PROGRESS).read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0, 0, ""
        return done, total, said

    def ask_to_stop(self) -> None:
        """Leave the sign that the work is to stop."""
        self.prepare()  # the worker may be about to do so
        (self.folder / _STOP).touch()

    def is_to_stop(self) -> bool:
        """Return whether somebody has asked to stop."""
        return (self.folder / _STOP).exists()

    def show_life(self) -> None:
        """Leave a sign of life."""
        with suppress(FileNotFoundError):
            (self.folder / _ALIVE).touch()

    def is_silent(self) -> bool:
        """Return whether the last sign of life is too long ago for the worker to be at work still."""
        try:
            return time.time() - (self.folder / _ALIVE).stat().st_mtime > SILENCE
        except FileNotFoundError:
            return True
