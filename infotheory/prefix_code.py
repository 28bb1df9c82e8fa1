"""Prefix codes: no codeword begins another, so a message can be read the moment each codeword ends.

Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, sections 5.1 and 5.2.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from infotheory.codeword import BINARY, CodeError, check_alphabet, codeword_lengths, number_to_digits
from infotheory.kraft import kraft_sum

Symbol = TypeVar("Symbol", bound=Hashable)


def prefix_conflict(codewords: Iterable[str]) -> tuple[str, str] | None:
    """A pair of codewords of which the first begins the second (or equals it), or ``None`` for a prefix code.

    >>> prefix_conflict(["1", "0", "01"])
    ('0', '01')
    """
    # In sorted order, all words that begin with w follow w at once.
    for word, following in pairwise(sorted(codewords)):
        if following.startswith(word):
            return word, following
    return None


def is_prefix_free(codewords: Iterable[str]) -> bool:
    """Whether no codeword begins (or equals) another one.

    >>> is_prefix_free(["0", "10"]), is_prefix_free(["0", "00"])
    (True, False)
    """
    return prefix_conflict(codewords) is None


def canonical_prefix_code(lengths: Sequence[str | int], alphabet: str = BINARY) -> list[str]:
    """The prefix code with these lengths whose codewords count upwards, shorter ones first.

    Equal lengths keep their order.

    This is the converse half of Kraft's theorem, made real: whenever the lengths fit the budget, this code
    exists.

    Parameters: ``lengths`` (codewords may stand for their lengths); ``alphabet``, the digits of the code in
    order.
    Returns the codewords in the order of ``lengths``.
    Raises ``CodeError`` when the Kraft sum is above 1, or for a bad alphabet or length.

    >>> canonical_prefix_code([3, 1, 3, 2])
    ['110', '0', '111', '10']
    """
    size = len(check_alphabet(alphabet))
    numbers = codeword_lengths(lengths)
    spent = kraft_sum(numbers, size)
    if spent > 1:
        raise CodeError(f"no prefix code has these lengths: their Kraft sum is {spent}, above the budget of 1")
    codewords = [""] * len(numbers)
    next_number = previous_length = 0
    for index in sorted(range(len(numbers)), key=numbers.__getitem__):
        next_number *= size ** (numbers[index] - previous_length)
        codewords[index] = number_to_digits(next_number, numbers[index], alphabet)
        next_number += 1
        previous_length = numbers[index]
    return codewords


def encode_message(message: Iterable[Symbol], code: Mapping[Symbol, str]) -> str:
    """The codewords of a message, sent without gaps.

    Raises ``CodeError`` that names a symbol without a codeword and its place.

    >>> encode_message("abba", {"a": "0", "b": "10"})
    '010100'
    """
    words = []
    for place, symbol in enumerate(message):
        if symbol not in code:
            raise CodeError(f"symbol {symbol!r} at place {place} of the message has no codeword")
        words.append(code[symbol])
    return "".join(words)


def decode_message(digits: str, code: Mapping[Symbol, str]) -> list[Symbol]:
    """Read a message in a prefix code, each symbol at the moment its codeword ends.

    Raises ``CodeError`` when the code is not prefix-free, or when the digits end within a codeword or fit
    none.

    >>> decode_message("010100", {"a": "0", "b": "10"})
    ['a', 'b', 'b', 'a']
    """
    _check_instantaneous(code)
    symbol_of = {word: symbol for symbol, word in code.items()}
    longest = max(map(len, symbol_of), default=0)
    message: list[Symbol] = []
    start = 0
    for end in range(1, len(digits) + 1):
        word = digits[start:end]
        if word in symbol_of:
            message.append(symbol_of[word])
            start = end
        elif len(word) >= longest:
            raise CodeError(f"no codeword begins at digit {start} of the message: {word!r}")
    if start < len(digits):
        raise CodeError(f"the message ends within a codeword: {digits[start:]!r} is left over at digit {start}")
    return message


def _check_instantaneous(code: Mapping[Symbol, str]) -> None:
    conflict = prefix_conflict(code.values())
    if conflict is not None:
        raise CodeError(f"codeword {conflict[0]!r} begins codeword {conflict[1]!r}: this is no prefix code")
    if "" in code.values():
        raise CodeError("an empty codeword leaves no trace in a message, so it cannot be read back")
