"""Where a sentence may be broken: the cost of a break between two words, and a caption's best two lines."""

from __future__ import annotations

import functools
from collections.abc import Sequence

LINE = 42
LINES = 2

_SENTENCE_ENDS = (".", "!", "?", "…")
_STRONG = (";", ":", "—", "–")
_CLOSING = "\"'”’»)]}"
_OPENING = "\"'“‘«([{"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OPERATORS = _words("= + − - × · / < > ≤ ≥ ≈ ≠ → | ∑")
_CONJUNCTIONS = _words(
    "and or but nor so yet because although though while when whenever where whereas if unless until since"
    " that which who whose whom than then"
)
_PREPOSITIONS = _words(
    "about above across after against along among around as at before behind below between by down during"
    " for from in inside into like near of off on onto out over past per through to toward under up upon with"
    " within without"
)
# Words that lean on the next one: articles and the like, subjects, auxiliaries, numerals.
_LEANING = _words(
    "a an the this these those my your his her its our their each every no some any very how what"
    " i we you he she it they is are was were be been am has have had can could will would shall should may"
    " might must do does did not one two three four five six seven eight nine ten"
)
_SENTENCE, _PHRASE, _COMMA, _BEFORE_CONJUNCTION, _BEFORE_PREPOSITION, _ANYWHERE = (
    0.0,
    2.0,
    3.0,
    6.0,
    8.0,
    14.0,
)
_TORN = 30.0
_NUMBER = 10.0
_SECOND_LINE = 3.0
_PER_UNEVEN_CHARACTER = 1 / 6


@functools.lru_cache(maxsize=1 << 14)
def break_cost(left: str, right: str) -> float:
    """How badly a break after *left* and before *right* tears a phrase: 0 after a sentence."""
    end = left.rstrip(_CLOSING)
    if end.endswith(_SENTENCE_ENDS):
        return _SENTENCE
    if end.endswith(_STRONG) or right in {"—", "–"}:
        return _PHRASE
    if end.endswith(","):
        return _COMMA
    before, after = left.lower().lstrip(_OPENING), right.lower().lstrip(_OPENING).rstrip(_CLOSING + ".,;:!?…")
    cost = _ANYWHERE
    if after in _CONJUNCTIONS:
        cost = _BEFORE_CONJUNCTION
    elif after in _PREPOSITIONS:
        cost = _BEFORE_PREPOSITION
    if before in _LEANING | _CONJUNCTIONS | _PREPOSITIONS | _OPERATORS:
        cost += _TORN
    if after in _OPERATORS or end[-1:].isdigit():
        cost += _NUMBER
    return cost


def best_lines(words: Sequence[str]) -> tuple[float, tuple[str, ...]] | None:
    """The cheapest way to set *words* in at most two lines of 42 characters, with its cost; None if they do
    not fit.

    One line where it fits; else the break that tears least and leaves the lines most even.
    """
    text = " ".join(words)
    if len(text) <= LINE:
        return 0.0, (text,)
    options = []
    length = -1
    for i in range(1, len(words)):
        length += len(words[i - 1]) + 1
        rest = len(text) - length - 1
        if length <= LINE and rest <= LINE:
            torn = break_cost(words[i - 1], words[i]) / 2
            options.append((_SECOND_LINE + torn + abs(length - rest) * _PER_UNEVEN_CHARACTER, i))
    if not options:
        return None
    cost, at = min(options)
    return cost, (" ".join(words[:at]), " ".join(words[at:]))
