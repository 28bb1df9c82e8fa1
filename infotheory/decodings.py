"""All the ways in which a string of digits can be read in a code that need not be a good one.

A *reading* is a tuple of indices into the codewords; joined together, those codewords give the string.
"""

from collections.abc import Iterator, Sequence

from infotheory.codeword import CodeError


def count_decodings(digits: str, codewords: Sequence[str]) -> int:
    """In how many ways the string can be cut into codewords; exact, in time length times number of codewords.

    Two outcomes with the same codeword count as two ways. The empty string has one reading, the empty one.
    Raises ``CodeError`` for an empty codeword, with which there is no end of readings.

    >>> count_decodings("010111", ["0", "1", "01", "11"])
    10
    """
    return _ways_from(digits, codewords)[0]


def decodings(digits: str, codewords: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Every reading of the string, in lexicographic order of indices. No time is spent on dead ends.

    Raises ``CodeError`` as ``count_decodings`` does, when the first reading is asked for.

    >>> code = ["0", "1", "01"]
    >>> [" ".join(code[i] for i in reading) for reading in decodings("001", code)]
    ['0 0 1', '0 01']
    """
    ways = _ways_from(digits, codewords)
    unfinished: list[tuple[int, tuple[int, ...]]] = [(0, ())] if ways[0] else []
    while unfinished:
        start, reading = unfinished.pop()
        if start == len(digits):
            yield reading
            continue
        for index in reversed(range(len(codewords))):
            end = start + len(codewords[index])
            if digits.startswith(codewords[index], start) and ways[end]:
                unfinished.append((end, (*reading, index)))


def _ways_from(digits: str, codewords: Sequence[str]) -> list[int]:
    """Entry i is the number of readings of ``digits[i:]``."""
    if "" in codewords:
        raise CodeError(f"codeword {list(codewords).index('')} is empty: every string has endlessly many readings")
    ways = [0] * len(digits) + [1]
    for start in reversed(range(len(digits))):
        ways[start] = sum(ways[start + len(word)] for word in codewords if digits.startswith(word, start))
    return ways
