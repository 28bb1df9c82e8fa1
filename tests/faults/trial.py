"""The small project on a small disk, what it makes when nobody disturbs it, and what must be so after a disturbance."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.long_run import leftovers

from ..project_copy import Project, copy_project
from .processes import MARK, processes_of, servers_and_workers, strike, wait_until_alone, zombies_of

FILMS = ("scene", "blink", "steady", "-ql")
CHAPTER = ("chapter", "-ql")
PATIENCE = 180.0  # seconds for any run
SIZE = "64m"


class Unrecovered(AssertionError):
    """After a fault something was not as it is without."""


@dataclass(frozen=True)
class Ran:
    """How a run ended."""

    status: int
    told: str


@dataclass
class Trial:
    """A project, its store and its films in *root*, which may be a disk of its own (*mounted*)."""

    root: Path
    project: Project
    mounted: bool
    seconds: float = 0.0
    expected: dict[tuple[str, ...], dict[str, bytes]] = field(default_factory=dict)
    _runs: int = 0
    _told: dict[int, Path] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.root / "store"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def temporary(self) -> Path:
        return self.root / "tmp"

    @property
    def warm_folder(self) -> Path:
        """Where the warm server's folder lies."""
        return self.root / "run"

    @property
    def mark(self) -> str:
        """What its processes are called."""
        return str(self.root)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start the command line with the trial's folders."""
        folders = () if words[0] == "server" else ("--store", str(self.store), "-o", str(self.out))
        environment = {
            MARK: self.mark,
            "TMPDIR": str(self.temporary),
            "XDG_RUNTIME_DIR": str(self.warm_folder),
        }
        self._runs += 1
        told = self.root.parent / f"told-{self._runs}.txt"
        with told.open("w", encoding="utf-8") as log:  # not a pipe, which an orphan would hold open
            process = subprocess.Popen(
                self.project.command(*words, *folders),
                cwd=self.project.root,
                env=os.environ | environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                text=True,
            )
        self._told[process.pid] = told
        return process

    def finish(self, process: subprocess.Popen[str]) -> Ran:
        """Wait for a run; raises Unrecovered for one that hangs."""
        try:
            status = process.wait(PATIENCE)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.wait()
            raise Unrecovered(f"a run hangs: {process.args!r}") from error
        told = self._told.pop(process.pid)
        text = told.read_text(encoding="utf-8", errors="replace")
        told.unlink()
        return Ran(status, text)

    def run(self, *words: str) -> Ran:
        """Run the command line to its end."""
        return self.finish(self.start(*words))

    def made(self, words: tuple[str, ...]) -> dict[str, bytes]:
        """What lies in the folder of films and was made by *words*."""
        names = ("trial",) if words == CHAPTER else ("blink", "steady")
        found = [path for path in sorted(self.out.iterdir()) if path.is_file() and path.name.split(".")[0] in names]
        return {path.name: path.read_bytes() for path in found}

    def recover(self, words: tuple[str, ...]) -> None:
        """A plain run, after which everything is as if nothing had happened; else raises Unrecovered."""
        ran = self.run(*words)
        if ran.status:
            raise Unrecovered(f"the plain run failed ({ran.status}):\n{ran.told}")
        if "stands in" in ran.told:
            raise Unrecovered(f"the plain run let something stand in:\n{ran.told}")
        self.check_made(words)
        _, warm, _ = servers_and_workers(self.mark)
        if left := [*wait_until_alone(self.mark, warm), *zombies_of(warm)]:
            raise Unrecovered(f"processes remain: {[processes_of(self.mark).get(pid) for pid in left]}")
        if leftovers := self.leftovers():
            raise Unrecovered(f"files remain: {', '.join(leftovers)}")

    def begin_anew(self) -> None:
        """After a fault that was not recovered from: an empty store, and everything made again."""
        for pid in processes_of(self.mark):
            strike(pid, signal.SIGKILL)
        for folder in (self.store, self.out, self.temporary, self.warm_folder):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        self.run(*FILMS)

    def check_made(self, words: tuple[str, ...]) -> None:
        """Raise Unrecovered unless the videos and their companions are what they must be."""
        expected, found = self.expected[words], self.made(words)
        wrong = [name for name in sorted(expected.keys() | found.keys()) if expected.get(name) != found.get(name)]
        if wrong:
            raise Unrecovered(f"other bytes than without a fault: {', '.join(wrong)}")

    def leftovers(self) -> list[str]:
        """Working files, half-written ones and notes of processes that are no more."""
        found = leftovers(self.store, self.out, self.temporary)
        found += (self.root / "project" / "narration").rglob(".*.part*")
        return sorted(path.relative_to(self.root).as_posix() for path in found)


@contextlib.contextmanager
def trial_in(folder: Path) -> Iterator[Trial]:
    """A trial in the empty *folder*; on a disk of its own where mounting is allowed. Its processes end with it."""
    root = folder / "disk"
    root.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(root)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        trial = Trial(root, copy_project(root / "project"), mounted)
        for name in ("blink", "steady"):
            trial.project.film(name).speak(seconds_a_word=0.3, sound=_hum)
        for place in (trial.temporary, trial.warm_folder, trial.store, trial.out):
            place.mkdir()
        try:
            _learn(trial)
            yield trial
        finally:
            for pid in processes_of(trial.mark):
                strike(pid, signal.SIGKILL)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", root], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def _learn(trial: Trial) -> None:
    """Make everything once, undisturbed."""
    for words in (FILMS, CHAPTER):
        began = time.monotonic()
        ran = trial.run(*words)
        if ran.status:
            raise Unrecovered(f"the first run failed:\n{ran.told}")
        trial.expected[words] = trial.made(words)
        trial.seconds = trial.seconds or time.monotonic() - began


def _hum(samples: int) -> NDArray[np.float32]:
    """A voice that is no silence, so that damaged narration is heard."""
    return np.asarray(0.2 * np.sin(np.arange(samples) * 0.03), np.float32)
