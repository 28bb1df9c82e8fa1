"""The novel that opens with the sentence of the film `intuition`: where some of its words stand, and what they tell."""

from __future__ import annotations

import textwrap
from functools import cache
from itertools import chain

from infotheory import surprise
from narration.fact import Fact
from scenes.novel import novel_text
from scenes.stage.word_tile import words_of

EQUALS = ("end", "window", "cappuccino")  # words that the novel has equally often
OFTEN, LONG, ZEBRA = "coffee", "cappuccino", "zebra"


@cache
def novel_paragraphs() -> tuple[tuple[str, ...], ...]:
    """The words of each paragraph or heading of the novel, taken apart as the sentence is. Raises OSError."""
    paragraphs = (tuple(words_of(line.lower())) for line in novel_text().splitlines())
    return tuple(words for words in paragraphs if words)


@cache
def novel_words() -> tuple[str, ...]:
    """All words of the novel in order. Raises OSError."""
    return tuple(chain.from_iterable(novel_paragraphs()))


def lines_after(sentence: str, *, lines: int, width: int) -> list[str]:
    """The *lines* that follow *sentence* in the novel, at most *width* letters long. Raises ValueError without it."""
    _, found, after = novel_text().partition(sentence)
    if not found:
        raise ValueError(f"the novel does not have the sentence {sentence!r}; it is to open it")
    return textwrap.wrap(" ".join(after.split()), width)[:lines]


def places_of(word: str) -> list[int]:
    """The places where *word* stands in the novel, counted from 0."""
    return [place for place, other in enumerate(novel_words()) if other == word]


def equal_count(words: tuple[str, ...] = EQUALS) -> int:
    """How often each of *words* comes in the novel. Raises ValueError when they do not come equally often, or never."""
    counts = {word: len(places_of(word)) for word in words}
    first = counts[words[0]]
    if not first or set(counts.values()) != {first}:
        raise ValueError(f"the novel does not have these words equally often: {counts}; choose others")
    return first


def novel_facts() -> dict[str, Fact]:
    """How long the novel is, how often some words come in it, and the surprise of each."""
    story = len(novel_words())
    counts = {"often": len(places_of(OFTEN)), "long": len(places_of(LONG)), "once": len(places_of(ZEBRA))}
    priced = {"story": 1, "often": counts["often"], "long": counts["long"], "zebra": counts["once"]}
    return (
        {"story": Fact(story, "words"), "each": Fact(equal_count())}
        | {name: Fact(count) for name, count in counts.items()}
        | {"letters_long": Fact(len(LONG)), "letters_zebra": Fact(len(ZEBRA))}
        | {f"bits_{name}": Fact(surprise(count / story), "bits", "log_2 (1 / p)") for name, count in priced.items()}
    )
