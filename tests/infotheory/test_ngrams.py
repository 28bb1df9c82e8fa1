"""Letter statistics of a text: closed forms, the general measures on the counted joint distribution, and laws."""

import itertools
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import infotheory as it

ALPHABET = "abcd"
texts = st.text(ALPHABET, min_size=5, max_size=60)


def de_bruijn(alphabet: str, n: int) -> str:
    """A loop in which every block of ``n`` letters stands exactly once: the greedy one that prefers the last letter."""
    text, seen = alphabet[0] * n, {alphabet[0] * n}
    while len(seen) < len(alphabet) ** n:
        letter = next(c for c in reversed(alphabet) if text[len(text) - n + 1 :] + c not in seen)
        text += letter
        seen.add(text[-n:])
    return text[: len(alphabet) ** n]


# Closed forms


@pytest.mark.parametrize(("alphabet", "n"), [("ab", 3), ("ab", 6), ("abc", 3), ("abcd", 2)])
def test_a_loop_with_every_block_once_is_as_uncertain_as_can_be(alphabet: str, n: int) -> None:
    text, bits = de_bruijn(alphabet, n), math.log2(len(alphabet))
    assert set(it.ngram_counts(text, n).values()) == {1}
    assert [it.block_entropy(text, k) for k in range(n + 1)] == pytest.approx([k * bits for k in range(n + 1)])
    assert [it.next_letter_entropy(text, k) for k in range(n)] == pytest.approx([bits] * n)
    # From here on only the length of the text speaks: what the caveat of the module warns of.
    assert it.next_letter_entropy(text, n) == 0
    assert it.block_entropy(text, n + 1) == pytest.approx(math.log2(len(text)))


@pytest.mark.parametrize("period", ["ab", "abc", "aab"])
def test_one_letter_or_two_tell_all_of_a_periodic_text(period: str) -> None:
    text = period * 20
    assert it.next_letter_entropy(text, 2) == 0
    assert it.block_entropy(text, 2) == it.block_entropy(text, 7) == pytest.approx(math.log2(len(period)))
    shares = [period.count(letter) / len(period) for letter in sorted(set(period))]
    assert it.next_letter_entropy(text, 0) == pytest.approx(it.entropy(shares))


def test_one_known_letter_of_aab_leaves_two_thirds_of_a_bit() -> None:
    assert it.next_letter_entropy("aab" * 20, 1) == pytest.approx(2 / 3)


def test_independent_letters_keep_their_entropy_whatever_is_known() -> None:
    pmf = [0.5, 0.25, 0.125, 0.125]
    text = "".join(np.random.default_rng(8).choice(list(ALPHABET), size=200_000, p=pmf))
    for known in range(4):
        assert it.next_letter_entropy(text, known) == pytest.approx(it.entropy(pmf), abs=0.01)
        assert it.block_entropy(text, known) == pytest.approx(known * it.entropy(pmf), abs=0.02)


def test_a_markov_source_needs_one_known_letter_and_no_more() -> None:
    """Two letters, each repeated with a chance of its own: the entropy rate is a mean of two coins."""
    stay = {"a": 0.9, "b": 0.6}
    random, letters = np.random.default_rng(3), ["a"]
    for draw in random.random(100_000):
        letters.append(letters[-1] if draw < stay[letters[-1]] else "ba"["ab".index(letters[-1])])
    share_a = (1 - stay["b"]) / (2 - stay["a"] - stay["b"])
    rate = share_a * it.binary_entropy(stay["a"]) + (1 - share_a) * it.binary_entropy(stay["b"])
    text = "".join(letters)
    assert it.next_letter_entropy(text, 0) == pytest.approx(it.binary_entropy(share_a), abs=0.01)
    assert it.next_letter_entropy(text, 1) == pytest.approx(rate, abs=0.01)
    assert it.next_letter_entropy(text, 2) == pytest.approx(rate, abs=0.01)


# Counting


@given(texts, st.integers(0, 5))
def test_counts_are_those_of_a_walk_around_the_loop(text: str, n: int) -> None:
    walk = itertools.cycle(text)
    letters = list(itertools.islice(walk, len(text) + n))
    expected = Counter("".join(letters[i : i + n]) for i in range(len(text)))
    assert it.ngram_counts(text, n) == expected
    assert it.ngram_counts(text, n).total() == len(text)


@given(texts)
def test_margins_of_pairs_are_the_letters(text: str) -> None:
    pairs, letters = it.ngram_pmf(text, 2, ALPHABET), it.ngram_pmf(text, 1, ALPHABET)
    assert letters == pytest.approx(np.array([text.count(letter) / len(text) for letter in ALPHABET]))
    assert pairs.sum(axis=1) == pytest.approx(letters)
    assert pairs.sum(axis=0) == pytest.approx(letters)


def test_a_cell_of_the_table_is_the_share_of_its_pair() -> None:
    table = it.ngram_pmf("abcab", 2, "abc")  # ab, bc, ca, ab, and around the loop ba
    assert (table * 5).round(12).tolist() == [[0, 2, 0], [1, 0, 1], [1, 0, 0]]


# Laws


@given(texts, st.integers(0, 4))
def test_known_letters_are_what_conditional_entropy_conditions_on(text: str, known: int) -> None:
    joint = it.ngram_pmf(text, known + 1, ALPHABET)
    expected = it.conditional_entropy(joint, of=known, given=range(known))
    assert it.next_letter_entropy(text, known) == pytest.approx(expected, abs=1e-9)
    assert it.block_entropy(text, known + 1) == pytest.approx(it.joint_entropy(joint), abs=1e-9)


@given(texts, st.integers(1, 5))
def test_the_steps_add_up_to_the_block(text: str, n: int) -> None:
    steps = [it.next_letter_entropy(text, known) for known in range(n)]
    assert sum(steps) == pytest.approx(it.block_entropy(text, n), abs=1e-9)
    assert all(later <= earlier + 1e-9 for earlier, later in itertools.pairwise(steps))


@given(texts, st.integers(0, 60), st.integers(0, 4))
def test_where_the_loop_begins_does_not_matter(text: str, turn: int, known: int) -> None:
    turned = text[turn % len(text) :] + text[: turn % len(text)]
    assert it.next_letter_entropy(turned, known) == pytest.approx(it.next_letter_entropy(text, known), abs=1e-9)


@given(texts, st.integers(0, 4))
def test_what_the_letters_are_called_does_not_matter(text: str, known: int) -> None:
    renamed = text.translate(str.maketrans("abcd", "xéz "))
    assert it.next_letter_entropy(renamed, known) == pytest.approx(it.next_letter_entropy(text, known), abs=1e-9)


def test_units() -> None:
    text = de_bruijn("ab", 4)
    assert it.block_entropy(text, 3, base=math.e) == pytest.approx(3 * math.log(2))
    assert it.next_letter_entropy(text, 2, base=math.e) == pytest.approx(math.log(2))


# Mistakes


def test_mistakes_are_named() -> None:
    with pytest.raises(ValueError, match="the text is empty"):
        it.ngram_counts("", 1)
    with pytest.raises(ValueError, match=r"blocks of 4 letters .* text of 3"):
        it.ngram_counts("abc", 4)
    with pytest.raises(ValueError, match="blocks of -1 letters"):
        it.block_entropy("abc", -1)
    with pytest.raises(ValueError, match="-1 letters cannot be known"):
        it.next_letter_entropy("abc", -1)
    with pytest.raises(it.ProbabilityError, match="lacks 'c'"):
        it.ngram_pmf("abc", 1, "ab")
    with pytest.raises(it.ProbabilityError, match="a letter twice"):
        it.ngram_pmf("aba", 1, "aba")
