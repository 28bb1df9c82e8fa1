"""Codewords: strings over a code alphabet, which is itself a string of its digits ("01", "ACGT").

A code for n outcomes is a sequence of n codewords; entry i is the codeword of outcome i.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike

from infotheory.probability import check_pmf

BINARY = "01"


class CodeError(ValueError):
    """A code, or a message in it, that cannot work."""


def check_alphabet(alphabet: str) -> str:
    """Return the alphabet, or raise ``CodeError`` when it has fewer than two digits or one of them twice."""
    if len(alphabet) < 2:
        raise CodeError(f"the code alphabet {alphabet!r} needs at least two digits, such as '01'")
    if len(set(alphabet)) < len(alphabet):
        raise CodeError(f"the code alphabet {alphabet!r} has a digit twice")
    return alphabet


def check_alphabet_size(size: int) -> int:
    """Return the number of code digits, or raise ``CodeError`` when it is below two."""
    if size < 2:
        raise CodeError(f"a code alphabet of {size} digits cannot tell outcomes apart; it needs at least 2")
    return size


def codeword_lengths(codewords: Iterable[str | int]) -> list[int]:
    """The lengths of codewords. A length may stand for a codeword wherever only its length matters.

    Raises ``CodeError`` for a negative length or one that is no integer.

    >>> codeword_lengths(["0", "10", 2])
    [1, 2, 2]
    """
    return [_length(index, word) for index, word in enumerate(codewords)]


def _length(index: int, word: str | int) -> int:
    if isinstance(word, str):
        return len(word)
    if not isinstance(word, Integral) or word < 0:
        raise CodeError(f"entry {index} is {word!r}; write a codeword or its length, an integer from 0 up")
    return int(word)


def expected_length(p: ArrayLike, codewords: Sequence[str | int]) -> float:
    """L = sum of p times length: the average number of code digits an outcome.

    Parameters: ``p``, a pmf over n outcomes; ``codewords``, n codewords or their lengths.
    Raises ``ProbabilityError`` when ``p`` is no pmf, ``CodeError`` when the numbers of outcomes differ.

    >>> expected_length([0.5, 0.25, 0.125, 0.125], ["0", "10", "110", "111"])
    1.75
    """
    pmf = check_pmf(p)
    lengths = codeword_lengths(codewords)
    if pmf.shape != (len(lengths),):
        raise CodeError(f"p has shape {pmf.shape}, but there are {len(lengths)} codewords; each outcome needs one")
    return float(np.dot(pmf, lengths))


def leading_digits(fraction: Fraction, length: int, alphabet: str = BINARY) -> str:
    """The first ``length`` digits after the point of a number from [0, 1), cut off and not rounded.

    >>> leading_digits(Fraction(5, 8), 4)
    '1010'
    """
    scaled = int(fraction * len(alphabet) ** length)
    return number_to_digits(scaled, length, alphabet)


def number_to_digits(number: int, length: int, alphabet: str = BINARY) -> str:
    """A non-negative integer written with ``length`` digits of the alphabet, leading zeros included.

    >>> number_to_digits(5, 4)
    '0101'
    """
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(alphabet))
        digits.append(alphabet[digit])
    return "".join(reversed(digits))
