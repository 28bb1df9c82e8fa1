"""The pace of a film, read off its timetable: a voice that hurries or drags, silence, a picture that stands still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from narration.timetable import TimedBeat, Timetable

SLOWEST, FASTEST = 110.0, 190.0  # spoken words a minute
LONGEST_SILENCE = 1.5  # seconds from a beat's last word to the next word
LONGEST_IDLE = 6.0  # seconds without any animation
LONGEST_MUTE = 4.0  # seconds of motion without speech
FEWEST_WORDS = 8  # below, words a minute say nothing
BREATH = 0.6  # seconds between words that still sound as one stretch of speech

Span = tuple[float, float]


@dataclass(frozen=True)
class PacingWarning:
    """A stretch of a film that is out of pace; times are seconds from the start of the scene."""

    concept: str
    beat: str
    start: float
    end: float
    kind: str
    measure: float
    limit: float
    unit: str

    def line(self) -> str:
        """One line for people."""
        span = f"{self.start:.1f} to {self.end:.1f} s"
        return (
            f"{self.concept}@{self.beat} [{span}]: warning: {self.kind}: {self.measure:.1f} {self.unit} "
            f"(limit {self.limit:g})"
        )

    def fields(self) -> dict[str, Any]:
        """As JSON can hold it, beside the line for people."""
        measures = {name: round(getattr(self, name), 2) for name in ("measure", "limit")}
        span = {"time": round(self.start, 3), "end": round(self.end, 3)}
        return {"address": f"{self.concept}@{self.beat}", "kind": self.kind, "unit": self.unit} | span | measures


def pacing_warnings(timetable: Timetable) -> tuple[PacingWarning, ...]:
    """All that is out of pace in a film, in order of time."""
    found = [*_tempo(timetable), *_silences(timetable), *_idle(timetable), *_mute_motion(timetable)]
    return tuple(sorted(found, key=lambda warning: (warning.start, warning.kind)))


def words_a_minute(beat: TimedBeat) -> float:
    """Spoken pace of a beat, from its first word to its last; 0 without words."""
    if not beat.words:
        return 0.0
    length = beat.words[-1].end - beat.words[0].start
    return 60 * len(beat.words) / length if length > 0 else 0.0


def _tempo(timetable: Timetable) -> Iterator[PacingWarning]:
    for beat in timetable.beats:
        pace = words_a_minute(beat)
        if len(beat.words) < FEWEST_WORDS or SLOWEST <= pace <= FASTEST:
            continue
        kind, limit = ("the voice hurries", FASTEST) if pace > FASTEST else ("the voice drags", SLOWEST)
        span = beat.words[0].start, beat.words[-1].end
        yield PacingWarning(timetable.concept, beat.name, *span, kind, pace, limit, "words a minute")


def _silences(timetable: Timetable) -> Iterator[PacingWarning]:
    """What follows a beat's last word, up to the next beat's first word or the end of the film."""
    spoken = [beat for beat in timetable.beats if beat.words]
    for i, beat in enumerate(spoken):
        start = beat.words[-1].end
        end = spoken[i + 1].words[0].start if i + 1 < len(spoken) else timetable.beats[-1].end
        if end - start > LONGEST_SILENCE:
            yield _stretch(timetable, beat, (start, end), "silence after speech", LONGEST_SILENCE)


def _idle(timetable: Timetable) -> Iterator[PacingWarning]:
    """Stretches in which nothing but waiting is played, over beats as well."""
    if not timetable.beats:
        return
    film = (timetable.beats[0].start, timetable.beats[-1].end)
    for span in without([film], _motion(timetable)):
        if span[1] - span[0] > LONGEST_IDLE:
            yield _stretch(timetable, _beat_at(timetable, span[0]), span, "the picture is idle", LONGEST_IDLE)


def _mute_motion(timetable: Timetable) -> Iterator[PacingWarning]:
    """Stretches of unbroken motion in which nobody speaks."""
    words = ((word.start, word.end) for beat in timetable.beats for word in beat.words)
    for span in without(_motion(timetable), joined(words, BREATH)):
        if span[1] - span[0] > LONGEST_MUTE:
            yield _stretch(timetable, _beat_at(timetable, span[0]), span, "motion without speech", LONGEST_MUTE)


def _motion(timetable: Timetable) -> list[Span]:
    moves = (a for beat in timetable.beats for a in beat.animations if a.name != "Wait")
    return joined(((a.start, a.end) for a in moves), 0.5 / timetable.frame_rate)


def joined(spans: Iterable[Span], gap: float) -> list[Span]:
    """*spans* in order, those at most *gap* apart made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of *spans* outside of *taken*."""
    left = list(spans)
    for start, end in taken:
        left = [piece for a, b in left for piece in ((a, min(b, start)), (max(a, end), b)) if piece[0] < piece[1]]
    return left


def _beat_at(timetable: Timetable, time: float) -> TimedBeat:
    return next((beat for beat in reversed(timetable.beats) if beat.start <= time), timetable.beats[0])


def _stretch(timetable: Timetable, beat: TimedBeat, span: Span, kind: str, limit: float) -> PacingWarning:
    return PacingWarning(timetable.concept, beat.name, *span, kind, span[1] - span[0], limit, "s")
