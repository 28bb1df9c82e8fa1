"""Blocks of n neighbouring letters of a text: how often each comes, and the joint distribution that this measures.

The text is read as a loop, its last letter followed by its first. Every letter then begins exactly one block of each
length, all margins of a longer block agree with the shorter ones, and what holds for a stationary source (films 8 and
9) holds for the measured text exactly, not up to its two ends.
"""

from collections import Counter

import numpy as np

from infotheory.probability import FloatArray, ProbabilityError


def ngram_counts(text: str, n: int) -> Counter[str]:
    """How often each block of ``n`` neighbouring letters stands in ``text``, read as a loop.

    The counts sum to ``len(text)``. Blocks that do not occur are not listed. Blocks of length 0 are the empty one.
    Raises ``ValueError`` for an empty text, and for an ``n`` that is negative or longer than the text.

    >>> ngram_counts("banana", 2)
    Counter({'an': 2, 'na': 2, 'ba': 1, 'ab': 1})
    """
    if not text:
        raise ValueError("the text is empty; there is nothing to count")
    if not 0 <= n <= len(text):
        raise ValueError(f"blocks of {n} letters cannot be counted in a text of {len(text)}; 0 <= n <= {len(text)}")
    loop = text + text[:n]
    return Counter(loop[i : i + n] for i in range(len(text)))


def ngram_pmf(text: str, n: int, alphabet: str) -> FloatArray:
    """The joint distribution of ``n`` neighbouring letters of ``text``, measured by counting.

    Axis i is the i-th letter of the block, in the order of ``alphabet``, so that ``ngram_pmf(text, 2, alphabet)[i, j]``
    is the share of neighbours that are letter i and then letter j. The array has ``len(alphabet) ** n`` entries.
    Raises ``ProbabilityError`` for a letter that the alphabet lacks or has twice, ``ValueError`` as ``ngram_counts``.

    >>> ngram_pmf("aab", 2, "ab").round(2)
    array([[0.33, 0.33],
           [0.33, 0.  ]])
    """
    place = {letter: i for i, letter in enumerate(alphabet)}
    if len(place) < len(alphabet):
        raise ProbabilityError(f"the alphabet {alphabet!r} has a letter twice")
    if strange := set(text) - set(place):
        raise ProbabilityError(f"the alphabet lacks {min(strange)!r}, which the text has")
    joint = np.zeros((len(alphabet),) * n)
    for block, count in ngram_counts(text, n).items():
        joint[tuple(place[letter] for letter in block)] = count / len(text)
    return joint
