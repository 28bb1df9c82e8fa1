"""When words, caption words and cues come, in takes and in what stands in for them."""

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narration.align import WordTime, align
from narration.audio import SAMPLE_RATE
from narration.draft import draft, silence
from narration.narrate import make_takes
from narration.pacing import Pacing, plan
from narration.script import Cue, Item, Pause, Place, Script, Token, script_words
from narration.speech import Fallback, NarrationError, Source, Speech, cue_times, speeches, token_times
from narration.spoken_text import WORDS_PER_SECOND
from narration.voices.espeak import Espeak

MakeScript = Callable[[str], Script]
PLACE = Place(Path("kraft.md"), 1, 1)
BEATS = """## wall
[first] Write down every string of bits. [pick] Pick one. [hold][pause 0.8] [next] The length is [ℓ(x)](ell of
x).

Don't [ask] stop [pause 0.5] there. [last]
## budget
Kullback spends one, [two] and that is all of the budget."""


def token(spoken: str, paragraph: int = 0) -> Token:
    return Token(spoken, spoken, PLACE, paragraph)


@st.composite
def beats(draw: st.DrawFn) -> tuple[Item, ...]:
    """Any order of words, cues and pauses, with at least one word."""
    spoken = st.sampled_from(["budget", "a", "ell of x,", "don't", "gone.", "why?", "twenty-one"])
    kinds = draw(st.lists(st.sampled_from(["token", "token", "token", "cue", "pause", "paragraph"]), max_size=25))
    items: list[Item] = []
    paragraph = 0
    for index, kind in enumerate([*kinds, "token"]):
        paragraph += kind == "paragraph"
        if kind == "token":
            items.append(token(draw(spoken), paragraph))
        elif kind == "cue":
            items.append(Cue(f"cue_{index}", PLACE))
        elif kind == "pause":
            items.append(Pause(draw(st.floats(0.05, 3)), PLACE))
    return tuple(items[draw(st.integers(0, len(items) - 1)) :]) if draw(st.booleans()) else tuple(items)


def assert_ordered(words: tuple[WordTime, ...], duration: float) -> None:
    edges = [0.0, *itertools.chain.from_iterable((word.start, word.end) for word in words), duration + 1e-4]
    assert edges == sorted(edges)
    assert all(word.start < word.end for word in words)


@settings(deadline=None)
@given(beats())
def test_silence_is_as_long_as_its_words_and_pauses(items: tuple[Item, ...]) -> None:
    pacing = Pacing()
    cut = plan(items, pacing)
    samples, words = silence(cut, pacing)
    spoken = [word for item in items if isinstance(item, Token) for word in script_words(item.spoken)]
    assert [word.text for word in words] == spoken
    assert not samples.any()
    gaps = sum(segment.gap for segment in cut.segments) + cut.tail
    assert len(samples) / SAMPLE_RATE == pytest.approx(len(spoken) / WORDS_PER_SECOND + gaps, abs=1e-3)
    assert_ordered(words, len(samples) / SAMPLE_RATE)


@settings(deadline=None)
@given(beats())
def test_cues_follow_their_rules(items: tuple[Item, ...]) -> None:
    pacing = Pacing()
    samples, words = silence(plan(items, pacing), pacing)
    duration = len(samples) / SAMPLE_RATE
    cues = cue_times(items, words, duration, pauses=True)
    assert list(cues) == [item.name for item in items if isinstance(item, Cue)]
    assert sorted(cues.values()) == list(cues.values())
    starts = iter(token_times([item for item in items if isinstance(item, Token)], words))
    waiting: list[str] = []
    for item in items:
        if isinstance(item, Cue):
            waiting.append(item.name)
            continue
        if isinstance(item, Token):
            start = next(starts).start
            assert all(cues[name] == pytest.approx(start) for name in waiting)
        waiting = []
    assert all(cues[name] == duration for name in waiting)


@settings(deadline=None)
@given(beats())
def test_every_pause_of_the_script_is_a_silence_of_the_plan(items: tuple[Item, ...]) -> None:
    pacing = Pacing()
    cut = plan(items, pacing)
    asked = sum(item.seconds for item in items if isinstance(item, Pause))
    natural = sum(segment.gap for segment in cut.segments) + cut.tail - asked
    assert natural >= -1e-9
    assert natural == pytest.approx(0) or natural > min(pacing.sentence, pacing.paragraph) - 1e-9
    assert " ".join(s.text for s in cut.segments) == " ".join(i.spoken for i in items if isinstance(i, Token))


def test_a_plan_cuts_at_sentences_paragraphs_and_pauses() -> None:
    items = (
        Pause(0.3, PLACE),
        token("One"),
        token("two."),
        token("Three,"),
        Pause(0.5, PLACE),
        Pause(0.25, PLACE),
        token("four."),
        Pause(0.1, PLACE),
        token("Five", 1),
        token("six", 2),
        Pause(2.0, PLACE),
    )
    cut = plan(items, Pacing(sentence=0.4, paragraph=0.6))
    assert [(s.text, s.gap) for s in cut.segments] == [
        ("One two.", 0.3),
        ("Three,", 0.4),
        ("four.", 0.75),
        ("Five", 0.1),
        ("six", 0.6),
    ]
    assert cut.tail == 2.0


def test_cues_at_words_pauses_and_ends() -> None:
    items = (
        Cue("a", PLACE),
        token("one"),
        Cue("b", PLACE),
        Pause(1.0, PLACE),
        Cue("c", PLACE),
        Pause(1.0, PLACE),
        token("two"),
        Cue("d", PLACE),
    )
    words = (WordTime("one", 0.1, 0.5), WordTime("two", 2.5, 2.9))
    assert cue_times(items, words, 3.0, pauses=True) == {"a": 0.1, "b": 0.5, "c": 1.5, "d": 3.0}
    assert cue_times(items, words, 3.0, pauses=False) == {"a": 0.1, "b": 0.5, "c": 0.5, "d": 3.0}


def test_a_cue_before_a_pause_that_opens_the_beat_comes_at_once() -> None:
    items = (Cue("a", PLACE), Pause(1.0, PLACE), Cue("b", PLACE), token("one"))
    assert cue_times(items, (WordTime("one", 1.02, 1.4),), 1.5, pauses=True) == {"a": 0.0, "b": 1.02}


def test_a_caption_word_covers_all_its_spoken_words() -> None:
    words = tuple(WordTime(text, i, i + 0.5) for i, text in enumerate(["h", "of", "x", "twenty", "one"]))
    times = token_times([Token("H(X),", "H of X,", PLACE, 0), Token("21", "twenty-one", PLACE, 1)], words)
    assert [(t.shown, t.start, t.end, t.paragraph) for t in times] == [
        ("H(X),", 0, 2.5, 0),
        ("21", 3, 4.5, 1),
    ]


def same(one: Speech, other: Speech) -> bool:
    fields = ("beat", "source", "duration", "words", "tokens", "cues")
    return all(getattr(one, f) == getattr(other, f) for f in fields) and np.array_equal(one.samples, other.samples)


@pytest.mark.parametrize(("fallback", "source"), [(Fallback.DRAFT, Source.DRAFT), (Fallback.SILENCE, Source.SILENCE)])
def test_stand_ins_are_complete_and_repeat_themselves(
    make_script: MakeScript, tmp_path: Path, fallback: Fallback, source: Source
) -> None:
    script = make_script(BEATS)
    found, again = (speeches(script, takes=tmp_path, fallback=fallback) for _ in range(2))
    assert [stale.beat for stale in found.stale] == list(found.beats) == ["wall", "budget"]
    for beat in script.beats:
        speech = found.beats[beat.name]
        assert speech.source is source
        assert same(speech, again.beats[beat.name])
        assert [word.text for word in speech.words] == script_words(beat.spoken)
        assert [t.shown for t in speech.tokens] == [t.shown for t in beat.tokens]
        assert tuple(speech.cues) == beat.cues
        assert speech.samples.dtype == np.float32
        assert len(speech.samples) / SAMPLE_RATE == speech.duration
        assert_ordered(speech.words, speech.duration)
    cues = found.beats["wall"].cues
    assert cues["next"] - cues["hold"] > 0.8 - 1e-6
    assert cues["last"] == found.beats["wall"].duration


def test_draft_words_are_where_the_voice_speaks_them(make_script: MakeScript) -> None:
    script = make_script("## wall\nWrite down every string of bits, two of length one, and four of the longer ones.")
    cut = plan(script.beats[0].items, Pacing())
    samples, words = draft(cut, Pacing())
    aligned = align([word.text for word in words], samples)
    errors = [abs(a.start - b.start) for a, b in zip(words, aligned, strict=True)]
    assert np.median(errors) < 0.06


def test_takes_are_used_where_they_fit_and_all_others_are_named(make_script: MakeScript, tmp_path: Path) -> None:
    script = make_script(BEATS)
    make_takes(script, Espeak(), tmp_path / "takes")
    whole = speeches(script, takes=tmp_path / "takes", fallback=Fallback.ERROR)
    assert {speech.source for speech in whole.beats.values()} == {Source.TAKE}
    assert whole.stale == ()
    for speech in whole.beats.values():
        assert_ordered(speech.words, speech.duration)
    wall = whole.beats["wall"].cues
    assert wall["next"] - wall["hold"] == pytest.approx(0.8, abs=0.1)

    changed = make_script(BEATS.replace("all of", "most of") + "\n## more\nNew.")
    mixed = speeches(changed, takes=tmp_path / "takes", fallback=Fallback.SILENCE)
    assert [speech.source for speech in mixed.beats.values()] == [Source.TAKE, Source.SILENCE, Source.SILENCE]
    assert [stale.beat for stale in mixed.stale] == ["budget", "more"]
    with pytest.raises(NarrationError) as caught:
        speeches(changed, takes=tmp_path / "takes", fallback=Fallback.ERROR)
    message = str(caught.value)
    assert "kraft.md: 2 of 3 beats" in message
    assert "wall" not in message
    assert "render.py narrate kraft@budget" in message
    assert "render.py narrate kraft@more" in message
