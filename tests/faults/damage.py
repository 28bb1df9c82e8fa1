"""Ways of damaging a file, a folder's file or a whole folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

WAYS = ("flip", "cut", "empty", "delete")


def damage(path: Path, random: Random, ways: tuple[str, ...] = WAYS) -> str:
    """Flip a byte of *path*, cut it off, empty it or delete it; which it was."""
    data = path.read_bytes()
    way = random.choice(ways)
    if way == "flip" and data:
        at = random.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :])
    elif way == "cut" and data:
        path.write_bytes(data[: random.randrange(len(data))])
    elif way == "delete":
        path.unlink()
    else:
        path.write_bytes(b"" if data else b"\0")
    return way


def remove(place: Path) -> str:
    """Delete a folder and all that is in it, or a file."""
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    return "delete whole"
