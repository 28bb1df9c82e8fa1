"""The frame after an edit is the frame of a run from nothing, byte for byte; and only what must is played again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

import pytest

from film.fork_server import Ended, ForkServer, private_server
from film.inputs.records import Records
from film.quality import QUALITIES
from film.watch.checkpoints import Checkpoints
from film.watch.messages import Message, Outdated, Picture, Played, Refused
from film.watch.snapshot import Snapshot
from scenes.programme import Concept
from tests.film.watched_film import FILES, NAME, replace_in, write_lamp

SCRIPT, SCENE, PICTURES, MOON = FILES
SECONDS = 60.0


@dataclass
class Watched:
    """A film in a folder, and the processes that play it."""

    root: Path
    server: ForkServer
    checkpoints: Checkpoints
    kept: Path
    generation: int = 0

    @property
    def film(self) -> Concept:
        return Concept(NAME, "trial", self.root)

    def play(self, watched: int = 0) -> tuple[int | None, list[Message]]:
        """How many beats are not played again, and all that is told until the film has ended."""
        self.generation += 1
        snapshot = Snapshot.of(self.film, Records())
        spared = self.checkpoints.go(snapshot, self.generation, watched)
        found: list[Message] = []
        deadline = time.monotonic() + SECONDS
        while not (found and isinstance(found[-1], Played | Refused | Outdated)):
            assert time.monotonic() < deadline, found
            ready = wait([*self.checkpoints.sources(), self.server.control], SECONDS)
            if self.server.control in ready:
                assert not any(isinstance(event, Ended) for event in self.server.events(0)), "the processes ended"
            found += self.checkpoints.heard(ready)
        return spared, found

    def frames(self, watched: int = 0) -> tuple[int | None, dict[str, bytes]]:
        """How many beats are not played again, and the last frames of those that are."""
        spared, found = self.play(watched)
        assert isinstance(found[-1], Played), found[-1]
        return spared, {message.beat: message.png for message in found if isinstance(message, Picture)}

    def cold(self, beat: str, folder: Path) -> bytes:
        """The last frame of a beat, drawn by `still` in a process that has imported nothing."""
        folder.mkdir()
        call = "film.picture_work:last_frame_png"
        self.server.start(call, (f"{NAME}@{beat}", "l", self.kept), root=self.root, folder=folder)
        while True:
            for event in self.server.events(SECONDS):
                if isinstance(event, Ended) and event.child is not self.checkpoints.child:
                    picture: bytes = event.result()
                    return picture


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    root = Path(__file__).parents[2]
    with private_server(root) as started:
        yield started


@pytest.fixture
def watched(server: ForkServer, tmp_path: Path) -> Iterator[Watched]:
    root, kept, work = tmp_path / "project", tmp_path / "store", tmp_path / "work"
    kept.mkdir()
    work.mkdir()
    write_lamp(root)
    checkpoints = Checkpoints(NAME, QUALITIES["l"], work, kept, server)
    yield Watched(root, server, checkpoints, kept)
    checkpoints.close()
    while server.children:
        server.events(SECONDS)


EDITS = {
    "a method": (SCENE, "self.play(lit(self.props.bulb), run_time=0.2)", "self.play(lit(self.props.bulb.scale(2)))", 1),
    "a private method": (SCENE, "shift(3 * UP)), run_time=0.2)", "shift(3 * DOWN)), run_time=0.3)", 1),
    "a title": (SCRIPT, "It is light", "How bright", 1),
    "a word": (SCRIPT, "Now [press] it", "Now, quite suddenly, [press] it", 1),
    "a constant": (PICTURES, "GLOW = 1.0", "GLOW = 1.6", 1),
    "a function": (PICTURES, "GLOW / 2", "GLOW / 3", 1),
    "a stage module": (MOON, "radius=0.3", "radius=0.7", 2),
    "what the stage is set with": (PICTURES, "SIZE = 0.8", "SIZE = 1.1", -1),
}


@pytest.mark.slow
def test_frames_are_those_of_a_run_from_nothing(watched: Watched, tmp_path: Path) -> None:
    spared, before = watched.frames()
    assert spared is None
    for number, (name, (file, old, new, keeps)) in enumerate(EDITS.items()):
        replace_in(watched.root, file, old, new)
        spared, after = watched.frames(2)
        assert (-1 if spared is None else spared) == keeps, name
        changed = {beat for beat in after if after[beat] != before[beat]}
        assert changed or name == "a word", f"{name}: nothing is seen of it"
        for beat in ("light", "late"):
            if beat in after:
                assert after[beat] == watched.cold(beat, tmp_path / f"{number}-{beat}"), f"{name}: {beat}"
        before |= after
