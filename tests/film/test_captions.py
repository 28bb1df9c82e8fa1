"""Captions keep their limits for any words, and break where a reader would."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from film.captions import Caption, captions
from film.errors import FilmError
from film.mux import Chapter
from film.phrases import best_lines
from film.subtitles import srt, vtt
from narration.timetable import TimedBeat, TimedWord, Timetable

RATE = 30
FRAME = 1 / RATE


def _beat(words: Sequence[TimedWord], start: float, end: float, name: str = "beat") -> TimedBeat:
    start_frame, end_frame = round(start * RATE), round(end * RATE)
    times = (start_frame / RATE, end_frame / RATE)
    return TimedBeat(name, "", *times, start_frame, end_frame, *times, "take", tuple(words), (), ())


def _timetable(*beats: TimedBeat) -> Timetable:
    return Timetable("film", "Film", RATE, beats[-1].end_frame, beats)


def _spoken(text: str, start: float = 0.0, rate: float = 14.0, pause: float = 0.4) -> list[TimedWord]:
    """Words at *rate* characters a second; *pause* after sentences, twice that after paragraphs."""
    words, time = [], start
    for number, paragraph in enumerate(text.split("\n\n")):
        for word in paragraph.split():
            words.append(TimedWord(word, time, time + len(word) / rate, number))
            time += (len(word) + 1) / rate + (pause if word.endswith((".", "?", "!")) else 0)
        time += pause
    return words


def _of(text: str, tail: float = 2.0) -> tuple[Caption, ...]:
    words = _spoken(text)
    return captions(_timetable(_beat(words, 0, math.ceil(words[-1].end + tail))))


@st.composite
def timetables(draw: st.DrawFn, shortest: float = 0.2, longest: float = 1.5) -> Timetable:
    """One to three beats of random words; *shortest* seconds a word keeps captions of 1 s possible."""
    beats, time = [], 0.0
    for number in range(draw(st.integers(1, 3))):
        start = time = math.ceil(time * RATE) / RATE
        time += draw(st.floats(0, 3))
        words = []
        for _ in range(draw(st.integers(0, 25))):
            text = draw(st.text("aàbℓ2=,.;'−", min_size=1, max_size=draw(st.sampled_from([3, 9, 60]))))
            length = max(draw(st.floats(shortest, longest)), len(text) / 30)
            words.append(TimedWord(text, time, time + length, draw(st.integers(0, 1))))
            time += length + draw(st.sampled_from([0, 0, 0, 0.04, 0.3, 1.2, 9]))
        time += draw(st.floats(1, 4))
        beats.append(_beat(words, start, math.ceil(time * RATE) / RATE, f"beat{number}"))
        time = beats[-1].end
    return _timetable(*beats)


def _letters(texts: Sequence[str]) -> str:
    return "".join("".join(texts).split())


def _check_always(timetable: Timetable, found: Sequence[Caption]) -> None:
    """What holds for any speech at all."""
    assert _letters([line for c in found for line in c.lines]) == _letters(
        [word.shown for beat in timetable.beats for word in beat.words]
    )
    for caption in found:
        assert 1 <= len(caption.lines) <= 2
        assert all(1 <= len(line) <= 42 for line in caption.lines)
        assert 0 < caption.end - caption.start <= 7 + 1e-9
        assert any(b.start - 1e-9 <= caption.start and caption.end <= b.end + 1e-9 for b in timetable.beats)
    for earlier, later in itertools.pairwise(found):
        gap = later.start - earlier.end
        assert abs(gap) < 1e-9 or gap >= 2 * FRAME - 1e-9


def _check_starts(timetable: Timetable, found: Sequence[Caption]) -> None:
    """No caption comes later than a frame after its first word began."""
    remaining = iter(word for beat in timetable.beats for word in beat.words)
    rest, word = "", None
    for caption in found:
        for index, character in enumerate(_letters(caption.lines)):
            if not rest:
                word = next(remaining)
                rest = _letters([word.shown])
                if index == 0:
                    assert caption.start <= word.start + FRAME + 1e-9
            assert character == rest[0]
            rest = rest[1:]


@given(timetables())
@settings(deadline=None)
def test_limits_hold_for_speech(timetable: Timetable) -> None:
    found = captions(timetable)
    _check_always(timetable, found)
    _check_starts(timetable, found)
    assert all(caption.end - caption.start >= 1 - 1e-9 for caption in found)


@given(timetables(shortest=0.04, longest=0.2))
@settings(max_examples=50, deadline=None)
def test_speech_too_dense_to_read_gives_up_only_the_minimum(timetable: Timetable) -> None:
    found = captions(timetable)
    _check_always(timetable, found)
    _check_starts(timetable, found)


def _possible(timetable: Timetable) -> bool:
    """Whether some grouping of a single beat's words keeps all limits, found by trying all of them."""
    (beat,) = timetable.beats
    words = beat.words
    starts = [math.floor(word.start * RATE + 0.01) for word in words]
    for cuts in itertools.product([False, True], repeat=len(words) - 1):
        edges = [0, *(i + 1 for i, cut in enumerate(cuts) if cut), len(words)]
        until, fits = beat.end_frame, True
        for first, stop in reversed(list(itertools.pairwise(edges))):
            silent_from = min(math.ceil(words[first - 1].end * RATE - 0.01), starts[first]) if first else 0
            start = min(starts[first], until - RATE)
            fits &= start >= silent_from and starts[stop - 1] - start < 7 * RATE
            fits &= best_lines([word.shown for word in words[first:stop]]) is not None
            until = start
        if fits:
            return True
    return False


@given(
    st.lists(
        st.tuples(st.sampled_from([4, 20, 40]), st.floats(0.1, 1.2), st.sampled_from([0, 0.5, 1.5, 8.0])),
        min_size=1,
        max_size=7,
    ),
    st.floats(0, 1),
    st.floats(0.1, 1.5),
)
@settings(deadline=None)
def test_one_second_is_kept_whenever_that_is_possible(
    lengths: list[tuple[int, float, float]], lead: float, tail: float
) -> None:
    words, time = [], lead
    for characters, seconds, pause in lengths:
        words.append(TimedWord("w" * characters, time, time + seconds, 0))
        time += seconds + pause
    timetable = _timetable(_beat(words, 0, math.ceil((time + tail) * RATE) / RATE))
    kept = all(caption.end - caption.start >= 1 - 1e-9 for caption in captions(timetable))
    assert kept == _possible(timetable)


def test_breaks_follow_the_phrases() -> None:
    found = _of(
        "Write down every string of bits: two of length one, four of length two, and so on down the wall."
        " Everything below it is gone, because every longer word starts with the word that you picked."
    )
    ends = [caption.lines[-1].split()[-1] for caption in found]
    assert ends[-1] == "picked."
    assert "wall." in ends
    assert all(end[-1] in ".,:" or end in {"starts", "word"} for end in ends)


@pytest.mark.parametrize("leaning", ["the", "of", "a", "and", "is", "="])
def test_a_word_is_not_parted_from_the_one_it_leans_on(leaning: str) -> None:
    found = _of(f"Entropy measures how many bits we need {leaning} surprise when somebody tells us an outcome.")
    lines = [line for caption in found for line in caption.lines]
    assert len(lines) > 1
    assert not any(line.endswith(f" {leaning}") for line in lines)


def test_lines_are_balanced() -> None:
    for count, lines in ((8, [8]), (12, [6, 6]), (13, [6, 7])):
        setting = best_lines(["word"] * count)
        assert setting is not None
        assert [len(line.split()) for line in setting[1]] == lines
    assert best_lines(["word"] * 18) is None


def test_paragraphs_and_beats_do_not_share_a_caption() -> None:
    found = _of("A short thought\n\nanother thought")
    assert [caption.lines for caption in found] == [("A short thought",), ("another thought",)]
    one, two = _spoken("One beat."), _spoken("Another beat.", 1.2)
    found = captions(_timetable(_beat(one, 0, 1.1), _beat(two, 1.1, 4)))
    assert [(c.lines, c.end <= 1.1 + 1e-9) for c in found] == [
        (("One beat.",), True),
        (("Another beat.",), False),
    ]


def test_a_caption_holds_after_its_last_word_and_closes_a_short_gap() -> None:
    words = [
        TimedWord("First.", 0.5, 1.5, 0),
        TimedWord("Second.", 2.5, 3.5, 1),
        TimedWord("Third.", 8.0, 9.0, 2),
    ]
    first, second, third = captions(_timetable(_beat(words, 0, 12)))
    assert first.end == second.start == 2.5
    assert second.end == pytest.approx(3.5 + 0.7, abs=FRAME)
    assert third.end == pytest.approx(9.0 + 0.7, abs=FRAME)


def test_a_gap_of_one_frame_is_closed_or_widened() -> None:
    words = [TimedWord("Long.", 0.5, 7.4, 0), TimedWord("Next.", 7.5 + FRAME, 9, 1)]
    first, second = captions(_timetable(_beat(words, 0, 10)))
    assert first.end - first.start == pytest.approx(7 - FRAME)
    assert second.start - first.end == pytest.approx(2 * FRAME)
    before, after = [TimedWord("One.", 0, 2, 0)], [TimedWord("Two.", 2 + FRAME, 4, 0)]
    first, second = captions(_timetable(_beat(before, 0, 2), _beat(after, 2, 5)))
    assert first.end == second.start == 2


def test_a_later_plan_is_kept_for_the_sake_of_the_caption_before_it() -> None:
    """Showing "B." alone would be best for what follows, but only by taking from the first caption's second."""
    full = [TimedWord("a" * 42, 0, 0.15, 0), TimedWord("a" * 42, 0.15, 0.3, 0)]
    rest = [TimedWord("B.", 1.2, 1.5, 1), TimedWord("C.", 1.9, 2.3, 2)]
    found = captions(_timetable(_beat([*full, *rest], 0, 3)))
    assert [len(caption.lines) for caption in found] == [2, 1]
    assert found[1].lines == ("B. C.",)
    assert [(c.start, c.end) for c in found] == [(0, 1.2), (1.2, 3.0)]


def test_a_last_short_word_comes_early_to_stay_a_second() -> None:
    words = [TimedWord("Well,", 0.2, 1.5, 0), TimedWord("yes.", 9.5, 9.9, 0)]
    found = captions(_timetable(_beat(words, 0, 10)))
    assert (found[-1].start, found[-1].end, found[-1].lines) == (9.0, 10.0, ("yes.",))


def test_a_word_longer_than_a_line_is_split() -> None:
    found = captions(_timetable(_beat([TimedWord("01" * 60, 0, 8, 0)], 0, 9)))
    lines = [line for caption in found for line in caption.lines]
    assert "".join(lines) == "01" * 60
    assert max(map(len, lines)) == 42


def test_a_shown_form_with_spaces_stays_together() -> None:
    words = [*_spoken("The receiver reads the digits one by one:"), TimedWord("0 1 0 0 1 1", 3.2, 6, 0)]
    assert any("0 1 0 0 1 1" in line for c in captions(_timetable(_beat(words, 0, 7))) for line in c.lines)


def test_a_silent_beat_has_no_captions() -> None:
    assert captions(_timetable(_beat([], 0, 5))) == ()


def test_words_faster_than_frames_are_an_error() -> None:
    words = [TimedWord("w" * 42, 0.5, 0.5, 0)] * 40
    with pytest.raises(FilmError, match=r"beat 'beat' at 0\.40 s: its 40 words come faster"):
        captions(_timetable(_beat(words, 0.4, 1)))


def test_srt() -> None:
    found = [Caption(0.5, 2.0, ("One line", "and\n\na second")), Caption(3661.9996, 3663.0, ("ℓ(x) ≤ 1",))]
    assert srt(found) == (
        "1\n00:00:00,500 --> 00:00:02,000\nOne line\nand  a second\n\n2\n01:01:02,000 --> 01:01:03,000\nℓ(x) ≤ 1\n"
    )
    assert srt([]) == ""


def test_vtt_escapes_and_notes_chapters() -> None:
    found = [Caption(0.5, 2.0, ("a < b & c --> d",)), Caption(5.0, 6.0, ("next",))]
    chapters = [Chapter(0.0, 4.0, "Start --> here"), Chapter(4.0, 5.5, "Next"), Chapter(5.5, 9.0, "End")]
    assert vtt(found, "Codes <1>", chapters) == (
        "WEBVTT - Codes &lt;1&gt;\n\nNOTE Start --&gt; here\n\n1\n00:00:00.500 --> 00:00:02.000\n"
        "a &lt; b &amp; c --&gt; d\n\nNOTE Next\n\n2\n00:00:05.000 --> 00:00:06.000\nnext\n\nNOTE End\n"
    )
