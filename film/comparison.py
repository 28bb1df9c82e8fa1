"""Before and after: the beats of a film at two git revisions, side by side."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from film.errors import FilmError
from film.still import Still, Stills
from film.storyboard import storyboard_of_pairs
from narration.timetable import Timetable
from scenes.programme import ROOT, Concept

# Runs in the old revision's own tree, with its own code.
_OLD_STILLS = """
import sys
from pathlib import Path
from film.still import stills
from scenes.programme import concept
folder = Path(sys.argv[2])
shots = stills(concept(sys.argv[1]), folder / "media")
for number, frame in enumerate(shots.frames):
    frame.image.save(folder / f"{number:03}.png")
(folder / "timetable.json").write_text(shots.timetable.to_json(), encoding="utf-8")
"""
VISIBLE = 24  # difference of a pixel, of 255, that a viewer could see
FEW = 5e-5  # share of visibly different pixels up to which a beat counts as unchanged: 20 at 480 lines


@dataclass(frozen=True)
class Pair:
    """A beat before and after; one of them is None where the beat is new or gone."""

    beat: str
    before: Still | None
    after: Still | None

    @property
    def changed(self) -> bool:
        """Whether a viewer could see a difference at the end of the beat."""
        if self.before is None or self.after is None or self.before.image.size != self.after.image.size:
            return True
        before, after = (np.asarray(still.image, np.int16) for still in (self.before, self.after))
        return bool((np.abs(before - after).max(axis=2) > VISIBLE).mean() > FEW)


def stills_at(revision: str, concept: Concept) -> Stills:
    """The beats' last frames as *revision* draws them. Raises FilmError for one that is unknown or fails."""
    with tempfile.TemporaryDirectory() as name:
        tree, out = Path(name) / "tree", Path(name) / "out"
        out.mkdir()
        _check_out(revision, tree)
        command = [sys.executable, "-c", _OLD_STILLS, concept.name, str(out)]
        environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0"}
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise FilmError(f"'{concept.name}' cannot be drawn at revision {revision}: {last}; choose a later revision")
        return _read(out)


def _check_out(revision: str, tree: Path) -> None:
    # An archive, not a work tree: nothing in the repository changes.
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", "--end-of-options", revision]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        raise FilmError(f"git knows no revision {revision!r}; name a commit, a tag or a branch")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        # Python before 3.11.4 knows no filters; the archive is our own repository's.
        if hasattr(tarfile, "data_filter"):
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(tree)


def _read(folder: Path) -> Stills:
    timetable = Timetable.read(folder / "timetable.json")
    frames = []
    for path, beat in zip(sorted(folder.glob("*.png")), timetable.beats, strict=True):
        with Image.open(path) as image:
            frames.append(Still(beat.name, beat.end, "end of beat", image.convert("RGB")))
    return Stills(timetable, tuple(frames))


def pairs(before: Stills, after: Stills) -> list[Pair]:
    """The beats of both, in the order of the later one; a beat that is gone stands where it stood."""
    old = {frame.beat: frame for frame in before.frames}
    new = {frame.beat: frame for frame in after.frames}
    names = list(new)
    for number, name in enumerate(old):
        if name not in new:
            names.insert(min(number, len(names)), name)
    return [Pair(name, old.get(name), new.get(name)) for name in names]


def comparison(revision: str, before: Stills, after: Stills) -> Image.Image:
    """The sheet: a row for each beat, *before* at the left and *after* at the right."""
    rows: Sequence[Pair] = pairs(before, after)
    cells = [(pair.beat, "changed" if pair.changed else "unchanged", pair.before, pair.after) for pair in rows]
    return storyboard_of_pairs(revision, before.timetable, after.timetable, cells)
