"""The numbers of the film `kl_divergence`: its givens, and what is computed from them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from infotheory import (
    Gaussian,
    GaussianMixture,
    codeword_lengths,
    cross_entropy,
    divergence_from_mixture,
    divergence_to_mixture,
    entropy,
    fit_picking,
    huffman_code,
    kl_divergence,
    match_moments,
    surprise,
)
from narration.fact import Fact, Facts

LETTERS = "abcd"
TRUTH = (Fraction(1, 2), Fraction(1, 4), Fraction(1, 8), Fraction(1, 8))
BELIEF = TRUTH[::-1]
CODE_WORDS = tuple(huffman_code([float(q) for q in BELIEF]))
LENGTHS = tuple(codeword_lengths(CODE_WORDS))
FAIR = tuple(float(surprise(float(p))) for p in TRUTH)
RATIOS = tuple(q / p for p, q in zip(TRUTH, BELIEF, strict=True))

HALF, NINE, QUARTER, TENTH = 0.5, 0.9, 0.25, 0.1

HUMPS = GaussianMixture((0.5, 0.5), (Gaussian(-2.0, 0.6), Gaussian(2.0, 0.6)))
START = Gaussian(0.8, 0.6)  # where both descents begin


def coin(heads: float) -> tuple[float, float]:
    """The distribution of a coin that lands heads with this probability."""
    return heads, 1 - heads


def coin_bill(p: float, q: float) -> float:
    """Bits a flip, on average: the coin lands heads with probability *p*, its code was made for *q*."""
    return cross_entropy(coin(p), coin(q))


def coin_waste(p: float, q: float) -> float:
    """Bits of that bill that a code made for *p* would save."""
    return kl_divergence(coin(p), coin(q))


def _letter_facts() -> dict[str, Fact]:
    """The bill for four letters, and the proof's sums over them."""
    p, q = [float(x) for x in TRUTH], [float(x) for x in BELIEF]
    terms = {f"p_{x}": Fact(v, given=True) for x, v in zip(LETTERS, TRUTH, strict=True)}
    terms |= {f"q_{x}": Fact(v, given=True) for x, v in zip(LETTERS, BELIEF, strict=True)}
    ratios = [float(x) for x in RATIOS]
    return terms | {
        "bill": Fact(cross_entropy(p, q), "bits", "sum p log_2 1 / q"),
        "fair": Fact(entropy(p), "bits", "sum p log_2 1 / p"),
        "waste": Fact(kl_divergence(p, q), "bits", "sum p log_2 p / q"),
        "tangent_sum": Fact(sum(p * (x - 1) for p, x in zip(TRUTH, RATIOS, strict=True)), formula="sum p (q / p - 1)"),
        "log_sum": Fact(float(np.dot(p, np.log(ratios))), "nats", "sum p ln q / p"),
    }


def _coin_facts() -> dict[str, Fact]:
    """Wastes between coins, and what heads and tails cost in the code for the bent one."""
    pairs = {
        "half_nine": (HALF, NINE),
        "nine_half": (NINE, HALF),
        "half_tenth": (HALF, TENTH),
        "half_quarter": (HALF, QUARTER),
        "quarter_tenth": (QUARTER, TENTH),
    }
    detour = coin_waste(HALF, QUARTER) + coin_waste(QUARTER, TENTH)
    return {f"d_{name}": Fact(coin_waste(p, q), "bits", "D(p || q)") for name, (p, q) in pairs.items()} | {
        "p_half": Fact(HALF, given=True),
        "q_nine": Fact(NINE, given=True),
        "q_quarter": Fact(QUARTER, given=True),
        "q_tenth": Fact(TENTH, given=True),
        "zero": Fact(0, given=True),
        "one": Fact(1, given=True),
        "d_detour": Fact(detour, "bits"),
        "heads_cost": Fact(float(surprise(NINE)), "bits", "log_2 1 / q"),
        "tails_cost": Fact(float(surprise(1 - NINE)), "bits", "log_2 1 / (1 - q)"),
        "coin_bill": Fact(coin_bill(HALF, NINE), "bits"),
        "coin_fair": Fact(entropy(coin(HALF)), "bits"),
        "d_zero": Fact(coin_waste(HALF, 0.0), "bits"),
    }


def all_facts() -> Facts:
    """Every number of the film by name."""
    return Facts(
        **_letter_facts(),
        **_coin_facts(),
        d_cover=Fact(divergence_from_mixture(HUMPS, match_moments(HUMPS)), "bits", "min_q D(p || q)"),
        d_pick=Fact(divergence_to_mixture(fit_picking(HUMPS), HUMPS), "bits", "min_q D(q || p)"),
    )
