"""The timetable file: written and read back, shifted, refused when broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narration.timetable import TimedAnimation, TimedBeat, TimedCue, TimedWord, Timetable, TimetableError

BEAT = TimedBeat(
    name="wall",
    title="A wall of every codeword",
    start=0.0,
    end=2.0,
    start_frame=0,
    end_frame=60,
    speech_start=0.1,
    speech_end=1.9,
    source="take",
    words=(TimedWord("ℓ(x),", 0.1, 0.5, 0), TimedWord("then", 0.5, 0.9, 1)),
    cues=(TimedCue("rows", 0.5, 0.5333),),
    animations=(TimedAnimation("FadeIn", 0.0, 1.0),),
)
TABLE = Timetable(concept="kraft", title="Prefix codes", frame_rate=30, frames=60, beats=(BEAT,))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "kraft.json"
    file.write_text(TABLE.to_json(), encoding="utf-8")
    assert Timetable.read(file) == TABLE
    assert TABLE.duration == 2.0


@given(st.floats(0, 1e4), st.text(max_size=20).filter(str.isprintable))
def test_writing_is_stable(start: float, shown: str) -> None:
    beat = TimedBeat(
        "a", shown, start, start, 0, 0, start, start, "draft", (TimedWord(shown, start, start, 0),), (), ()
    )
    text = Timetable("c", "t", 30, 1, (beat,)).to_json()
    again = Timetable.from_json(text)
    assert again.to_json() == text
    assert again.beats[0].words[0].shown == shown
    assert again.beats[0].start == pytest.approx(start, abs=5.1e-5)


def test_shifting_moves_every_time_and_frame() -> None:
    beat = TABLE.shifted(45).beats[0]
    assert (beat.start, beat.end, beat.speech_start, beat.speech_end) == pytest.approx((1.5, 3.5, 1.6, 3.4))
    assert (beat.start_frame, beat.end_frame) == (45, 105)
    assert (beat.words[0].start, beat.words[1].end) == pytest.approx((1.6, 2.4))
    assert (beat.cues[0].spoken, beat.cues[0].met) == pytest.approx((2.0, 2.0333))
    assert (beat.animations[0].start, beat.animations[0].end) == pytest.approx((1.5, 2.5))
    assert [word.shown for word in beat.words] == ["ℓ(x),", "then"]


def test_shifting_by_nothing_changes_nothing() -> None:
    assert TABLE.shifted(0) == TABLE


def changed(**values: object) -> str:
    return json.dumps({**json.loads(TABLE.to_json()), **values})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"kraft"',
        "{}",
        TABLE.to_json()[:200],
        changed(beats=None),
        changed(beats=[{}]),
        changed(beats=[{"words": []}]),
        changed(surplus=1),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "kraft.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TimetableError, match=r"kraft\.json: not a timetable .* render the scene again"):
        Timetable.read(file)


def test_another_version_is_refused() -> None:
    with pytest.raises(TimetableError, match="another version"):
        Timetable.from_json(changed(version=2))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    for name in ("none.json", "bytes.json", "."):
        with pytest.raises(TimetableError, match=str(tmp_path)):
            Timetable.read(tmp_path / name)
