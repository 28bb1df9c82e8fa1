"""The numbers of the film `mi_as_kl`: the deck against the product of its margins, and points on a circle."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from infotheory import (
    correlation,
    cross_entropy,
    kl_divergence,
    log_ratio_to_independence,
    mutual_information,
    product_of_margins,
    surprise,
)
from narration.fact import Fact, Facts
from scenes.messages.deck import (
    BLACK_CARDS,
    CARDS,
    LOW,
    NUMBERS,
    RED_CARDS,
    card_counts,
    chosen_deck_facts,
    deck_joint,
    draw_cards,
    exact_joint,
    independent_joint,
)
from scenes.stage.playing_card import BLACK, RED

SHOWN = (BLACK, 3)  # the card whose two prices are shown
DEALT = 1_000_000
THROWN = 100_000
FEWEST, MOMENTS = 10, 300  # cards of the first average, and how many averages there are
STEPS = 8  # of the grid on which a point of the circle is read
LENGTHS = {"one": 1, "ten": 10, "hundred": 100, "thousand": 1000}  # of messages, in cards
MESSAGES = 200  # of each length


class Kind(NamedTuple):
    """Cells of the deck that are all alike: a colour, and low or high numbers."""

    name: str
    colour: int
    numbers: range

    @property
    def cells(self) -> tuple[tuple[int, int], ...]:
        """Colour and number of each."""
        return tuple((self.colour, n) for n in self.numbers)


KINDS = tuple(
    Kind(f"{colour_name}_{height}", colour, numbers)
    for colour_name, colour in (("black", BLACK), ("red", RED))
    for height, numbers in (("low", range(1, LOW + 1)), ("high", range(LOW + 1, NUMBERS + 1)))
)


def believed_cards(number: int) -> Fraction:
    """Cards of each colour that a deck of :data:`CARDS` would have of *number*, if its colours knew nothing of it."""
    joint = exact_joint()
    black, red = (sum(row) for row in joint)
    if black != red:
        raise ValueError("the deck has as many black cards as red ones, or each colour expects its own count")
    return CARDS * black * (joint[BLACK][number - 1] + joint[RED][number - 1])


# ---- what a believer pays ------------------------------------------------------------------------


def moments(last: int) -> NDArray[np.int64]:
    """How many there are at each moment that is drawn: from :data:`FEWEST` to *last*, evenly spaced by ratio."""
    return np.unique(np.geomspace(FEWEST, last, MOMENTS).astype(int))


class Paid:
    """Cards dealt and paid for twice: averages in bits a card after ``counts`` cards.

    ``fair`` pays each card's surprise in the deck, ``believed`` its surprise in the product of the margins.
    """

    def __init__(self, random: np.random.Generator, dealt: int = DEALT) -> None:
        self.counts = moments(dealt)
        cards = draw_cards(random, dealt)
        self.fair, self.believed = (
            np.cumsum(surprise(joint)[cards[:, 0], cards[:, 1] - 1])[self.counts - 1] / self.counts
            for joint in (deck_joint(), independent_joint())
        )

    @property
    def gap(self) -> NDArray[np.float64]:
        """What the believer wasted, in bits a card."""
        return np.asarray(self.believed - self.fair)


def message_costs(random: np.random.Generator, cards: int, messages: int = MESSAGES) -> NDArray[np.float64]:
    """Fair price, in bits a card, of each of some *messages* of so many *cards*."""
    drawn = draw_cards(random, cards * messages)
    prices = surprise(deck_joint())[drawn[:, 0], drawn[:, 1] - 1]
    return np.asarray(prices.reshape(messages, cards).mean(axis=1))


# ---- the circle ----------------------------------------------------------------------------------


def grid_step(coordinate: NDArray[np.float64]) -> NDArray[np.int64]:
    """On which of the :data:`STEPS` equal steps from -1 to 1 a coordinate falls, from 0."""
    return np.asarray(np.clip(((coordinate + 1) / 2 * STEPS).astype(int), 0, STEPS - 1))


def circle_joint() -> NDArray[np.float64]:
    """Chance of each cell (step across, step up) for a point thrown evenly on the unit circle: its arc over the whole.

    Exact: the circle is cut at each line of the grid, and each arc counts for the cell of its middle.
    """
    lines = np.linspace(-1, 1, STEPS + 1)
    turns = np.concatenate([np.arccos(lines), -np.arccos(lines), np.arcsin(lines), np.pi - np.arcsin(lines)])
    cuts = np.unique(np.round(np.mod(turns, 2 * np.pi), 12))
    ends = np.append(cuts, cuts[0] + 2 * np.pi)
    middles, arcs = (ends[:-1] + ends[1:]) / 2, np.diff(ends)
    joint = np.zeros((STEPS, STEPS))
    np.add.at(joint, (grid_step(np.cos(middles)), grid_step(np.sin(middles))), arcs / arcs.sum())
    return joint


def step_middles() -> NDArray[np.float64]:
    """The coordinates in the middle of each step."""
    return (np.arange(STEPS) + 0.5) * 2 / STEPS - 1


class Thrown:
    """Points thrown on the circle: where they fell, and what the first ``counts`` of them suggest.

    ``points`` has shape (thrown, 2); ``correlation`` and ``shared`` (in bits) are those of the counted grid.
    """

    def __init__(self, random: np.random.Generator, thrown: int = THROWN) -> None:
        turns = random.uniform(0, 2 * np.pi, thrown)
        self.points = np.stack([np.cos(turns), np.sin(turns)], axis=1)
        self.counts = moments(thrown)
        cells = grid_step(self.points) @ np.array([STEPS, 1])
        tables = [np.bincount(cells[:n], minlength=STEPS**2).reshape(STEPS, STEPS) / n for n in self.counts]
        middles = step_middles()
        self.correlation = np.array([correlation(table, middles, middles) for table in tables])
        self.shared = np.array([mutual_information(table) for table in tables])


# ---- facts ---------------------------------------------------------------------------------------


def _cell_facts() -> dict[str, Fact]:
    """Of each kind of cell: its cards, the logarithm of true over believed, and its share of the sum."""
    joint, logs, counts = deck_joint(), log_ratio_to_independence(deck_joint()), card_counts()
    facts: dict[str, Fact] = {}
    for kind in KINDS:
        first = (kind.colour, kind.numbers[0] - 1)
        log = float(logs[first])
        facts[f"is_{kind.name}"] = Fact(int(counts[first]), given=True)
        facts[f"log_{kind.name}"] = Fact(log, "bits", "log_2 p(c, n) / (p(c) p(n))")
        mass = float(joint[first]) * len(kind.numbers)
        facts[f"part_{kind.name}"] = Fact(mass * log, "bits", "sum p(c, n) log_2 p(c, n) / (p(c) p(n))")
    return facts


def _price(joint: NDArray[np.float64]) -> float:
    colour, number = SHOWN
    return float(surprise(joint)[colour, number - 1])


def all_facts() -> Facts:
    """Every number of the film by name."""
    joint, product, ring = deck_joint(), independent_joint(), circle_joint()
    ring_product, middles = product_of_margins(ring), step_middles()
    return Facts(
        **chosen_deck_facts("h_both"),
        shared=Fact(kl_divergence(joint, product), "bits", "I(C; N) = D(p(c, n) || p(c) p(n))"),
        h_sum=Fact(cross_entropy(joint, product), "bits", "H(C) + H(N)"),
        n_low=Fact(BLACK_CARDS[0] + RED_CARDS[0], "cards"),
        n_high=Fact(BLACK_CARDS[1] + RED_CARDS[1], "cards"),
        believed_low=Fact(int(believed_cards(1)), "cards", "100 p(c) p(n)"),
        believed_high=Fact(int(believed_cards(NUMBERS)), "cards", "100 p(c) p(n)"),
        **_cell_facts(),
        price_fair=Fact(_price(joint), "bits", "log_2 1/p(c, n)"),
        price_believed=Fact(_price(product), "bits", "log_2 1/(p(c) p(n))"),
        dealt=Fact(DEALT, given=True),
        steps=Fact(STEPS, given=True),
        ring_correlation=Fact(round(correlation(ring, middles, middles), 12) + 0.0, "", "rho(X, Y)"),
        ring_shared=Fact(mutual_information(ring), "bits", "I(X; Y)"),
        ring_never=Fact(float(ring_product[ring == 0].sum()), "", "sum_(p(x, y) = 0) p(x) p(y)"),
        cheapest=Fact(float(surprise(joint).min()), "bits", "log_2 1/(max p)"),
        dearest=Fact(float(surprise(joint).max()), "bits", "log_2 1/(min p)"),
        **{name: Fact(cards, given=True) for name, cards in LENGTHS.items()},
    )
