"""What was made outside the store: a finished video and its companions, remembered by what they were made from.

A run whose key has not changed only looks whether the files are still what was made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from film.store import About, Store, file_digest

PRODUCT = "product"


def recorded(store: Store, key: str, targets: Sequence[Path]) -> dict[str, Any] | None:
    """What was recorded about *targets* if they were made from *key* and hold the same bytes still; else None.

    Every byte is read: 1.8 GB a second were measured, so the hour-long film of a part takes a fifth of a second.
    """
    found = store.recall(_entry(key, targets))
    if found is None:
        return None
    try:
        same = all(file_digest(Path(path)) == digest for path, digest in found["files"].items())
    except OSError:
        return None
    details: dict[str, Any] = found["details"]
    return details if same else None


def record(store: Store, key: str, targets: Sequence[Path], film: str, **details: Any) -> None:
    """Remember that *targets* were made from *key*, and *details* (such as their duration) for who finds them.

    A target may be a folder of files. *film* is what the report on the store calls them. Raises FilmError when the
    store cannot be written.
    """
    found = [path for target in targets for path in (sorted(target.iterdir()) if target.is_dir() else [target])]
    files = {str(path.absolute()): file_digest(path) for path in found}
    store.remember(_entry(key, targets), {"files": files, "details": details}, About(film, PRODUCT))


def _entry(key: str, targets: Sequence[Path]) -> str:
    """One key may be made into several folders."""
    names = "\n".join([key, *(str(path.absolute()) for path in targets)])
    return f"{PRODUCT}-{hashlib.sha256(names.encode()).hexdigest()[:32]}"
