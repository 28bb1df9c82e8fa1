"""Room on the disks, the fonts, the store, and the warm server."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from film.health.finding import Finding, State
from film.store import Store, is_whole
from film.store_report import size_text
from film.warm_server import server_folder, warm_server

LITTLE, TOO_LITTLE = 3_000_000_000, 300_000_000  # bytes: one part at 1080p takes about 1 GB of store
SHARED, SMALL_SHARED = Path("/dev/shm"), 60_000_000
FONTS = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
MOST_NAMED = 3


def folder_findings(root: Path, store: Path) -> Iterator[Finding]:
    """How the folders of the project in *root* stand, and the store in *store*."""
    yield from _fonts(root)
    yield _room("disk of the store", store, "render.py store --prune 1GB")
    yield _room("disk of temporary files", Path(tempfile.gettempdir()), "TMPDIR=/another/folder render.py ...")
    if SHARED.is_dir():
        yield _shared()
    yield from _store(store)
    yield _server(root)


def _fonts(root: Path) -> Iterator[Finding]:
    folder = root / "assets" / "fonts" / "inter"
    for name in FONTS:
        try:
            good = (folder / name).read_bytes()[:4] in (b"OTTO", b"\x00\x01\x00\x00")
        except OSError:
            good = False
        found = "there" if good else "missing or damaged: words would be set in another font"
        mend = "" if good else f"git checkout assets/fonts/inter/{name}"
        yield Finding("fonts", name, State.OK if good else State.MISSING, found, mend)


def _room(name: str, folder: Path, mend: str) -> Finding:
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(there).free
    state = State.MISSING if free < TOO_LITTLE else State.WARNING if free < LITTLE else State.OK
    return Finding("room", name, state, f"{size_text(free)} free in {there}", "" if state is State.OK else mend)


def _shared() -> Finding:
    free = shutil.disk_usage(SHARED).free
    enough = free >= SMALL_SHARED
    mend = "" if enough else "in a container, start it with --shm-size=1g"
    return Finding("room", str(SHARED), State.OK if enough else State.WARNING, f"{size_text(free)} free", mend)


def _store(folder: Path) -> Iterator[Finding]:
    if not folder.is_dir():
        yield Finding("store", "store", State.OK, f"there is none yet in {folder}")
        return
    entries = Store(folder).entries()
    damaged = [entry.folder for entry in entries if not is_whole(entry.folder)]
    size = size_text(sum(entry.size for entry in entries))
    if damaged:
        named = " ".join(str(place) for place in damaged[:MOST_NAMED])
        found = f"{len(damaged)} of {len(entries)} entries are damaged; they are made anew when they are needed"
        yield Finding("store", "entries", State.WARNING, found, f"rm -r {named}" + " ..." * (len(damaged) > MOST_NAMED))
    else:
        yield Finding("store", "entries", State.OK, f"{len(entries)} in {folder}, {size}, every byte as it was stored")
    left = Store(folder).leftovers()
    state = State.WARNING if left else State.OK
    found = f"{len(left)} folders of runs that were killed" if left else "none"
    yield Finding("store", "leftovers", state, found, "render.py store --prune 1TB" if left else "")


def _server(root: Path) -> Finding:
    folder = server_folder(root)
    server = warm_server(folder, root)
    if server is not None:
        server.close()
        return Finding("server", "warm server", State.OK, f"runs on {socket.gethostname()}, in {folder}")
    return Finding(
        "server", "warm server", State.OK, "does not run; `render.py server start` makes stills start at once"
    )
