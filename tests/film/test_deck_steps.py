"""A beat is parted at its cues, so that each press of a key shows something."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from film.deck.steps import Step, steps_of, whole
from narration.timetable import TimedAnimation, TimedBeat, TimedCue, TimedWord

RATE = 15


def beat(
    plays: list[tuple[str, int]], cues: dict[str, int], words: list[tuple[str, int]], start_frame: int = 0
) -> TimedBeat:
    """A beat of *plays* (name and frames), with *cues* and *words* at frames of the beat."""
    animations, frame = [], start_frame
    for name, frames in plays:
        animations.append(TimedAnimation(name, frame / RATE, (frame + frames) / RATE))
        frame += frames
    at = {name: (start_frame + frames) / RATE for name, frames in cues.items()}
    spoken = [((start_frame + frames) / RATE, text) for text, frames in words]
    return TimedBeat(
        name="beat",
        title="Beat",
        start=start_frame / RATE,
        end=frame / RATE,
        start_frame=start_frame,
        end_frame=frame,
        speech_start=start_frame / RATE,
        speech_end=frame / RATE,
        source="take",
        words=tuple(TimedWord(text, time, time + 0.1, 0) for time, text in spoken),
        cues=tuple(TimedCue(name, time, time) for name, time in at.items()),
        animations=tuple(animations),
    )


def test_a_step_begins_where_the_picture_moves_after_a_cue() -> None:
    timed = beat(
        [("FadeIn", 10), ("Wait", 20), ("Create", 15), ("Wait", 5)],
        {"draw": 30},
        [("Look.", 0), ("A", 30), ("wall.", 40)],
    )
    assert steps_of(timed, RATE) == (Step(0, 30, "Look."), Step(30, 50, "A wall."))


def test_what_stands_at_the_beginning_is_left_out() -> None:
    timed = beat([("Wait", 20), ("Create", 15), ("Wait", 5)], {"draw": 20}, [("Look.", 0), ("Here.", 22)])
    assert steps_of(timed, RATE) == (Step(20, 40, "Look. Here."),)


def test_a_cue_after_which_nothing_moves_opens_no_step() -> None:
    timed = beat([("Create", 15), ("Wait", 20), ("Create", 5)], {"still": 20, "moves": 35}, [("One", 0), ("two.", 21)])
    assert steps_of(timed, RATE) == (Step(0, 35, "One two."), Step(35, 40, ""))


def test_a_picture_that_never_moves_is_one_step() -> None:
    timed = beat([("Wait", 40)], {"still": 10}, [("Look.", 0)])
    assert steps_of(timed, RATE) == whole(timed) == (Step(0, 40, "Look."),)


def test_frames_count_from_the_beginning_of_the_beat() -> None:
    plays, cues, words = [("Create", 15), ("Wait", 5), ("Create", 7)], {"on": 20}, [("One", 0), ("two.", 21)]
    assert steps_of(beat(plays, cues, words, start_frame=100), RATE) == steps_of(beat(plays, cues, words), RATE)


PLAYS = st.lists(st.tuples(st.sampled_from(["Wait", "FadeIn"]), st.integers(1, 30)), min_size=1, max_size=12)


@given(PLAYS, st.data())
def test_steps_lie_end_to_end_and_lose_no_word(plays: list[tuple[str, int]], data: st.DataObject) -> None:
    ends = [sum(frames for _, frames in plays[:number]) for number in range(len(plays) + 1)]
    cues = {f"cue{i}": at for i, at in enumerate(data.draw(st.lists(st.sampled_from(ends[:-1]), unique=True)))}
    words = [(f"w{at}", at) for at in sorted(data.draw(st.lists(st.integers(0, ends[-1] - 1), unique=True)))]
    timed = beat(plays, cues, words)
    steps = steps_of(timed, RATE)
    assert all(step.start < step.stop for step in steps)
    assert all(step.stop == after.start for step, after in pairwise(steps))
    assert steps[-1].stop == ends[-1]
    assert " ".join(step.says for step in steps if step.says) == " ".join(text for text, _ in words)
    if len(steps) > 1:
        moving = [start for (name, _), start in zip(plays, ends, strict=False) if name != "Wait"]
        assert all(any(step.start <= start < step.stop for start in moving) for step in steps)
