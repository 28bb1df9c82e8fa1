"""Random saves of a watched film, half of them broken: ``python -m tests.film.random_saves --saves 200``."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from film.store import Store
from tests.film.watched_film import FILES, NAME, write_lamp

SCRIPT, SCENE, PICTURES, MOON = FILES
PATIENCE = 60.0
GOOD: dict[str, tuple[tuple[str, str], ...]] = {
    SCRIPT: (("", ""), ("It is light", "How bright"), ("And so [night]", "Now then, and so [night]"), ("off", "out")),
    SCENE: (("", ""), ("3 * UP", "3 * DOWN"), ("side_length=0.5", "side_length=0.9"), ("run_time=0.2", "run_time=0.3")),
    PICTURES: (("", ""), ("GLOW = 1.0", "GLOW = 1.5"), ("SIZE = 0.8", "SIZE = 1.1"), ("GLOW / 2", "GLOW / 3")),
    MOON: (("", ""), ("radius=0.3", "radius=0.6")),
}
BAD: dict[str, tuple[tuple[str, str], ...]] = {
    SCRIPT: (("[press]", "[pres]"), ("## late", "## later"), ("it is on", "{watts:.1f} of it"), ("# A lamp", "\udcff")),
    SCENE: (("def late", "def late("), ("lit(", "lid("), ("Moon()", "Moon(1, 2, 3)"), ("import Beat", "import Beet")),
    PICTURES: (
        ("GLOW = 1.0", "GLOW = nothing"),
        ("class Bulb", "class Bulp"),
        ("self.add", "self.ad"),
        ("(VGroup)", "("),
    ),
    MOON: (("class Moon", "class Mon"), ("radius=0.3", "radius=[]"), ('"""A moon."""', '"""A moon.')),
}


@dataclass
class Running:
    """`watch` at work on a copy of the project."""

    root: Path
    process: subprocess.Popen[bytes]
    address: str

    def state(self) -> dict[str, Any]:
        """What the page is told first when it connects."""
        with urllib.request.urlopen(f"{self.address}events", timeout=10) as events:
            for line in events:
                if line.startswith(b"data: "):
                    found: dict[str, Any] = json.loads(line[6:])
                    return found
        raise AssertionError("the page is told nothing")

    def settled(self, *words: str) -> dict[str, Any]:
        """The state as soon as it says one of *words*."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "watch has ended"
            state = self.state()
            if any(word in state["state"] for word in words) and not any(
                beat["waiting"] for beat in state["beats"] if "ready" in words
            ):
                return state
            time.sleep(0.1)
        log = (self.root.parent / "log").read_text(encoding="utf-8")[-3000:]
        raise AssertionError(f"watch does not come to {words}: {self.state()}\n{log}")

    def picture(self, name: str) -> bytes:
        """A picture of the page."""
        with urllib.request.urlopen(f"{self.address}picture/{name}.png", timeout=10) as answer:
            found: bytes = answer.read()
            return found


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Running]:
    """`watch` on the lamp in *folder*; it is ended as Ctrl-C ends it."""
    project = write_lamp(folder / "project")
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            project.command("watch", NAME, "-ql", *options), cwd=project.root, stderr=output, start_new_session=True
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while not (found := re.search(r"Open (http\S+)", log.read_text(encoding="utf-8"))):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield Running(project.root, process, found[1])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def save(root: Path, name: str, change: tuple[str, str]) -> None:
    """Write a file anew with one change."""
    text = FILES[name]
    assert change[0] in text
    (root / name).write_text(text.replace(*change), encoding="utf-8", errors="surrogateescape")


def shake(watched: Running, saves: int, seed: int) -> int:
    """Save at random, and look now and then whether the page tells what is true; the number of looks."""
    chance = random.Random(seed)
    broken: set[str] = set()
    looks = 0
    for _ in range(saves):
        name = chance.choice(sorted(broken) if broken and chance.random() < 0.4 else list(FILES))
        is_bad = chance.random() < 0.5
        change = chance.choice((BAD if is_bad else GOOD)[name])
        save(watched.root, name, change)
        (broken.add if is_bad else broken.discard)(name)
        time.sleep(chance.choice((0.0, 0.02, 0.1, 0.3, 1.0)))
        if chance.random() < 0.15:
            looks += 1
            time.sleep(1.0)  # the save must be noticed before its outcome can be looked for
            state = watched.settled("stopped" if broken else "ready")
            assert any(finding["is_error"] for finding in state["findings"]) == bool(broken), (broken, change, state)
    for name in FILES:
        save(watched.root, name, ("", ""))
    return looks


def left_behind(root: Path, store: Path) -> list[str]:
    """What should not be there when `watch` has ended."""
    found = [str(path) for place in (store, root / "films") for path in place.rglob("*.partial*")]
    found += [str(path) for path in store.glob("work-*")]
    found += [entry.folder.name for entry in Store(store).entries() if Store(store).get(entry.folder.name) is None]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        except OSError:
            continue
        if int(process.name) != os.getpid() and any(str(root) in word for word in words):
            found.append(" ".join(words))
    return found


@click.command()
@click.option("--saves", default=200, show_default=True)
@click.option("--seed", default=0, show_default=True)
def main(saves: int, seed: int) -> None:
    """Shake a watcher, and say what is left behind."""
    with tempfile.TemporaryDirectory(prefix="saves-") as place:
        folder = Path(place)
        began = time.monotonic()
        with running(folder) as watched:
            watched.settled("ready")
            looks = shake(watched, saves, seed)
            time.sleep(1)
            state = watched.settled("ready")
        click.echo(
            f"{saves} saves, {looks} looks, {time.monotonic() - began:.0f} s; ended with {watched.process.returncode}"
        )
        click.echo(f"findings: {[f['text'] for f in state['findings'] if f['is_error']]}")
        click.echo(f"left behind: {left_behind(watched.root, watched.root / '.store')}")


if __name__ == "__main__":
    main()
