"""The pacing report, on timetables whose times are known."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from film.pacing import joined, pacing_warnings, without, words_a_minute
from narration.timetable import TimedAnimation, TimedBeat, TimedWord, Timetable

RATE = 30


def _words(start: float, end: float, a_minute: float = 150.0) -> list[TimedWord]:
    """Words from *start* to *end* at an even pace."""
    count = round((end - start) * a_minute / 60)
    step = (end - start) / count
    return [TimedWord("word", start + i * step, start + (i + 1) * step, 0) for i in range(count)]


def _beat(
    name: str, start: float, end: float, words: Sequence[TimedWord], motion: Sequence[tuple[float, float]]
) -> TimedBeat:
    """A beat whose picture moves in the spans of *motion* and waits in between."""
    edges = [start, *(time for span in motion for time in span), end]
    waits = [("Wait", a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]
    moves = [("FadeIn", a, b) for a, b in motion]
    animations = tuple(TimedAnimation(*each) for each in sorted(waits + moves, key=lambda each: each[1]))
    frames = (round(start * RATE), round(end * RATE))
    return TimedBeat(name, "", start, end, *frames, start, end, "take", tuple(words), (), animations)


def _warnings(*beats: TimedBeat) -> list[tuple[str, str]]:
    table = Timetable("film", "Film", RATE, beats[-1].end_frame, beats)
    return [(warning.beat, warning.kind) for warning in pacing_warnings(table)]


def test_an_even_film_has_no_warnings() -> None:
    first = _beat("first", 0, 10, _words(0.2, 9.5), [(1, 2), (5, 6)])
    second = _beat("second", 10, 20, _words(10.3, 19.5), [(11, 12), (16, 18)])
    assert _warnings(first, second) == []


@pytest.mark.parametrize(
    ("a_minute", "kinds"),
    [(100, ["the voice drags"]), (112, []), (188, []), (200, ["the voice hurries"])],
)
def test_tempo_is_that_of_the_spoken_words(a_minute: float, kinds: list[str]) -> None:
    beat = _beat("talk", 0, 31, _words(0.5, 30.5, a_minute), [(t, t + 1) for t in range(1, 30, 4)])
    assert words_a_minute(beat) == pytest.approx(a_minute)
    assert [kind for _, kind in _warnings(beat)] == kinds


def test_a_short_remark_has_no_tempo() -> None:
    assert _warnings(_beat("remark", 0, 2, _words(0.2, 1.2, 300), [(0, 2)])) == []


def test_a_beat_without_words_is_no_error() -> None:
    silent = _beat("silent", 0, 3, [], [(0, 2)])
    assert words_a_minute(silent) == 0
    assert _warnings(silent) == []


def test_silence_lasts_to_the_next_word_or_the_end() -> None:
    first = _beat("first", 0, 10, _words(0.2, 8.9), [(4, 5), (9, 10)])
    second = _beat("second", 10, 20, _words(10.5, 18.4), [(12, 13), (17, 19)])
    assert _warnings(first, second) == [("first", "silence after speech"), ("second", "silence after speech")]


def test_an_idle_picture_is_found_over_the_edge_of_two_beats() -> None:
    first = _beat("first", 0, 10, _words(0.2, 9.7), [(0, 1), (4, 6)])
    second = _beat("second", 10, 20, _words(10.2, 19.7), [(12.5, 15)])
    (warning,) = pacing_warnings(Timetable("film", "Film", RATE, 600, (first, second)))
    assert (warning.beat, warning.kind, warning.start, warning.end) == ("first", "the picture is idle", 6, 12.5)
    assert warning.line() == "film@first [6.0 to 12.5 s]: warning: the picture is idle: 6.5 s (limit 6)"


def test_motion_without_speech_is_found_and_a_breath_is_no_silence() -> None:
    words = [*_words(0.2, 5.0), *_words(5.5, 9.0)]
    with_breath = _beat("breath", 0, 9.5, words, [(0, 9)])
    assert _warnings(with_breath) == []
    late = _beat("late", 0, 10, _words(5, 9.5), [(0.5, 6)])
    assert _warnings(late) == [("late", "motion without speech")]


def test_animations_in_a_row_are_one_motion() -> None:
    beat = _beat("row", 0, 10, _words(5.5, 9.5), [(0.5, 2), (2, 3.5), (3.5, 5), (7, 8)])
    assert _warnings(beat) == [("row", "motion without speech")]


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda s: (float(s[0]), float(s[0] + s[1]))))


@given(SPANS, SPANS)
def test_spans_are_sets_of_moments(spans: list[tuple[float, float]], taken: list[tuple[float, float]]) -> None:
    def has(pieces: list[tuple[float, float]], moment: float) -> bool:
        return any(start < moment < end for start, end in pieces)

    left = without(joined(spans, 0.0), taken)
    for moment in (i + 0.5 for i in range(50)):
        assert has(left, moment) == (has(spans, moment) and not has(taken, moment))
