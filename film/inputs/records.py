"""What was read from source files, remembered by what the files hold: nothing is parsed twice.

It is only a memory. A file of it that is missing, damaged or from other code is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

from film.atomic import replacing
from film.errors import FilmError

FILE = "records.json"
MOST = 3000  # records that are kept, those used last; a part of the series needs about 200
READERS = Path(__file__).parent  # the code that makes records


class Records:
    """Records by kind and content; *path* is where they are kept between runs, if anywhere."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept = _read(path) if path is not None else {}
        self._used: dict[str, Any] = {}
        self._new = False

    @classmethod
    def beside(cls, store: Path) -> Records:
        """Records that are kept in the folder of a store."""
        return cls(store / FILE)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is remembered from an earlier run."""
        return not self._kept

    def of(self, kind: str, content: bytes, read: Callable[[bytes], Any]) -> Any:
        """What *read* makes of *content* (something that JSON can hold), read now or remembered."""
        key = f"{kind} {hashlib.sha256(content).hexdigest()[:32]}"
        if key not in self._used:
            if key in self._kept:
                self._used[key] = self._kept[key]
            else:
                self._used[key] = read(content)
                self._new = True
        return self._used[key]

    def save(self) -> None:
        """Keep what is known for the next run, if there is anything new. A folder that cannot be written is none."""
        if self._path is None or not self._new:
            return
        others = {key: record for key, record in self._kept.items() if key not in self._used}
        body = json.dumps(dict([*others.items(), *self._used.items()][-MOST:]))
        try:
            with replacing(self._path) as partial:
                partial.write_text(f"{_seal(body)}\n{body}", encoding="utf-8")
        except FilmError:
            return
        self._new = False


def _read(path: Path) -> dict[str, Any]:
    try:
        seal, _, body = path.read_text(encoding="utf-8").partition("\n")
        kept: Any = json.loads(body) if seal == _seal(body) else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _seal(body: str) -> str:
    """A checksum, which also fits only the code and the Python that make records."""
    digest = hashlib.sha256(platform.python_version().encode())
    for path in sorted(READERS.glob("*.py")):
        digest.update(path.read_bytes())
    digest.update(body.encode())
    return digest.hexdigest()
