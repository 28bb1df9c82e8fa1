"""The Shannon-Fano-Elias code: the midpoint of an outcome's interval, cut off just late enough.

Needs no sorting, costs less than two digits more than the entropy, and is the seed of arithmetic coding.
Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, section 5.9.
"""

from collections.abc import Iterable
from fractions import Fraction

from infotheory.codeword import BINARY, check_alphabet, leading_digits
from infotheory.exact_probability import exact_positive_pmf
from infotheory.shannon_code import surprise_rounded_up


def shannon_fano_elias_code(p: Iterable[float | Fraction], alphabet: str = BINARY) -> list[str]:
    """The first ceil(log 1/p) + 1 digits of the midpoint of each outcome's interval.

    Parameters: ``p``, a pmf without zeros; ``alphabet``, the digits of the code in order. Codeword i belongs
    to outcome i.
    Raises ``ProbabilityError`` when ``p`` is no pmf or has a 0, ``CodeError`` for a bad alphabet.

    >>> shannon_fano_elias_code([0.25, 0.5, 0.125, 0.125])
    ['001', '10', '1101', '1111']
    """
    size = len(check_alphabet(alphabet))
    codewords = []
    before = Fraction(0)
    for entry in exact_positive_pmf(p):
        length = surprise_rounded_up(entry, size) + 1
        codewords.append(leading_digits(before + entry / 2, length, alphabet))
        before += entry
    return codewords
