"""Word times against sounds whose words are at known times."""

from pathlib import Path

import numpy as np
import pytest

from narration.align import AlignmentError, WordTime, align, check_word
from narration.audio import SAMPLE_RATE, Samples, resampled, trimmed
from narration.errors import NarrationError
from narration.phonemes import ARPABET, IPA_TO_ARPABET, from_ipa, lexicon, pronunciations
from narration.script import script_words
from narration.voices.espeak import Espeak

SENTENCES = (
    "Write down every string of bits, two of length one, four of length two.",
    "Kullback and Leibler measured what a wrong model costs.",
    "The codeword spends its share of the budget.",
)


def spoken(text: str) -> Samples:
    return trimmed(resampled(*Espeak().synthesize(text)), keep=0.02)


def word_by_word(words: list[str]) -> tuple[Samples, list[float]]:
    """Each word synthesised by itself, with 120 ms of silence before it, and where each starts in seconds."""
    parts, starts, position = [], [], 0
    for word in words:
        gap, sound = (
            np.zeros(round(0.12 * SAMPLE_RATE), np.float32),
            trimmed(resampled(*Espeak().synthesize(word)), keep=0.0),
        )
        starts.append((position + len(gap)) / SAMPLE_RATE)
        parts += [gap, sound]
        position += len(gap) + len(sound)
    return np.concatenate(parts), starts


def test_words_are_found_where_they_were_put() -> None:
    errors: list[float] = []
    for sentence in SENTENCES:
        words = script_words(sentence)
        sound, starts = word_by_word(words)
        errors += [abs(time.start - start) for time, start in zip(align(words, sound), starts, strict=True)]
    assert np.median(errors) < 0.03
    assert np.percentile(errors, 90) < 0.1


@pytest.mark.parametrize("sentence", SENTENCES)
def test_one_time_a_word_in_order_inside_the_sound(sentence: str) -> None:
    sound = spoken(sentence)
    times = align(script_words(sentence), sound)
    assert [time.text for time in times] == script_words(sentence)
    edges = [0.0, *(edge for time in times for edge in (time.start, time.end)), len(sound) / SAMPLE_RATE]
    assert edges == sorted(edges)
    assert all(time.start < time.end for time in times)


def test_times_do_not_depend_on_the_sound_before() -> None:
    words, sound = script_words(SENTENCES[0]), spoken(SENTENCES[0])
    first = align(words, sound)
    align(script_words(SENTENCES[1]), spoken(SENTENCES[1]))
    assert align(words, sound) == first


def test_loudness_and_noise_at_20_db_hardly_move_the_words() -> None:
    words, sound = script_words(SENTENCES[2]), spoken(SENTENCES[2])
    noise = np.random.default_rng(3).standard_normal(len(sound)).astype(np.float32)
    noisy = 0.1 * (sound + noise * np.float32(0.1 * np.sqrt(np.mean(sound**2))))
    shifts = [
        abs(a.start - b.start) for a, b in zip(align(words, sound), align(words, noisy.astype(np.float32)), strict=True)
    ]
    assert np.median(shifts) <= 0.03


@pytest.mark.parametrize(
    "text",
    [
        SENTENCES[1],
        SENTENCES[0] + " " + SENTENCES[2],
        "Write down every string of bits.",
        "One two three four five six seven eight.",
    ],
)
def test_a_doubtful_sound_of_another_text_is_refused(text: str) -> None:
    with pytest.raises(AlignmentError, match="exactly"):
        align(script_words(text), spoken(SENTENCES[0] + " Nothing below it may be used again."), doubtful=True)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_doubtful_sound_of_the_text_is_accepted(sentence: str) -> None:
    assert len(align(script_words(sentence), spoken(sentence), doubtful=True)) == len(script_words(sentence))


def test_no_words_have_no_times_and_no_sound_has_no_words() -> None:
    assert align([], np.zeros(100, np.float32)) == ()
    with pytest.raises(AlignmentError, match="no sound for “one two”"):
        align(["one", "two"], np.zeros(0, np.float32))
    with pytest.raises(AlignmentError, match="two"):
        align(["one", "two"], np.zeros(SAMPLE_RATE, np.float32))


@pytest.mark.parametrize(("start", "end"), [(1.0, 1.0), (1.0, 0.9), (1.0, 3.2)])
def test_impossible_words_are_named(start: float, end: float) -> None:
    with pytest.raises(AlignmentError, match="“budget”"):
        check_word(WordTime("budget", start, end))


def test_the_lexicon_comes_before_the_rules() -> None:
    assert pronunciations("logit") == ("L OW JH IH T",)
    assert len(pronunciations("kullback")) == 2


@pytest.mark.parametrize(
    ("word", "arpabet"),
    [
        ("codeword", "K OW D W ER D"),
        ("decodable", "D IH K OW D AH B AH L"),
        ("bitstring", "B IH T S T R IH NG"),
    ],
)
def test_other_words_sound_as_espeak_says(word: str, arpabet: str) -> None:
    assert pronunciations(word) == (arpabet,)


def test_longer_phonemes_win_and_unknown_signs_fall_away() -> None:
    assert from_ipa("tʃˈɑːɹ!") == "CH AA R"
    assert {phone for _, arpabet in IPA_TO_ARPABET for phone in arpabet.split()} <= ARPABET


def test_mistakes_in_a_lexicon_are_placed(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.txt"
    path.write_text("# words\nziv Z IH V # a name\nfano F AA1 N OW\n", encoding="utf-8")
    with pytest.raises(NarrationError, match=r"lexicon\.txt:3: AA1 is no ARPAbet symbol"):
        lexicon(path)
    path.write_text("fano\n", encoding="utf-8")
    lexicon.cache_clear()
    with pytest.raises(NarrationError, match=r"lexicon\.txt:1: fano has no phonemes"):
        lexicon(path)
