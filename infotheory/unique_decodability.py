"""Unique decodability: does every string have at most one reading? The algorithm of Sardinas and Patterson.

Lay two readings of one string over each other. While they run, one is ahead of the other by a *dangling
suffix*. The code is uniquely decodable unless a chain of dangling suffixes, begun by a codeword that begins
another, ends in a codeword. There are finitely many suffixes; taking the chain of the shortest string first
finds the shortest ambiguous string.
Source: A. Sardinas and G. Patterson, "A necessary and sufficient condition for the unique decomposition of
coded messages", 1953; Cover and Thomas, *Elements of Information Theory*, 2nd edition, problem 5.27.
"""

import heapq
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


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
    book = _Book(words)
    races = list(_starts(book))
    heapq.heapify(races)
    seen: set[str] = set()
    while races:
        race = heapq.heappop(races)
        _, string, suffix, ahead, behind = race
        if suffix == "":
            return Ambiguity(string, *sorted((ahead, behind)))
        if suffix not in seen:
            seen.add(suffix)
            for step in _steps(race, book):
                heapq.heappush(races, step)
    return None


class _Book:
    """Codewords to look up: by their beginnings and by themselves. Only the first of equal ones can win a race."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.first = {word: index for index, word in reversed(list(enumerate(words)))}
        self.in_order = sorted(self.first)

    def beginnings(self, text: str) -> Iterator[tuple[int, str]]:
        """The codewords that *text* begins with (or is), shortest first, with their indices."""
        for end in range(1, len(text) + 1):
            index = self.first.get(text[:end])
            if index is not None:
                yield index, text[:end]

    def longer(self, text: str) -> Iterator[tuple[int, str]]:
        """The codewords that go on where *text* ends, with their indices."""
        for place in range(bisect_right(self.in_order, text), len(self.in_order)):
            word = self.in_order[place]
            if not word.startswith(text):
                return
            yield self.first[word], word


def _starts(book: _Book) -> Iterator[_Race]:
    """Two readings of the same string that differ from their first codeword on."""
    for j, long in enumerate(book.words):
        for i, short in book.beginnings(long):
            if i != j:
                yield len(long), long, long[len(short) :], (j,), (i,)


def _steps(race: _Race, book: _Book) -> Iterator[_Race]:
    """Let the reading that is behind take any codeword that agrees with the dangling suffix."""
    length, string, suffix, ahead, behind = race
    for index, word in book.beginnings(suffix):
        yield length, string, suffix[len(word) :], ahead, (*behind, index)
    for index, word in book.longer(suffix):
        extra = word[len(suffix) :]
        yield length + len(extra), string + extra, extra, (*behind, index), ahead


def is_uniquely_decodable(codewords: Sequence[str]) -> bool:
    """Whether no string whatever has two readings.

    >>> is_uniquely_decodable(["0", "1", "01", "11"]), is_uniquely_decodable(["0", "01", "11"])
    (False, True)
    """
    return find_ambiguity(codewords) is None
