"""The numbers of the film `chain_rule`: a card paid in two orders, a novel's letters link by link, its last page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from infotheory import (
    ContextModel,
    conditional_pmf,
    entropy,
    exact_surprise,
    marginal,
    next_letter_entropy,
    ngram_counts,
    surprise,
)
from narration.fact import Fact, Facts
from scenes.messages.deck import CARDS, COLOUR, NUMBER, card_counts, chosen_deck_facts, deck_joint, draw_cards
from scenes.novel import ALPHABET, letter_stream, novel_letters, novel_text
from scenes.stage.playing_card import BLACK

Receipts = NDArray[np.float64]

DRAWN = (BLACK, 3)  # the card that is looked at: colour, and number from 1
DEALS = 20_000
KNOWN = 3  # letters that the next one is predicted from
PAGE_PARAGRAPHS = 9  # of the novel's end: its last page
LINE_WORDS = 12  # of the page's end: its last line


def receipts(cards: NDArray[np.int64]) -> Receipts:
    """What each card costs in either order, shape (n, 2, 2): [card][which is asked first][colour, number], in bits.

    *cards* has shape (n, 2): colour, and number from 1. Row 0 of a card asks for its colour first, row 1 does not.
    """
    joint = deck_joint()
    both = surprise(joint)
    colour = np.broadcast_to(surprise(marginal(joint, COLOUR))[:, None], both.shape)
    number = np.broadcast_to(surprise(marginal(joint, NUMBER))[None, :], both.shape)
    table = np.array([[colour, both - colour], [both - number, number]])
    return np.asarray(table[:, :, cards[:, 0], cards[:, 1] - 1].transpose(2, 0, 1))


def dealt(random: np.random.Generator) -> NDArray[np.int64]:
    """The card that was drawn first, and then one after another, each put back: shape (DEALS, 2)."""
    return np.concatenate([[DRAWN], draw_cards(random, DEALS - 1)])


@dataclass(frozen=True, slots=True)
class Page:
    """The novel's last page, and what stood before it."""

    before: str
    letters: str

    @property
    def line(self) -> str:
        """The page's last line."""
        return " ".join(self.letters.split()[-LINE_WORDS:]) + " "


@cache
def last_page() -> Page:
    """The last paragraphs of the novel as letters, and all letters before them."""
    paragraphs = [paragraph for paragraph in novel_text().split("\n") if paragraph.strip()]
    letters = letter_stream("\n".join(paragraphs[-PAGE_PARAGRAPHS:]))
    return Page(novel_letters().removesuffix(letters), letters)


@cache
def page_surprises(known: int = KNOWN) -> NDArray[np.float64]:
    """What each letter of the last page costs, given *known* letters before it, by what was counted before the page."""
    page = last_page()
    return ContextModel(page.before, ALPHABET, known=known).letter_surprises(page.letters, page.before)


def _receipt_facts() -> Mapping[str, Fact]:
    """The drawn card: how many cards are like it, and its price in either order."""
    counts, (colour, number) = card_counts(), DRAWN
    joint = deck_joint()
    given_colour, given_number = conditional_pmf(joint, given=COLOUR), conditional_pmf(joint, given=NUMBER)
    return {
        "n_cards": Fact(CARDS, given=True),
        "n_black": Fact(counts[colour].sum()),
        "n_three": Fact(counts[:, number - 1].sum()),
        "n_card": Fact(counts[colour, number - 1], given=True),
        "s_colour": Fact(surprise(float(marginal(joint, COLOUR)[colour])), "bits", "log_2 (1 / p(c))"),
        "s_number_then": Fact(surprise(float(given_colour[colour, number - 1])), "bits", "log_2 (1 / p(n | c))"),
        "s_number": Fact(surprise(float(marginal(joint, NUMBER)[number - 1])), "bits", "log_2 (1 / p(n))"),
        "s_colour_then": Fact(surprise(float(given_number[colour, number - 1])), "bits", "log_2 (1 / p(c | n))"),
        "s_card": Fact(surprise(float(joint[colour, number - 1])), "bits", "log_2 (1 / p(c, n))"),
    }


def _letter_facts() -> Mapping[str, Fact]:
    """The novel link by link, and how rare its longer strings are."""
    text = novel_letters()
    strings = ngram_counts(text, KNOWN + 1)
    return {f"step_{k}": Fact(next_letter_entropy(text, k), "bits") for k in range(KNOWN + 1)} | {
        "blocks": Fact(len(strings)),
        "once": Fact(sum(count == 1 for count in strings.values())),
    }


def _page_facts() -> Mapping[str, Fact]:
    """The last page: its letters' prices, their sum, and the surprise of the page as a whole."""
    page = last_page()
    chance = ContextModel(page.before, ALPHABET, known=KNOWN).message_probability(page.letters, page.before)
    return {f"fresh_{k}": Fact(page_surprises(k).mean(), "bits") for k in range(KNOWN + 1)} | {
        "letters": Fact(len(page.letters)),
        "share": Fact(len(page.letters) / len(novel_letters())),
        "page_bits": Fact(math.fsum(page_surprises()), "bits", "sum_i log_2 (1 / p(x_i | x_(i-3) x_(i-2) x_(i-1)))"),
        "page_surprise": Fact(exact_surprise(chance), "bits", 'log_2 (1 / p("page"))'),
    }


def all_facts() -> Facts:
    """Every number of the film by name."""
    joint = deck_joint()
    apart = entropy(marginal(joint, COLOUR)) + entropy(marginal(joint, NUMBER))
    names = ("h_colour", "h_number", "h_number_given_colour", "h_colour_given_number", "h_both", "shared")
    return Facts(
        **chosen_deck_facts(*names),
        h_apart=Fact(apart, "bits", "H(C) + H(N)"),
        **_receipt_facts(),
        **_letter_facts(),
        **_page_facts(),
    )
