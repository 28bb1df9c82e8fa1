"""Hamming's code: number the places of a word in binary, and add up the numbers of its ones without carrying.

That sum, the *syndrome*, sorts all words of 2^m - 1 bits into 2^m bins, the cosets of the code. Two words of one bin
differ in at least three places, so a word that is known up to one place and whose bin is known is known exactly: m
bits are enough for somebody who never sees what the reader knows.

Words are arrays of 0 and 1 whose last axis has the places 1 to 2^m - 1; a syndrome is its m bits, the highest first.
Source: R. W. Hamming, "Error detecting and error correcting codes", 1950; T. Cover and J. Thomas, *Elements of
Information Theory*, 2nd edition, section 7.11; for its use with side information, S. Pradhan and K. Ramchandran,
"Distributed source coding using syndromes", 2003.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from infotheory.codeword import CodeError

Bits = NDArray[np.uint8]

MOST_CHECKS = 16
"""More would list words of more than 65,535 bits."""


def as_bits(numbers: ArrayLike, length: int) -> Bits:
    """Whole numbers of any shape as bits, the highest first, along a new last axis of *length*.

    Raises ``CodeError`` for a number that so many bits cannot hold.

    >>> as_bits([1, 6], 3).tolist()
    [[0, 0, 1], [1, 1, 0]]
    """
    array = np.asarray(numbers)
    if not np.issubdtype(array.dtype, np.integer) or np.any(array < 0) or np.any(array >> length):
        raise CodeError(f"{length} bits hold whole numbers from 0 to {2**length - 1}, not {numbers!r}")
    places = np.arange(length - 1, -1, -1)
    return ((array[..., None] >> places) & 1).astype(np.uint8)


def parity_check(checks: int) -> Bits:
    """The matrix whose column j holds the number j in binary, shape (checks, 2^checks - 1).

    Raises ``CodeError`` unless there are 2 to 16 checks.

    >>> parity_check(2).tolist()
    [[0, 1, 1], [1, 0, 1]]
    """
    if not 2 <= checks <= MOST_CHECKS:
        raise CodeError(f"a Hamming code has 2 to {MOST_CHECKS} checks, not {checks}")
    return as_bits(np.arange(1, 2**checks), checks).T


def syndrome(word: ArrayLike) -> Bits:
    """The numbers of the places that hold a one, added bit by bit without carrying: the parities of the word.

    *word*: one word or an array of them, shape (..., 2^m - 1). Returns shape (..., m).
    Raises ``CodeError`` for entries that are no bits, or another length.

    >>> syndrome([1, 0, 1, 0, 0, 1, 1]).tolist()
    [0, 1, 1]
    """
    bits = _checked(word, "word")
    return ((bits @ parity_check(_checks(bits)).T.astype(np.int64)) % 2).astype(np.uint8)


def decode_with_side(side: ArrayLike, sent: ArrayLike) -> Bits:
    """The word whose syndrome was *sent*, among those that differ from *side* in at most one place.

    There is exactly one. Parameters: *side*, shape (..., 2^m - 1); *sent*, shape (..., m). Returns the shape of *side*.
    Raises ``CodeError`` for entries that are no bits, or lengths that do not go together.

    >>> decode_with_side([1, 0, 1, 0, 0, 1, 1], [1, 1, 0]).tolist()
    [1, 0, 1, 0, 1, 1, 1]
    """
    known, wanted = _checked(side, "side"), _bits(sent, "sent")
    checks = _checks(known)
    if wanted.shape != (*known.shape[:-1], checks):
        raise CodeError(f"{known.shape[-1]} bits have a syndrome of {checks}: sent has the shape {wanted.shape}")
    differ = syndrome(known) ^ wanted
    place = differ.astype(np.int64) @ (1 << np.arange(checks - 1, -1, -1))
    flips = np.arange(1, known.shape[-1] + 1) == place[..., None]
    return np.asarray(known ^ flips.astype(np.uint8))


def coset(of: ArrayLike) -> Bits:
    """All words with one syndrome, in the order of their numbers, shape (2^(2^m - 1 - m), 2^m - 1).

    Raises ``CodeError`` when *of* is no syndrome of 2 to 4 bits: more have too many words to be listed.

    >>> coset([1, 1]).tolist()
    [[0, 0, 1], [1, 1, 0]]
    """
    wanted = _bits(of, "of")
    if wanted.ndim != 1 or not 2 <= len(wanted) <= 4:
        raise CodeError("only cosets of a syndrome of 2 to 4 bits can be listed")
    length = 2 ** len(wanted) - 1
    words = as_bits(np.arange(2**length), length)
    return np.asarray(words[(syndrome(words) == wanted).all(axis=1)])


def _bits(values: ArrayLike, name: str) -> Bits:
    array = np.asarray(values)
    if array.ndim == 0 or not np.isin(array, (0, 1)).all():
        raise CodeError(f"{name} must be bits, zeros and ones along the last axis, not {values!r}")
    return array.astype(np.uint8)


def _checked(values: ArrayLike, name: str) -> Bits:
    bits = _bits(values, name)
    length = bits.shape[-1]
    if length < 3 or length & (length + 1):
        raise CodeError(f"{name} has {length} bits; a Hamming code is 3, 7, 15, ... bits long")
    return bits


def _checks(word: Bits) -> int:
    return int(word.shape[-1]).bit_length()
