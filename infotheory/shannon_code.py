"""Shannon's code: an outcome of surprise s gets a codeword of length s, rounded up.

The lengths fit Kraft's budget, and cost less than one digit more than the entropy: H <= L < H + 1.
Source: C. Shannon, "A mathematical theory of communication", 1948, section 9; Cover and Thomas, section 5.4.
"""

from collections.abc import Iterable
from fractions import Fraction

from infotheory.codeword import BINARY, check_alphabet, check_alphabet_size, leading_digits
from infotheory.exact_probability import exact_positive_pmf


def surprise_rounded_up(p: Fraction, alphabet_size: int) -> int:
    """The smallest l with D^-l <= p, by exact arithmetic.

    >>> surprise_rounded_up(Fraction(1, 8), 2), surprise_rounded_up(Fraction(1, 9), 2)
    (3, 4)
    """
    length, power = 0, 1
    while power * p < 1:
        length += 1
        power *= alphabet_size
    return length


def shannon_lengths(p: Iterable[float | Fraction], alphabet_size: int = 2) -> list[int]:
    """The lengths ceil(log 1/p), decided exactly (floats are read by ``exact_fraction``).

    Parameters: ``p``, a pmf without zeros; ``alphabet_size``, the number of code digits, at least 2.
    Raises ``ProbabilityError`` when ``p`` is no pmf or has a 0, ``CodeError`` for a bad alphabet size.

    >>> shannon_lengths([0.4, 0.2, 0.2, 0.2])
    [2, 3, 3, 3]
    """
    size = check_alphabet_size(alphabet_size)
    return [surprise_rounded_up(entry, size) for entry in exact_positive_pmf(p)]


def shannon_code(p: Iterable[float | Fraction], alphabet: str = BINARY) -> list[str]:
    """Shannon's own construction: the leading digits of the probability of all more likely outcomes.

    Outcomes are ordered by falling probability, equal ones by index. Codeword i belongs to outcome i.
    Parameters and errors as in ``shannon_lengths``; ``alphabet`` holds the digits of the code in order.

    >>> shannon_code([0.4, 0.2, 0.2, 0.2])
    ['00', '011', '100', '110']
    """
    size = len(check_alphabet(alphabet))
    pmf = exact_positive_pmf(p)
    codewords = [""] * len(pmf)
    before = Fraction(0)
    for index in sorted(range(len(pmf)), key=lambda i: -pmf[i]):
        codewords[index] = leading_digits(before, surprise_rounded_up(pmf[index], size), alphabet)
        before += pmf[index]
    return codewords
