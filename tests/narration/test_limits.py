"""Scripts and narration of a size that nobody means: read whole, or refused with what to do."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from film.captions import captions
from film.subtitles import srt, vtt
from film.transcript import transcript
from narration.script import LONGEST_BEAT, Script, ScriptErrors
from narration.speech import Fallback, speeches
from narration.timetable import TimedBeat, TimedWord, Timetable
from tests.fuzz.hang import limited

MakeScript = Callable[[str], Script]


def test_a_film_of_200_beats_and_20_000_words_is_read_whole(make_script: MakeScript) -> None:
    sentence = "So it goes on, and on, and nothing is left."
    beats = "".join(
        f"## beat_{number}: Beat [a](b)\n" + f"{sentence} [cue]\n" + f"{sentence}\n" * 9 for number in range(200)
    )
    with limited():
        script = make_script(beats)
    assert len(script.beats) == 200
    assert all(beat.caption == " ".join([sentence] * 10) for beat in script.beats)
    assert all(beat.cues == ("cue",) for beat in script.beats)


@pytest.mark.parametrize("prose", ["word " * 2000, "a [pause 60] " * 13])
def test_a_beat_of_a_quarter_of_an_hour_is_refused(prose: str, make_script: MakeScript) -> None:
    with pytest.raises(ScriptErrors, match=r"kraft.md:2:1: beat 'long' lasts about 1[34567]? minutes; split it"):
        make_script(f"## long\n{prose}\n")


def test_the_longest_beat_there_may_be_is_spoken_by_nobody_in_its_time(
    make_script: MakeScript, tmp_path: object
) -> None:
    script = make_script("## long\n" + "word " * 1870)
    speech = speeches(script, takes=script.path.parent, fallback=Fallback.SILENCE).beats["long"]
    assert LONGEST_BEAT - 30 < speech.duration < 1.25 * LONGEST_BEAT
    assert len(speech.words) == 1870
    assert speech.samples.shape == (round(speech.duration * 48_000),)
    assert not np.any(speech.samples)


def timetable(words: int) -> Timetable:
    """A beat that says so many words, three a second, with a full stop after each eleventh."""
    said = tuple(
        TimedWord(
            f"word{number % 97}" + ("." if number % 11 == 10 else ""), number / 3, number / 3 + 0.3, number // 500
        )
        for number in range(words)
    )
    end = words / 3 + 1
    return Timetable(
        "c",
        "t",
        30,
        round(end * 30),
        (TimedBeat("b", "B", 0.0, end, 0, round(end * 30), 0.0, end, "take", said, (), ()),),
    )


def test_5_000_words_of_one_beat_become_captions_in_order() -> None:
    table = timetable(5000)
    with limited():
        told = captions(table)
    assert " ".join(line for caption in told for line in caption.lines).split() == [
        w.shown for w in table.beats[0].words
    ]
    assert all(earlier.end <= later.start for earlier, later in itertools.pairwise(told))
    assert srt(told).count(" --> ") == vtt(told, "T", ()).count(" --> ") == len(told)
    assert len(transcript("T", [table]).split("\n\n")) == 3 + 10
