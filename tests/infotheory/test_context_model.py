"""The context model: a distribution in every context, closed forms, and a page that costs what its letters cost."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import infotheory as it

ALPHABET = "abcd"
texts = st.text(ALPHABET, min_size=5, max_size=40)
contexts = st.text(ALPHABET, max_size=5)


@given(texts, contexts, st.integers(0, 4), st.integers(1, 6))
def test_every_context_has_a_distribution_that_rules_nothing_out(
    text: str, before: str, known: int, imagined: int
) -> None:
    model = it.ContextModel(text, ALPHABET, known=known, imagined=imagined)
    chances = [model.probability(letter, before) for letter in ALPHABET]
    assert sum(chances) == 1
    assert min(chances) > 0


@given(texts, contexts, st.integers(0, 3))
def test_only_the_last_letters_before_it_count(text: str, before: str, known: int) -> None:
    model = it.ContextModel(text, ALPHABET, known=known)
    last = before[-known:] if known else ""
    for letter in ALPHABET:
        assert model.probability(letter, before) == model.probability(letter, last)


@given(texts, contexts, texts)
def test_a_message_costs_the_sum_of_its_letters(text: str, before: str, message: str) -> None:
    model = it.ContextModel(text, ALPHABET, known=2)
    whole = it.exact_surprise(model.message_probability(message, before))
    assert math.fsum(model.letter_surprises(message, before)) == pytest.approx(whole)


@given(texts, st.text(ALPHABET, min_size=3, max_size=3))
def test_wherever_a_message_is_cut_its_parts_multiply(text: str, message: str) -> None:
    """P(xyz) = P(x) P(yz | x) = P(xy) P(z | xy), and all messages of a length share a chance of one."""
    model = it.ContextModel(text, ALPHABET, known=3)
    whole = model.message_probability(message)
    for cut in range(4):
        first, rest = message[:cut], message[cut:]
        assert model.message_probability(first) * model.message_probability(rest, before=first) == whole
    pairs = [a + b for a in ALPHABET for b in ALPHABET]
    assert sum(model.message_probability(pair) for pair in pairs) == 1


def test_no_context_is_laplace_with_imagined_letters() -> None:
    """Of five letters three are a; four more are imagined, one for each of the alphabet."""
    model = it.ContextModel("aaabc", ALPHABET, known=0, imagined=4)
    assert [model.probability(letter, "") for letter in ALPHABET] == [
        Fraction(4, 9),
        Fraction(2, 9),
        Fraction(2, 9),
        Fraction(1, 9),
    ]


def test_an_unseen_context_leaves_the_shorter_one_to_decide() -> None:
    model = it.ContextModel("abababab", ALPHABET, known=2)
    assert model.probability("b", "da") == model.probability("b", "a")
    assert model.probability("b", "cd") == model.probability("b", "")


def test_with_few_imagined_letters_the_counted_text_costs_its_own_conditional_entropy() -> None:
    """The more often a context came, the less what was imagined matters: here each came a thousand times."""
    text = "aab" * 1000
    surprises = it.ContextModel(text, "ab", known=1, imagined=1).letter_surprises(text, before="b")
    assert surprises.mean() == pytest.approx(it.next_letter_entropy(text, 1), abs=2e-3)


def test_a_fresh_text_of_a_known_source_costs_its_entropy_rate() -> None:
    """A letter is repeated with a chance of 0.9: H = h(0.1) a letter once one is known, 1 bit before."""
    random = np.random.default_rng(5)

    def written(n: int) -> str:
        return "".join("ab"[k] for k in np.cumsum(random.random(n) < 0.1) % 2)

    counted, fresh = written(50_000), written(20_000)
    costs = [it.ContextModel(counted, "ab", known=k).letter_surprises(fresh).mean() for k in range(4)]
    assert costs[0] == pytest.approx(1, abs=0.01)
    assert costs[1:] == pytest.approx([it.binary_entropy(0.1)] * 3, abs=0.02)


@pytest.mark.parametrize("exponent", [0, 1, 60, 5000])
def test_exact_surprise_counts_halvings(exponent: int) -> None:
    assert it.exact_surprise(Fraction(1, 2**exponent)) == exponent


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=1))
def test_exact_surprise_agrees_with_that_of_floats(p: Fraction) -> None:
    assert it.exact_surprise(p) == pytest.approx(it.surprise(float(p)), abs=1e-12)


def test_what_cannot_be_is_told() -> None:
    with pytest.raises(it.ProbabilityError, match="lacks 'x'"):
        it.ContextModel("abxab", ALPHABET, known=1)
    with pytest.raises(it.ProbabilityError, match="lacks 'x'"):
        it.ContextModel("ab", ALPHABET, known=1).probability("x", "a")
    with pytest.raises(it.ProbabilityError, match="twice"):
        it.ContextModel("ab", "aab", known=1)
    with pytest.raises(it.ProbabilityError, match="imagined"):
        it.ContextModel("ab", ALPHABET, known=1, imagined=0)
    with pytest.raises(ValueError, match="cannot be known"):
        it.ContextModel("ab", ALPHABET, known=-1)
    with pytest.raises(ValueError, match="blocks of"):
        it.ContextModel("ab", ALPHABET, known=2)
    for p in (Fraction(0), Fraction(3, 2)):
        with pytest.raises(it.ProbabilityError, match="surprise"):
            it.exact_surprise(p)
