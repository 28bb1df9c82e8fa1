"""The givens of the film `binomial`, and the numbers that follow from them."""

from __future__ import annotations

from fractions import Fraction

from infotheory import binary_entropy, log2_binomial, probability_near
from narration.fact import Fact, Facts

FLIPS = "1101110101"  # heads are ones
P = Fraction(7, 10)
FAIR = Fraction(1, 2)
SMALL_N = 4  # flips whose sequences are drawn one by one
SAMPLE = "1101"  # the sequence whose weight is worked out
EPSILON = Fraction(1, 100)
STOPS = (10, 100, 1000, 10_000)  # flips
COINS = 2000  # that are simulated


def binomial_facts() -> Facts:
    """The coin and the numbers of flips are given; counts and masses follow."""
    heads = FLIPS.count("1")
    return Facts(
        flips=Fact(len(FLIPS), given=True),
        flips_seen=Fact(FLIPS, given=True),
        sample=Fact(SAMPLE, given=True),
        fair=Fact(FAIR, given=True),
        heads=Fact(heads, given=True),
        ways=Fact(round(2 ** log2_binomial(len(FLIPS), heads)), formula="binom(n, k)"),
        zero=Fact(0, given=True),
        one=Fact(1, given=True),
        p=Fact(P, given=True),
        p_tails=Fact(1 - P, formula="1 - p"),
        small=Fact(SMALL_N, given=True),
        small_sequences=Fact(2**SMALL_N, formula="2^n"),
        fair_weight=Fact(FAIR**SMALL_N, formula="(1\\/2)^n"),
        eps=Fact(EPSILON, given=True),
        coins=Fact(COINS, given=True),
        entropy=Fact(binary_entropy(float(P)), "bits", "-p log_2 p - (1-p) log_2 (1-p)"),
        **_columns(),
        **_stops(),
    )


def _columns() -> dict[str, Fact]:
    """Count, weight of one sequence, and mass of each column of the small example."""
    facts: dict[str, Fact] = {}
    for k in range(SMALL_N + 1):
        count, weight = round(2 ** log2_binomial(SMALL_N, k)), P**k * (1 - P) ** (SMALL_N - k)
        facts[f"heads_{k}"] = Fact(k, given=True)
        facts[f"count_{k}"] = Fact(count, formula="binom(n, k)")
        facts[f"weight_{k}"] = Fact(weight, formula="p^k (1-p)^(n-k)")
        facts[f"mass_{k}"] = Fact(count * weight, formula="binom(n, k) p^k (1-p)^(n-k)")
    return facts


def _stops() -> dict[str, Fact]:
    """The mass near p, and the number of sequences with exactly that share of heads, for each number of flips."""
    facts: dict[str, Fact] = {}
    for i, n in enumerate(STOPS, 1):
        bits = log2_binomial(n, int(n * P))
        facts[f"n_{i}"] = Fact(n, given=True)
        facts[f"k_{i}"] = Fact(int(n * P), formula="n p")
        facts[f"near_{i}"] = Fact(probability_near(n, P, EPSILON), formula="P(|k\\/n - p| <= epsilon)")
        facts[f"bits_{i}"] = Fact(bits, "bits", "log_2 binom(n, n p)")
        facts[f"rate_{i}"] = Fact(bits / n, "bits/flip", "1/n log_2 binom(n, n p)")
    return facts
