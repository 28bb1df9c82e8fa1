"""The novel: long enough to measure, varied, and made of what the films say it is made of."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infotheory import block_entropy, ngram_counts
from scenes.entropy.intuition_dictionaries import SENTENCE
from scenes.novel import ALPHABET, letter_stream, novel_letters, novel_text

WORDS = [word.lower() for word in re.findall(r"[A-Za-z']+", novel_text())]


def test_it_is_a_long_story_with_the_sentence_of_the_first_film() -> None:
    assert 6000 <= len(novel_text().split()) <= 8000
    paragraphs = novel_text().split("\n\n")
    assert paragraphs[2].strip() == SENTENCE  # after the title and the first chapter's heading


def test_its_rare_word_is_rare_and_its_common_words_are_not() -> None:
    counts = Counter(WORDS)
    assert counts["zebra"] == 1
    assert counts["coffee"] > counts["sugar"] > counts["cappuccino"] > counts["zebra"]
    assert counts["queue"] > 1
    assert counts["quiet"] > 1


def test_no_passage_is_used_twice() -> None:
    """Plain, varied English: no sentence of six words or more stands twice, but the one that opens and closes it."""
    sentences = Counter(re.sub(r"\W+", " ", s).strip().lower() for s in re.split(r"[.?!]", novel_text()))
    assert not [s for s, count in sentences.items() if count > 1 and len(s.split()) >= 6]
    assert len(set(WORDS)) > 1200


def test_every_paragraph_is_clean_plain_text() -> None:
    for line in novel_text().splitlines():
        assert line == line.strip()
        assert "  " not in line
    assert set(novel_text()) - {"\n"} <= set(map(chr, range(32, 127)))


def test_the_stream_has_27_letters_and_one_space_a_word() -> None:
    stream = novel_letters()
    assert set(stream) == set(ALPHABET)
    assert len(ALPHABET) == len(set(ALPHABET)) == 27
    assert "  " not in stream
    assert stream.count(" ") == len(stream.split())
    assert stream.startswith("without asking one maple i asked for coffee i took a sip ")


def test_the_stream_is_english() -> None:
    """Figures that any English text of this size keeps to: the commonest letters, q before u, bits a letter."""
    stream = novel_letters()
    commonest = [letter for letter, _ in Counter(stream).most_common(4)]
    assert commonest[:2] == [" ", "e"]
    pairs = ngram_counts(stream, 2)
    after_q = {pair[1]: count for pair, count in pairs.items() if pair[0] == "q"}
    assert set(after_q) == {"u", " "}  # the letter on the cup stands alone
    assert after_q["u"] > 20 * after_q[" "]
    assert 3.9 < block_entropy(stream, 1) < 4.2


@pytest.mark.parametrize(
    ("text", "stream"),
    [
        ("Don't ask.", "dont ask "),
        ("Don’t ask…", "dont ask "),
        ("a café, naïve", "a cafe naive "),
        ("right-hand\n\nsix", "right hand six "),
        ("12 %", ""),
        ("Straße", "strasse "),
    ],
)
def test_what_becomes_of_other_signs(text: str, stream: str) -> None:
    assert letter_stream(text) == stream


@given(st.text())
def test_any_text_becomes_a_stream_that_stays_as_it_is(text: str) -> None:
    stream = letter_stream(text)
    assert set(stream) <= set(ALPHABET)
    assert letter_stream(stream) == stream
