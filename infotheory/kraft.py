"""The Kraft sum: a codeword of length l spends D^-l of a budget of one.

A prefix code with given lengths exists exactly when the sum is at most 1 (Kraft 1949), and no uniquely
decodable code can spend more either (McMillan 1956). The sum speaks about lengths: a code in the hand may
have a small sum and still not decode.
Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, sections 5.2 and 5.5.
"""

from collections.abc import Iterable
from fractions import Fraction

from infotheory.codeword import check_alphabet_size, codeword_lengths


def kraft_terms(codewords: Iterable[str | int], alphabet_size: int = 2) -> list[Fraction]:
    """What each codeword spends, D^-length, as exact fractions.

    Parameters: ``codewords``, codewords or their lengths; ``alphabet_size``, the number D of code digits, at
    least 2.
    Raises ``CodeError`` for a bad length or alphabet size.

    >>> kraft_terms(["0", "10"])
    [Fraction(1, 2), Fraction(1, 4)]
    """
    size = check_alphabet_size(alphabet_size)
    return [Fraction(1, size**length) for length in codeword_lengths(codewords)]


def kraft_sum(codewords: Iterable[str | int], alphabet_size: int = 2) -> Fraction:
    """The sum of D^-length over all codewords, as an exact fraction (0 for no codewords).

    Parameters and errors as in ``kraft_terms``.

    >>> kraft_sum(["0", "1", "01", "11"])
    Fraction(3, 2)
    >>> kraft_sum([1, 2, 3, 3])
    Fraction(1, 1)
    """
    size = check_alphabet_size(alphabet_size)
    lengths = codeword_lengths(codewords)
    longest = max(lengths, default=0)
    return Fraction(sum(size ** (longest - length) for length in lengths), size**longest)
