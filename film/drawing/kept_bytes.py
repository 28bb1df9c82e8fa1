"""A folder of small finished things, each under a name that says what it was made from; shared by processes."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from film.atomic import partial_beside

_CHECKSUM = 32


class KeptBytes:
    """Byte strings by name in *folder*, or nothing at all for None.

    It spares work and nothing depends on it: what cannot be written is not kept, and what is not whole is not there.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """What was kept under *name*."""
        if self._folder is None:
            return None
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        found = data[_CHECKSUM:]
        return found if hashlib.sha256(found).digest() == data[:_CHECKSUM] else None

    def put(self, name: str, data: bytes) -> None:
        """Keep *data* under *name*."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            # `replacing` would wait for the disk at every text; here a checksum tells what did not get there.
            partial = partial_beside(self._folder / name)
            try:
                partial.write_bytes(hashlib.sha256(data).digest() + data)
                partial.replace(self._folder / name)
            finally:
                partial.unlink(missing_ok=True)
