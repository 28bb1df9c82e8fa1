"""A copy of the project with two small films, to be run and broken in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from scenes.programme import ROOT, Concept

from .conftest import TrialConcept, TrialFilm, scene_source

FOLDERS = ("assets", "commands", "film", "infotheory", "narration", "scenes", "setup")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "takes", "entropy", "en")
PART = """
PROGRAMME = (Part(name="trial", number=1, title="Trial", subtitle="Two films", concept_names=("blink", "steady")),)
"""
BLINK = """## shut: The eye is shut
Now [now] it opens.

## open: The eye is open
And now [close] it is shut again.
"""
BLINK_METHODS = """    def shut(self, beat: Beat) -> None:
        beat.wait_until("now")
        self.play(FadeIn(Dot()), run_time=0.4)

    def open(self, beat: Beat) -> None:
        beat.wait_until("close")
        self.play(FadeOut(*self.mobjects), run_time=0.4)
"""
STEADY = "## gaze: Nothing moves\nIt looks at you.\n"
STEADY_METHODS = "    def gaze(self, beat: Beat) -> None:\n        self.add(Square())\n"


@dataclass(frozen=True)
class Project:
    """A copy of the project with two films of its own, and its command line in a process of its own."""

    root: Path

    def film(self, name: str) -> TrialFilm:
        """A film of it, to make takes for."""
        return TrialFilm(TrialConcept(name, "trial", self.root))

    def write(self, name: str, script: str, methods: str) -> None:
        """Write the script and the scene of a film."""
        concept = Concept(name, "trial", self.root)
        concept.scene_path.parent.mkdir(exist_ok=True)
        concept.script_path.write_text(f"# The film {name}\n{script}", encoding="utf-8")
        concept.scene_path.write_text(scene_source(concept.class_name, methods), encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        """The command line as the shell has it."""
        return [sys.executable, str(self.root / "render.py"), *arguments]

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run it in the project's folder."""
        return subprocess.run(
            self.command(*arguments), cwd=self.root, capture_output=True, text=True, env=os.environ | environment
        )

    def clips(self) -> list[str]:
        """The keys of the finished pieces: beats and cards."""
        return sorted(path.parent.name for path in (self.root / ".store").glob("[!w]*/clip.mp4"))


def copy_project(root: Path) -> Project:
    """Copy the project without its scripts and takes to *root*; its films are two small ones."""
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder, ignore=LEFT_OUT)
    shutil.copy(ROOT / "render.py", root)
    (root / "narration" / "en").mkdir()
    with (root / "scenes" / "programme.py").open("a", encoding="utf-8") as programme:
        programme.write(PART)
    made = Project(root)
    made.write("blink", BLINK, BLINK_METHODS)
    made.write("steady", STEADY, STEADY_METHODS)
    return made
