"""One concept, one scene; one beat of the script, one method.

A concept's scene names its facts, sets its stage, and has one method for each beat of the script::

    class Kraft(ConceptScene[Props]):
        @staticmethod
        def compute_facts() -> Facts: ...
        def set_stage(self) -> Props: ...
        def wall(self, beat: Beat) -> None: ...

``construct`` is here: for every beat it opens a Manim section, calls the method, and holds until the narration has
ended. It is an ordinary Manim scene all the same: ``manim -pql scenes/entropy/kraft.py Kraft`` renders it with sound.
"""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Generic, TypeVar

import numpy as np
from manim import Animation, AnimationGroup, FadeIn, FadeOut, Mobject, Wait, logger
from numpy.typing import NDArray
from pydub import AudioSegment

from narration.fact import Facts
from narration.script import Script, ScriptBeat, read_script
from narration.speech import SAMPLE_RATE, Fallback, Source, Speech, SpeechSet, speeches
from narration.timetable import TimedBeat, Timetable
from scenes.programme import Concept, concept
from scenes.stage.beat import Beat
from scenes.stage.contract import check_contract
from scenes.stage.theme import STEP
from scenes.stage.timed_scene import TimedScene
from scenes.stage.typeset import Words, heading

Props = TypeVar("Props")

FINAL = frozenset((Source.TAKE, Source.RECORDING))  # narration that will not change: cues can be kept to
AAC_PRIMING = 1024  # samples by which Manim's own mux delays sound


class ConceptScene(TimedScene, Generic[Props]):
    """Base of every film. Arguments beyond Manim's own are for the tools that render.

    Parameters
    ----------
    only
        Names of beats to render; earlier ones are fast-forwarded, later ones left out.
    fallback
        What stands in for narration that is not recorded yet: a draft voice, silence, or an error.
    sound
        Whether Manim itself puts the narration into its video.
    on_beat_end
        Called after each beat that is rendered, with its timetable entry.
    on_play_end
        Called after each animation that is rendered, with the beat's and the animation's names.
    on_cue
        Called when the picture has waited for a cue of a beat that is rendered, with the beat's and the cue's names.
    """

    props: Props

    def __init__(
        self,
        *args: Any,
        only: frozenset[str] | None = None,
        fallback: Fallback = Fallback.DRAFT,
        sound: bool = True,
        on_beat_end: Callable[[ConceptScene[Any], TimedBeat], None] | None = None,
        on_play_end: Callable[[ConceptScene[Any], str, str], None] | None = None,
        on_cue: Callable[[ConceptScene[Any], str, str], None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.facts = _computed(self.compute_facts)
        self._only, self._fallback, self._sound = only, fallback, sound
        self._on_beat_end, self._on_play_end, self._on_cue = on_beat_end, on_play_end, on_cue
        self._beat_name = ""
        self._timed: list[TimedBeat] = []
        self._narration: list[tuple[int, Speech]] = []

    # ---- what a concept says about itself -------------------------------------------------------

    @staticmethod
    @abstractmethod
    def compute_facts() -> Facts:
        """Every number of the film by name, computed once from infotheory."""

    @abstractmethod
    def set_stage(self) -> Props:
        """The mobjects that live longer than a beat, placed but not yet shown."""

    @classmethod
    def concept(cls) -> Concept:
        """The entry of the programme that this scene draws."""
        return concept(cls.__module__.rpartition(".")[2])

    @classmethod
    def read_script(cls) -> Script:
        """The concept's script with its values filled in. Raises ScriptErrors."""
        return read_script(cls.concept().script_path, _computed(cls.compute_facts))

    # ---- time ------------------------------------------------------------------------------------

    def turn_page(self, text: str, *keep: Mobject) -> Words:
        """Clear the stage but for *keep* and set a new heading, which is returned."""
        title = heading(text)
        self.play(self.others(*keep), run_time=STEP)
        self.play(FadeIn(title), run_time=STEP)
        return title

    def others(self, *keep: Mobject) -> Animation:
        """Everything on the stage but *keep* (and its parts) fades out: how a beat makes room for its own picture."""
        kept = {id(part) for mobject in keep for part in mobject.get_family()}

        def gone(mobject: Mobject) -> Iterator[Mobject]:
            if id(mobject) in kept:
                return
            if any(id(part) in kept for part in mobject.get_family()):
                for part in mobject.submobjects:
                    yield from gone(part)
            else:
                yield mobject

        leaving = [FadeOut(part) for mobject in self.mobjects for part in gone(mobject)]
        return AnimationGroup(*leaving) if leaving else Wait()

    # ---- the film --------------------------------------------------------------------------------

    def play(self, *args: Any, **kwargs: Any) -> None:
        """As Manim's; whoever watches the scene hears of it."""
        super().play(*args, **kwargs)
        if self._on_play_end is not None and self._renders(self._beat_name):
            self._on_play_end(self, self._beat_name, self._played[-1][0])

    @property
    def beat_name(self) -> str:
        """The beat that is playing."""
        return self._beat_name

    def reached(self, cue: str) -> None:
        """The picture stands at *cue*; a beat says so, and whoever watches the scene hears of it."""
        if self._on_cue is not None and self._renders(self._beat_name):
            self._on_cue(self, self._beat_name, cue)

    def construct(self) -> None:
        """Play every beat of the script. Scenes do not override this; they have one method a beat."""
        script = self.read_script()
        check_contract(type(self), script)
        self.read_along(script)
        self.props = self.set_stage()
        last = max((i for i, b in enumerate(script.beats) if self._renders(b.name)), default=-1)
        for script_beat in script.beats[: last + 1]:
            self.play_beat(script_beat)
        if self._sound and self._narration:
            self._add_narration()

    def read_along(self, script: Script) -> None:
        """Play by *script* from the next beat on: look up its narration, and report what is not ready."""
        self._script = script
        self._speeches = speeches(script, takes=self.concept().takes, fallback=self._fallback)
        self._report(self._speeches)

    def _renders(self, beat_name: str) -> bool:
        return self._only is None or beat_name in self._only

    def play_beat(self, script_beat: ScriptBeat) -> None:
        """Play one beat of the script, after those before it; one that is not to be rendered is fast-forwarded."""
        skipped, self._beat_name = not self._renders(script_beat.name), script_beat.name
        speech = self._speeches.beats[script_beat.name]
        self.next_section(script_beat.name, skip_animations=skipped)
        self.random = np.random.default_rng(_seed(self._script.concept, script_beat.name))
        beat = Beat(self, script_beat, speech, strict=speech.source in FINAL)
        getattr(self, script_beat.name)(beat)
        if beat.left > 0:
            self.wait(beat.left)
        timed = beat.timed(script_beat.title)
        if skipped:
            self.turn_back(beat.start_frame)
            return
        self._timed.append(timed)
        self._narration.append((beat.start_frame, speech))
        if self._on_beat_end is not None:
            self._on_beat_end(self, timed)

    @property
    def timetable(self) -> Timetable:
        """What was rendered, when. Complete once the scene is."""
        return Timetable(self._script.concept, self._script.title, self.frame_rate, self.frame, tuple(self._timed))

    def narration_of(self, beat: TimedBeat) -> NDArray[np.float32]:
        """The narration of a beat that was rendered, at most as long as the beat: mono samples at 48 kHz."""
        speech = next(speech for frame, speech in self._narration if frame == beat.start_frame)
        return speech.samples[: round((beat.end_frame - beat.start_frame) / self.frame_rate * SAMPLE_RATE)]

    def narration_track(self) -> NDArray[np.float32]:
        """The narration of the rendered beats: mono samples at 48 kHz from the start of the scene."""
        track = np.zeros(round(self.frame / self.frame_rate * SAMPLE_RATE), np.float32)
        for frame, speech in self._narration:
            start = round(frame / self.frame_rate * SAMPLE_RATE)
            piece = speech.samples[: len(track) - start]
            track[start : start + len(piece)] += piece
        return track

    def _add_narration(self) -> None:
        samples = np.clip(self.narration_track()[AAC_PRIMING:], -1, 1)
        data = (samples * 32767).astype("<i2").tobytes()
        segment = AudioSegment(data=data, sample_width=2, frame_rate=SAMPLE_RATE, channels=1)
        self.renderer.file_writer.add_audio_segment(segment, 0)

    def _report(self, narration: SpeechSet) -> None:
        for stale in narration.stale:
            logger.warning("%s@%s: %s; %s stands in", self.concept().name, stale.beat, stale.why, self._fallback)


@cache
def _computed(compute_facts: Callable[[], Facts]) -> Facts:
    return compute_facts()


def _seed(concept_name: str, beat_name: str) -> int:
    digest = hashlib.sha256(f"{concept_name}@{beat_name}".encode()).digest()
    return int.from_bytes(digest[:8], "big")
