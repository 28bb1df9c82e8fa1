"""The clock of a beat: what a scene method asks for time."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from narration.timetable import TimedBeat, TimedCue, TimedWord

if TYPE_CHECKING:
    from narration.script import ScriptBeat
    from narration.speech import Speech
    from scenes.stage.concept_scene import ConceptScene

TAIL = 0.35  # seconds of quiet after a beat's last word
_ROUNDING = 1e-9


class CueError(RuntimeError):
    """A cue that does not exist, or that the picture reaches too late."""


class Beat:
    """One beat while it plays. All times are whole frames; the scene's own clock counts them."""

    def __init__(self, scene: ConceptScene[Any], script: ScriptBeat, speech: Speech, *, strict: bool) -> None:
        self._scene, self._script, self._speech, self._strict = scene, script, speech, strict
        self.start_frame = scene.frame
        rate = scene.frame_rate
        self._cue_frames = {cue: self.start_frame + round(seconds * rate) for cue, seconds in speech.cues.items()}
        self._end_frame = self.start_frame + round((speech.duration + TAIL) * rate)
        self._met: dict[str, int] = {}

    @property
    def name(self) -> str:
        """The beat's name in the script."""
        return self._script.name

    @property
    def title(self) -> str:
        """The beat's title in the script."""
        return self._script.title

    @property
    def left(self) -> float:
        """Seconds from now to the end of the beat (0 when it has passed)."""
        return max(0, self._end_frame - self._scene.frame) / self._scene.frame_rate

    def until(self, cue: str, *, at_most: float | None = None) -> float:
        """Seconds from now until *cue*, to be used as the run time of what plays until then.

        Raises :class:`CueError` when the script has no such cue, or when it has passed already and the narration is
        final. With a draft voice the picture may be late; it then hurries on with the shortest animation, one frame.
        """
        left = self._frames_until(cue) / self._scene.frame_rate
        return left if at_most is None else min(left, at_most)

    def wait_until(self, cue: str) -> None:
        """Hold the picture until *cue*; an error if it has passed (see :meth:`until`)."""
        frames = self._frames_until(cue, allow_now=True)
        if frames > 0:
            self._scene.wait(frames / self._scene.frame_rate)
        self._met[cue] = self._scene.frame
        self._scene.reached(cue)

    def _frames_until(self, cue: str, *, allow_now: bool = False) -> int:
        if cue not in self._cue_frames:
            near = difflib.get_close_matches(cue, self._cue_frames, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it has: {', '.join(self._cue_frames) or 'none'}"
            raise CueError(f"{self._script.place}: beat '{self.name}' has no cue {cue!r}; {hint}")
        now, rate = self._scene.frame, self._scene.frame_rate
        met = max(self._cue_frames[cue], now if allow_now else now + 1)
        late = (met - self.start_frame) / rate - self._speech.cues[cue]
        # Within a frame is on time: rounding to frames may cost that much, more or less at each frame rate.
        if self._strict and late > 1 / rate + _ROUNDING:
            raise CueError(self._late(cue, late))
        self._met[cue] = met
        return met - now

    def _late(self, cue: str, seconds: float) -> str:
        late = f"{seconds:.2f} s late"
        return (
            f"{self._script.place}: in beat '{self.name}' the picture is {late} for cue [{cue}]; shorten the animations"
            " before it, or give them time with words or a [pause]"
        )

    def timed(self, title: str) -> TimedBeat:
        """What happened, for the timetable; to be called when the beat has ended."""
        rate, scene = self._scene.frame_rate, self._scene
        start = self.start_frame / rate
        return TimedBeat(
            name=self.name,
            title=title,
            start=start,
            end=scene.frame / rate,
            start_frame=self.start_frame,
            end_frame=scene.frame,
            speech_start=start + (self._speech.words[0].start if self._speech.words else 0.0),
            speech_end=start + self._speech.duration,
            source=str(self._speech.source),
            words=tuple(TimedWord(t.shown, start + t.start, start + t.end, t.paragraph) for t in self._speech.tokens),
            cues=tuple(
                TimedCue(cue, start + self._speech.cues[cue], frame / rate)
                for cue, frame in sorted(self._met.items(), key=lambda c: c[1])
            ),
            animations=tuple(scene.played_since(self.start_frame)),
        )
