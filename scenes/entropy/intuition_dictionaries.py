"""What the film `intuition` is about: its sentence, its dictionaries, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from infotheory import (
    canonical_prefix_code,
    count_decodings,
    encode_message,
    entropy,
    expected_length,
    huffman_lengths,
    normalize,
)
from narration.fact import Fact, Facts
from scenes.entropy.intuition_novel import novel_facts
from scenes.stage.frequency_chart import by_frequency
from scenes.stage.word_tile import words_of

SENTENCE = "I asked for coffee. I took a sip and realized she added maple syrup in my coffee without asking me."
CLEVER = {"I": "0", "asked": "1", "for": "01", "coffee": "11"}
TRIED = 1000  # dictionaries at random
TICKS = (4, 5, 6, 7)  # bits a word that are marked on the line

COUNTS = by_frequency(words_of(SENTENCE))
CLEVER_MESSAGE = encode_message(list(CLEVER), CLEVER)


def fixed_code() -> list[str]:
    """Codewords of one length, as short as the number of different words allows."""
    return canonical_prefix_code([(len(COUNTS) - 1).bit_length()] * len(COUNTS))


def counted_first(counts: Iterable[int]) -> list[str]:
    """A shortest dictionary for words with these *counts*, which must not rise: codewords in the same order.

    Several codes are equally short in all. A nudge to what comes more than once picks the one whose frequent words have
    the shortest codewords.
    """
    nudged = [count + Fraction(count - 1, 100) for count in counts]
    return canonical_prefix_code(sorted(huffman_lengths(nudged)))


def random_lengths(random: np.random.Generator, words: int) -> list[int]:
    """Codeword lengths of a dictionary at random: a leaf of a tree is split again and again."""
    depths = [0]
    while len(depths) < words:
        depth = depths.pop(int(random.integers(len(depths))))
        depths += [depth + 1, depth + 1]
    return [int(depth) for depth in random.permutation(depths)]


def random_rates(random: np.random.Generator, counts: Iterable[int]) -> NDArray[np.float64]:
    """Bits a word, for these *counts*, of as many dictionaries at random as the film tries."""
    pmf = normalize(list(counts))
    return np.array([expected_length(pmf, random_lengths(random, len(pmf))) for _ in range(TRIED)])


def intuition_facts() -> Facts:
    """Counts of the sentence, readings of the clever dictionary, bits of the novel's words, and the bills."""
    return Facts(
        words=Fact(len(words_of(SENTENCE))),
        distinct=Fact(len(COUNTS)),
        twice=Fact(max(COUNTS.values())),
        **{f"clever_{i}": Fact(code, given=True) for i, code in enumerate(CLEVER.values())},
        clever_bits=Fact(len(CLEVER_MESSAGE), "bits"),
        ways=Fact(count_decodings(CLEVER_MESSAGE, list(CLEVER.values()))),
        tried=Fact(TRIED, given=True),
        **{f"tick_{tick}": Fact(tick, given=True) for tick in TICKS},
        **novel_facts(),
        **_dictionary_facts(),
    )


def _dictionary_facts() -> dict[str, Fact]:
    """What the sentence costs with codewords of one length and with Huffman's, and the floor."""
    pmf, counted = normalize(list(COUNTS.values())), counted_first(COUNTS.values())
    fixed = fixed_code()
    codes = {"fixed": fixed, "huffman": counted}
    rates = {f"{name}_rate": expected_length(pmf, code) for name, code in codes.items()}
    sent = {
        name: encode_message(words_of(SENTENCE), dict(zip(COUNTS, code, strict=True))) for name, code in codes.items()
    }
    short, middle, long = sorted({len(word) for word in counted})
    return (
        {name: Fact(rate, "bits/word", "sum_x p(x) ell(x)") for name, rate in rates.items()}
        | {f"{name}_words": Fact(" ".join(code)) for name, code in codes.items()}
        | {f"{name}_total": Fact(len(digits), "bits") for name, digits in sent.items()}
        | {
            "fixed_bits": Fact(len(fixed[0]), "bits", "ceil(log_2 n)"),
            "short_bits": Fact(short, "bits"),
            "middle_bits": Fact(middle, "bits"),
            "long_bits": Fact(long, "bits"),
            "floor": Fact(entropy(pmf), "bits/word", "H(X)"),
            "readings": Fact(count_decodings(sent["huffman"], counted)),
        }
    )
