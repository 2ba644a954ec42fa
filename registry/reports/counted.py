"""A file that knows how many bytes went into it, and their SHA-256."""

import hashlib
from typing import Any, BinaryIO


class Counted:
    """Counts what is written one piece after the other. It can't go back, so that what was counted is what is there."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: Any) -> int:
        """Write the bytes, and count them."""
        self.size += len(data)
        self._hash.update(data)
        return self._out.write(data)

    def flush(self) -> None:
        """Write out what is still in memory."""
        self._out.flush()

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was written, as 64 hexadecimal digits."""
        return self._hash.hexdigest()
