"""Block codes: one codeword for n symbols at once, so that the rounding to whole digits is shared by n.

Huffman's code for blocks of n independent symbols costs between H and H + 1/n digits a symbol. The cost does
not fall steadily with n. Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, section
5.4.
"""

import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import product

from infotheory.codeword import BINARY, CodeError, check_alphabet
from infotheory.exact_probability import exact_pmf
from infotheory.huffman import huffman_lengths
from infotheory.prefix_code import canonical_prefix_code

MOST_BLOCKS = 2**20

Block = tuple[int, ...]


def blocks(outcomes: int, n: int) -> list[Block]:
    """All blocks of n symbols over outcomes 0, 1, ..., in lexicographic order.

    Raises ``CodeError`` when n is below 1, or when there are more than about a million of them.

    >>> blocks(2, 2)
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    if n < 1:
        raise CodeError(f"a block of {n} symbols is none; n must be at least 1")
    if outcomes**n > MOST_BLOCKS:
        raise CodeError(f"{outcomes}^{n} blocks are too many to list (at most {MOST_BLOCKS}); use arithmetic coding")
    return list(product(range(outcomes), repeat=n))


def source_extension(p: Iterable[float | Fraction], n: int) -> dict[Block, Fraction]:
    """The exact probability of every block of n independent symbols from ``p``, in lexicographic order.

    Raises ``ProbabilityError`` when ``p`` is no pmf, ``CodeError`` as ``blocks`` does.

    >>> source_extension([0.9, 0.1], 2)[0, 1]
    Fraction(9, 100)
    """
    pmf = exact_pmf(p)
    return {block: math.prod((pmf[symbol] for symbol in block), start=Fraction(1)) for block in blocks(len(pmf), n)}


def _block_lengths(p: Iterable[float | Fraction], n: int, size: int) -> tuple[dict[Block, int], list[int]]:
    """Exact integer weights of all blocks, and the lengths of their Huffman codewords."""
    pmf = exact_pmf(p)
    denominator = math.lcm(*(entry.denominator for entry in pmf))
    weights = [int(entry * denominator) for entry in pmf]
    block_weights = {block: math.prod(weights[symbol] for symbol in block) for block in blocks(len(pmf), n)}
    return block_weights, huffman_lengths(block_weights.values(), size)


def block_code(p: Iterable[float | Fraction], n: int, alphabet: str = BINARY) -> dict[Block, str]:
    """Huffman's code for blocks of n independent symbols, in canonical form.

    Parameters: ``p``, a pmf; ``n``, symbols a block; ``alphabet``, the digits of the code in order.
    Raises ``ProbabilityError`` when ``p`` is no pmf, ``CodeError`` for a bad alphabet or as ``blocks`` does.

    >>> block_code([0.9, 0.1], 2)
    {(0, 0): '0', (0, 1): '110', (1, 0): '10', (1, 1): '111'}
    """
    weights, lengths = _block_lengths(p, n, len(check_alphabet(alphabet)))
    return dict(zip(weights, canonical_prefix_code(lengths, alphabet), strict=True))


def block_code_rate(p: Iterable[float | Fraction], n: int, alphabet: str = BINARY) -> float:
    """Expected digits a symbol of Huffman's code for blocks of n. Parameters and errors as in ``block_code``.

    >>> block_code_rate([0.9, 0.1], 1), block_code_rate([0.9, 0.1], 2)
    (1.0, 0.645)
    """
    weights, lengths = _block_lengths(p, n, len(check_alphabet(alphabet)))
    digits = sum(weight * length for weight, length in zip(weights.values(), lengths, strict=True))
    return float(Fraction(digits, n * sum(weights.values())))
