"""Unique decodability: does every string have at most one reading? The algorithm of Sardinas and Patterson.

Lay two readings of one string over each other. While they run, one is ahead of the other by a *dangling
suffix*. The code is uniquely decodable unless a chain of dangling suffixes, begun by a codeword that begins
another, ends in a codeword. There are finitely many suffixes; taking the chain of the shortest string first
finds the shortest ambiguous string.
Source: A. Sardinas and G. Patterson, "A necessary and sufficient condition for the unique decomposition of
coded messages", 1953; Cover and Thomas, *Elements of Information Theory*, 2nd edition, problem 5.27.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations


@dataclass(frozen=True)
class Ambiguity:
    """A string with two readings; each reading is a tuple of indices into the codewords."""

    string: str
    first: tuple[int, ...]
    second: tuple[int, ...]


# (length, string, dangling suffix, reading ahead, reading behind): sorted by length, then by string.
_Race = tuple[int, str, str, tuple[int, ...], tuple[int, ...]]


def find_ambiguity(codewords: Sequence[str]) -> Ambiguity | None:
    """The shortest string that can be read in two ways (among equals the first in sorted order), or ``None``.

    Two outcomes that share a codeword are ambiguous, and so is an empty codeword (the empty string reads as
    one, or none).

    >>> find_ambiguity(["0", "01", "10"])
    Ambiguity(string='010', first=(0, 2), second=(1, 0))
    >>> find_ambiguity(["0", "01", "11"]) is None
    True
    """
    words = list(codewords)
    if "" in words:
        return Ambiguity("", (), (words.index(""),))
    races = list(_starts(words))
    heapq.heapify(races)
    seen: set[str] = set()
    while races:
        race = heapq.heappop(races)
        _, string, suffix, ahead, behind = race
        if suffix == "":
            return Ambiguity(string, *sorted((ahead, behind)))
        if suffix not in seen:
            seen.add(suffix)
            for step in _steps(race, words):
                heapq.heappush(races, step)
    return None


def _starts(words: list[str]) -> Iterator[_Race]:
    """Two readings of the same string that differ from their first codeword on."""
    for (i, short), (j, long) in permutations(enumerate(words), 2):
        if long.startswith(short) and (short != long or i < j):
            yield len(long), long, long[len(short) :], (j,), (i,)


def _steps(race: _Race, words: list[str]) -> Iterator[_Race]:
    """Let the reading that is behind take any codeword that agrees with the dangling suffix."""
    length, string, suffix, ahead, behind = race
    for index, word in enumerate(words):
        caught_up = (*behind, index)
        if suffix.startswith(word):
            yield length, string, suffix[len(word) :], ahead, caught_up
        elif word.startswith(suffix):
            extra = word[len(suffix) :]
            yield length + len(extra), string + extra, extra, caught_up, ahead


def is_uniquely_decodable(codewords: Sequence[str]) -> bool:
    """Whether no string whatever has two readings.

    >>> is_uniquely_decodable(["0", "1", "01", "11"]), is_uniquely_decodable(["0", "01", "11"])
    (False, True)
    """
    return find_ambiguity(codewords) is None
