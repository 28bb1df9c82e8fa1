"""Huffman's code: the shortest expected length that codewords for single outcomes can have.

Merge the least likely outcomes into one, again and again. Source: D. Huffman, "A method for the construction
of minimum-redundancy codes", 1952; Cover and Thomas, *Elements of Information Theory*, 2nd edition, section
5.6.
"""

import heapq
import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from infotheory.codeword import BINARY, check_alphabet, check_alphabet_size
from infotheory.prefix_code import canonical_prefix_code
from infotheory.probability import ProbabilityError

Weight = int | float | Fraction


def huffman_lengths(weights: Iterable[Weight], alphabet_size: int = 2) -> list[int]:
    """The codeword lengths of Huffman's code.

    Parameters: ``weights``, probabilities, counts or fractions, at least one (they need not sum to 1; an
    outcome of weight 0 still gets a codeword); ``alphabet_size``, the number of code digits, at least 2.
    Among equal weights single outcomes are merged before merged ones and earlier ones before later ones, so
    that the lengths are always the same and vary least. One outcome alone gets length 1, as an empty codeword
    could not be read.
    Raises ``ProbabilityError`` that names a bad weight, ``CodeError`` for a bad alphabet size.

    >>> huffman_lengths([0.4, 0.2, 0.2, 0.2])
    [2, 2, 2, 2]
    """
    size = check_alphabet_size(alphabet_size)
    values = _checked_weights(weights)
    count = len(values)
    if count == 1:
        return [1]
    # Outcomes of weight 0 fill up the first merge so that all later ones take `size` nodes; they come first
    # among equals.
    fillers = -(count - 1) % (size - 1)
    heap: list[tuple[Any, int]] = [(0, -1 - i) for i in range(fillers)]
    heap += [(value, index) for index, value in enumerate(values)]
    heapq.heapify(heap)
    parent: dict[int, int] = {}
    node = count
    while len(heap) > 1:
        merged: Any = 0
        for _ in range(size):
            weight, child = heapq.heappop(heap)
            merged += weight
            parent[child] = node
        heapq.heappush(heap, (merged, node))
        node += 1
    return _depths(parent, root=node - 1)[:count]


def _depths(parent: dict[int, int], root: int) -> list[int]:
    depth = [0] * (root + 1)
    for node in reversed(range(root)):  # a parent has a larger number than its children
        depth[node] = depth[parent[node]] + 1
    return depth


def _checked_weights(weights: Iterable[Weight]) -> list[Weight]:
    values = list(weights)
    if not values:
        raise ProbabilityError("weights are empty; a code needs at least one outcome")
    for index, value in enumerate(values):
        if not (math.isfinite(value) and value >= 0):
            raise ProbabilityError(f"weights[{index}] = {value!r} is no weight; it must be finite and at least 0")
    return values


def huffman_code(weights: Iterable[Weight], alphabet: str = BINARY) -> list[str]:
    """Huffman's code in canonical form: codeword i belongs to weight i.

    Parameters and errors as in ``huffman_lengths``; ``alphabet`` holds the digits of the code in order.

    >>> huffman_code([1, 1, 2, 4])
    ['110', '111', '10', '0']
    """
    return canonical_prefix_code(huffman_lengths(weights, len(check_alphabet(alphabet))), alphabet)
