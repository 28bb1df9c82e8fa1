"""Gaussians, mixtures, and one Gaussian fitted to humps: closed forms, adaptive quadrature, grids and slopes."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.stats import norm

import infotheory as it
from infotheory import Gaussian, GaussianMixture

TWO = GaussianMixture((0.5, 0.5), (Gaussian(-2, 0.6), Gaussian(2, 0.6)))
UNEVEN = GaussianMixture((0.3, 0.7), (Gaussian(-1.5, 0.5), Gaussian(2, 0.9)))
APART = GaussianMixture((0.3, 0.7), (Gaussian(-4, 0.5), Gaussian(4, 0.9)))
THREE = GaussianMixture((0.2, 0.5, 0.3), (Gaussian(-3, 1), Gaussian(0, 0.4), Gaussian(4, 0.7)))
MIXTURES = [TWO, UNEVEN, THREE]

gaussians = st.builds(Gaussian, st.floats(-3, 3), st.floats(0.3, 3))
mixtures = st.builds(lambda w, a, b: GaussianMixture((w, 1 - w), (a, b)), st.floats(0.05, 0.95), gaussians, gaussians)


def scipy_density(p: GaussianMixture, x: float | NDArray[np.float64]) -> NDArray[np.float64]:
    terms = [w * np.asarray(norm.pdf(x, h.mean, h.deviation)) for w, h in zip(p.weights, p.humps, strict=True)]
    return np.asarray(np.sum(terms, axis=0))


def bits_between(f: Callable[[float], float], g: Callable[[float], float]) -> float:
    """D(f || g) of two log densities by adaptive quadrature on a wide interval."""

    def waste(x: float) -> float:
        return float(np.exp(f(x)) * (f(x) - g(x)))

    pieces = itertools.pairwise(np.linspace(-40, 40, 81))
    return float(sum(quad(waste, a, b)[0] for a, b in pieces) / np.log(2))


def closed_form(p: Gaussian, q: Gaussian) -> float:
    """D(p || q) of two Gaussians in bits: Cover and Thomas, problem 8.1 by way of completing the square."""
    ratio = p.deviation / q.deviation
    return float((-np.log(ratio) + (ratio**2 + ((p.mean - q.mean) / q.deviation) ** 2 - 1) / 2) / np.log(2))


@pytest.mark.parametrize("p", MIXTURES)
def test_density_and_moments_of_a_mixture(p: GaussianMixture) -> None:
    x = np.linspace(-8, 8, 200).reshape(2, 100)
    assert p.density(x) == pytest.approx(scipy_density(p, x))
    mean = quad(lambda t: t * scipy_density(p, t), -30, 30, points=[-3, 0, 3])[0]
    square = quad(lambda t: (t - mean) ** 2 * scipy_density(p, t), -30, 30, points=[-3, 0, 3])[0]
    assert (p.mean, p.deviation**2) == pytest.approx((mean, square))


def test_log_density_is_finite_where_the_density_is_not() -> None:
    assert TWO.density(60.0) == 0
    assert TWO.log_density(60.0) == pytest.approx(np.log(0.5) + norm.logpdf(60, 2, 0.6))


@given(mixtures, st.floats(-6, 6))
def test_score_is_the_slope_of_the_log_density(p: GaussianMixture, x: float) -> None:
    step = 1e-5
    slope = (p.log_density(x + step) - p.log_density(x - step)) / (2 * step)
    assert p.score(x) == pytest.approx(slope, abs=1e-4)


@given(gaussians, gaussians)
def test_one_hump_has_the_closed_form_in_both_directions(a: Gaussian, b: Gaussian) -> None:
    one = GaussianMixture((1.0,), (a,))
    assert it.divergence_from_mixture(one, b) == pytest.approx(closed_form(a, b), abs=1e-9)
    assert it.divergence_to_mixture(b, one) == pytest.approx(closed_form(b, a), abs=1e-9)


@pytest.mark.parametrize("p", MIXTURES)
@pytest.mark.parametrize("q", [Gaussian(0.3, 0.7), Gaussian(-1, 2)])
def test_both_directions_by_adaptive_quadrature(p: GaussianMixture, q: Gaussian) -> None:
    def log_p(x: float) -> float:
        return float(p.log_density(x))

    def log_q(x: float) -> float:
        return float(norm.logpdf(x, q.mean, q.deviation))

    assert it.divergence_from_mixture(p, q) == pytest.approx(bits_between(log_p, log_q), rel=1e-7)
    assert it.divergence_to_mixture(q, p) == pytest.approx(bits_between(log_q, log_p), rel=1e-7)
    nats = it.divergence_to_mixture(q, p, base=math.e)
    assert nats == pytest.approx(it.divergence_to_mixture(q, p) * np.log(2))


@given(mixtures, gaussians)
def test_never_negative(p: GaussianMixture, q: Gaussian) -> None:
    assert it.divergence_from_mixture(p, q) >= 0
    assert it.divergence_to_mixture(q, p) >= 0


@given(mixtures, gaussians)
def test_no_gaussian_beats_the_one_of_equal_moments(p: GaussianMixture, q: Gaussian) -> None:
    best = it.match_moments(p)
    assert it.divergence_from_mixture(p, best) <= it.divergence_from_mixture(p, q) + 1e-12
    # What is lost besides is the waste between the two Gaussians: Pythagoras for exponential families.
    apart = it.divergence_from_mixture(p, q) - it.divergence_from_mixture(p, best)
    assert apart == pytest.approx(closed_form(best, q), abs=1e-8)


@settings(max_examples=30)
@given(mixtures, gaussians)
def test_descent_finds_the_equal_moments(p: GaussianMixture, start: Gaussian) -> None:
    steps = it.descend_covering(p, start)
    assert steps[0].mean == start.mean
    assert (steps[-1].mean, steps[-1].deviation) == pytest.approx((p.mean, p.deviation), abs=1e-3)


@pytest.mark.parametrize("p", MIXTURES)
def test_no_point_of_a_grid_beats_the_pick(p: GaussianMixture) -> None:
    best = it.divergence_to_mixture(it.fit_picking(p), p)
    grid = itertools.product(np.linspace(-5, 5, 61), np.geomspace(0.2, 4, 31))
    assert best <= min(it.divergence_to_mixture(Gaussian(m, s), p) for m, s in grid)


@pytest.mark.parametrize("p", MIXTURES)
@pytest.mark.parametrize("start", [Gaussian(0.8, 0.6), Gaussian(-2.5, 1), Gaussian(0, 2)])
def test_a_descent_goes_down_and_ends_where_it_is_level(p: GaussianMixture, start: Gaussian) -> None:
    steps = it.descend_picking(p, start)
    bills = [it.divergence_to_mixture(q, p) for q in steps]
    assert all(after <= before + 1e-9 for before, after in itertools.pairwise(bills))
    end, step = steps[-1], 1e-4
    for dm, ds in ((step, 0.0), (0.0, step)):
        up = it.divergence_to_mixture(Gaussian(end.mean + dm, end.deviation + ds), p)
        down = it.divergence_to_mixture(Gaussian(end.mean - dm, end.deviation - ds), p)
        assert (up - down) / (2 * step) == pytest.approx(0, abs=1e-4)


def test_the_pick_lies_on_a_hump_and_costs_about_the_share_it_ignores() -> None:
    pick, cover = it.fit_picking(APART), it.match_moments(APART)
    assert (pick.mean, pick.deviation) == pytest.approx((4, 0.9), abs=0.02)
    assert it.divergence_to_mixture(pick, APART) == pytest.approx(np.log2(1 / 0.7), abs=0.02)
    assert cover.mean - cover.deviation < -2
    assert cover.mean + cover.deviation > 4
    # Each of the two answers is a bad answer to the other question.
    assert it.divergence_from_mixture(APART, pick) > 2 * it.divergence_from_mixture(APART, cover)
    assert it.divergence_to_mixture(cover, APART) > it.divergence_to_mixture(pick, APART)


def test_a_cover_is_a_minimum_too_but_a_worse_one() -> None:
    middle, hump = (it.descend_picking(TWO, start)[-1] for start in (Gaussian(0.4, 1.0), Gaussian(0.8, 0.6)))
    assert middle.mean == pytest.approx(0, abs=1e-3)
    assert hump.mean == pytest.approx(2, abs=0.01)
    best = it.divergence_to_mixture(it.fit_picking(TWO), TWO)
    assert it.divergence_to_mixture(hump, TWO) == pytest.approx(best, abs=1e-8)
    assert it.divergence_to_mixture(middle, TWO) > best + 0.5


def test_what_is_no_gaussian_or_mixture_is_refused() -> None:
    with pytest.raises(it.ProbabilityError, match="a deviation above 0"):
        Gaussian(0, 0)
    with pytest.raises(it.ProbabilityError, match="finite"):
        Gaussian(np.nan, 1)
    with pytest.raises(it.ProbabilityError, match="2 weights for 1 humps"):
        GaussianMixture((0.5, 0.5), (Gaussian(0, 1),))
    with pytest.raises(it.ProbabilityError, match=r"sums to 0\.9"):
        GaussianMixture((0.5, 0.4), (Gaussian(0, 1), Gaussian(1, 1)))
