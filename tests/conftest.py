"""A film of a test's own: a script, a scene module and takes, in a folder of its own."""

from __future__ import annotations

import dataclasses
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import config
from numpy.typing import NDArray

from narration.align import WordTime
from narration.audio import SAMPLE_RATE
from narration.fact import Facts
from narration.opus import encode_opus
from narration.pacing import Pacing
from narration.script import Script, ScriptBeat, read_script, script_words
from narration.takes import new_take_data, take_paths, write_take
from scenes.programme import Concept

_IMPORTS = """from manim import *

from narration.fact import Fact, Facts
from scenes.stage.beat import Beat
from scenes.stage.concept_scene import ConceptScene


class {name}(ConceptScene[None]):
    @staticmethod
    def compute_facts() -> Facts:
        return Facts()

    def set_stage(self) -> None: ...

"""
_NUMBERS = count()


@pytest.fixture(scope="session", autouse=True)
def own_media(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Manim's working files of each test process in a folder of its own: Manim removes some that it made, and others
    that another process has made under the same name.
    """
    config.media_dir = str(tmp_path_factory.mktemp("media"))


def scene_source(name: str, methods: str) -> str:
    """A scene module with these beat methods; the first stands in line 15."""
    return _IMPORTS.format(name=name) + methods


@dataclass(frozen=True)
class TrialConcept(Concept):
    """A film outside the programme, whose class is known."""

    drawn_by: Any = dataclasses.field(default=None, compare=False)

    def scene_class(self) -> Any:
        """The class that was made for the test."""
        return self.drawn_by


@dataclass(frozen=True)
class TrialFilm:
    """A film of a test's own."""

    concept: TrialConcept

    @property
    def scene(self) -> Any:
        """Its scene class."""
        return self.concept.drawn_by

    @property
    def script(self) -> Script:
        """Its script; not through the scene, whose facts may fail."""
        return read_script(self.concept.script_path, Facts())

    def speak(self, *, seconds_a_word: float = 0.4, sound: Callable[[int], NDArray[np.float32]] | None = None) -> None:
        """Make takes of all beats, every word so long. *sound* makes the samples (default: silence)."""
        for beat in self.script.beats:
            self.speak_beat(beat, seconds_a_word, sound)

    def speak_beat(
        self, beat: ScriptBeat, seconds_a_word: float, sound: Callable[[int], NDArray[np.float32]] | None = None
    ) -> None:
        """Make the take of one beat."""
        words = script_words(beat.spoken)
        samples = round(len(words) * seconds_a_word * SAMPLE_RATE)
        data = new_take_data(beat, "trial", {}, Pacing(), samples)
        times = tuple(WordTime(w, i * seconds_a_word, (i + 1) * seconds_a_word) for i, w in enumerate(words))
        opus = encode_opus(sound(samples) if sound else np.zeros(samples, np.float32))
        paths = take_paths(self.script, beat, self.concept.takes)
        write_take(paths, dataclasses.replace(data, words=times), opus)


MakeFilm = Callable[..., TrialFilm]


@pytest.fixture
def make_film(tmp_path: Path) -> MakeFilm:
    """Write a script and a scene module, and import the scene."""

    def make(script: str, methods: str, *, name: str = "trial") -> TrialFilm:
        concept = Concept(name, "part", tmp_path)
        for path, text in (
            (concept.script_path, f"# A trial\n{script}"),
            (concept.scene_path, scene_source(concept.class_name, methods)),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(f"trial_{next(_NUMBERS)}", concept.scene_path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        drawn_by: Any = getattr(module, concept.class_name)
        trial = TrialConcept(name, "part", tmp_path, drawn_by)
        drawn_by.concept = classmethod(lambda cls: trial)
        return TrialFilm(trial)

    return make
