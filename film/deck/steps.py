"""What a speaker shows with one press of a key: a beat is parted where its picture waits for a cue and then moves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from narration.timetable import TimedBeat


@dataclass(frozen=True, slots=True)
class Step:
    """Frames *start* to *stop* (exclusive) of a beat's clip, and what is said while they are shown."""

    start: int
    stop: int
    says: str


def whole(beat: TimedBeat) -> tuple[Step, ...]:
    """The beat as one step, as it is shown with its narration."""
    return (Step(0, beat.end_frame - beat.start_frame, _said(beat, beat.start, float("inf"))),)


def steps_of(beat: TimedBeat, frame_rate: int) -> tuple[Step, ...]:
    """The steps of *beat*, one after the other up to its last frame.

    A cue opens a step if something moves before the next one: no press of a key shows nothing. For the same reason a
    picture that only stands at the beginning, as the last beat left it, is left out.
    """
    cues = sorted({_frame(cue.met, beat, frame_rate): cue.spoken for cue in beat.cues}.items())
    moves = [_frame(animation.start, beat, frame_rate) for animation in beat.animations if animation.name != "Wait"]
    end = beat.end_frame - beat.start_frame
    bounds = [(0, beat.start), *(cue for cue in cues if 0 < cue[0] < end), (end, float("inf"))]
    opened = [
        (frame, spoken)
        for (frame, spoken), (after, _) in pairwise(bounds)
        if any(frame <= move < after for move in moves)
    ]
    if not opened:
        return whole(beat)
    first = min(move for move in moves if move >= opened[0][0])
    starts = [(first, beat.start), *opened[1:], (end, float("inf"))]
    return tuple(Step(start, stop, _said(beat, begins, ends)) for (start, begins), (stop, ends) in pairwise(starts))


def _frame(seconds: float, beat: TimedBeat, frame_rate: int) -> int:
    return round(seconds * frame_rate) - beat.start_frame


def _said(beat: TimedBeat, begins: float, ends: float) -> str:
    """The words from *begins* on and before *ends*."""
    return " ".join(word.shown for word in beat.words if begins <= word.start < ends)
