"""Texts that were set before: what Typst made is kept between runs, so that no formula is compiled twice.

Manim looks for a compiled text in the session's own folder, and writes it there in place. Processes that shared that
folder would read each other's half-written files; so what is kept is linked into it before, and what is new is moved
out of it after, whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from scenes.programme import ROOT

FONTS = ROOT / "assets" / "fonts"


@contextmanager
def kept_texts(kept: Path | None, folder: Path) -> Iterator[None]:
    """Fill *folder* with the compiled texts of *kept*, and keep what is new there; None keeps nothing."""
    if kept is None:
        yield
        return
    place = kept / f".texts-{_typesetter()}"  # hidden: a store's entries are made otherwise
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        for path in place.glob("*.svg"):
            _link(path, folder / path.name)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # a store that is full or closed keeps no texts; nothing depends on them
            for path in folder.glob("*.svg"):
                if not (place / path.name).exists() and path.read_bytes().rstrip().endswith(b"</svg>"):
                    path.rename(place / path.name)


def _link(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:  # another file system
        target.write_bytes(path.read_bytes())


def _typesetter() -> str:
    """A hash of what decides about the outlines: Typst, and the fonts that it is given."""
    fonts = {path.name: path.stat().st_size for path in sorted(FONTS.rglob("*.otf"))}
    return hashlib.sha256(json.dumps([version("typst"), version("manim"), fonts]).encode()).hexdigest()[:16]
