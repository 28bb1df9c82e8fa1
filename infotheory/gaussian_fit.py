"""One Gaussian q in place of a density p with several humps: two ways to count the waste, and two best answers.

D(p || q), paid by whoever meets p, is least for the Gaussian that has p's mean and deviation: it covers every hump.
D(q || p), paid by whoever meets q, has no closed form. When the humps are far apart it has a local minimum at each of
them and a worse one that covers several, so that a descent alone tells nothing: it must be tried from many starts.

Source: Bishop, *Pattern Recognition and Machine Learning*, section 10.1.2 (figures 10.2 and 10.3).
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from infotheory.gaussian_mixture import Gaussian, GaussianMixture
from infotheory.logarithm import nats_per_unit
from infotheory.probability import FloatArray

Objective = Callable[[FloatArray], tuple[float, FloatArray]]

# The trapezoid rule over a standard normal: its error for smooth functions falls faster than any power of the step.
_NODES = np.linspace(-10, 10, 2001)
_WEIGHTS = Gaussian(0, 1).density(_NODES)
_WEIGHTS /= _WEIGHTS.sum()


def divergence_from_mixture(p: GaussianMixture, q: Gaussian, base: float = 2) -> float:
    """D(p || q): what is wasted by a code for the Gaussian where the humps are true; in bits unless told otherwise.

    >>> standard = Gaussian(0, 1)
    >>> round(divergence_from_mixture(GaussianMixture((1,), (Gaussian(0, 0.5),)), standard), 4)
    0.459
    """
    bill, _ = _covering(p)(_parameters(q))
    return max(0.0, bill / nats_per_unit(base))


def divergence_to_mixture(q: Gaussian, p: GaussianMixture, base: float = 2) -> float:
    """D(q || p): what is wasted by a code for the humps where the Gaussian is true; in bits unless told otherwise.

    By quadrature over q in steps of a hundredth of its deviation: the humps must not be narrower than that.

    >>> humps = GaussianMixture((0.5, 0.5), (Gaussian(-9, 1), Gaussian(9, 1)))
    >>> round(divergence_to_mixture(Gaussian(9, 1), humps), 4)
    1.0
    """
    bill, _ = _picking(p)(_parameters(q))
    return max(0.0, bill / nats_per_unit(base))


def match_moments(p: GaussianMixture) -> Gaussian:
    """The Gaussian with the least D(p || q): the one that has p's mean and deviation.

    >>> match_moments(GaussianMixture((0.5, 0.5), (Gaussian(-2, 1), Gaussian(2, 1)))).mean
    0.0
    """
    return Gaussian(p.mean, p.deviation)


def descend_covering(p: GaussianMixture, start: Gaussian) -> tuple[Gaussian, ...]:
    """The steps by which BFGS finds the least D(p || q), from ``start``; the last one is :func:`match_moments`."""
    return _descend(_covering(p), start)


def descend_picking(p: GaussianMixture, start: Gaussian) -> tuple[Gaussian, ...]:
    """The steps by which BFGS finds a least D(q || p), from ``start``; which minimum is the last one depends on it.

    Raises ``RuntimeError`` when no minimum is reached.
    """
    return _descend(_picking(p), start)


def fit_picking(p: GaussianMixture) -> Gaussian:
    """The Gaussian with the least D(q || p) that descents from each hump, and from the cover of all, can find.

    >>> humps = GaussianMixture((0.3, 0.7), (Gaussian(-9, 1), Gaussian(9, 2)))
    >>> best = fit_picking(humps)
    >>> round(best.mean, 3), round(best.deviation, 3)
    (9.0, 2.0)
    """
    found = (descend_picking(p, start)[-1] for start in (*p.humps, match_moments(p)))
    return min(found, key=lambda q: divergence_to_mixture(q, p))


def _parameters(q: Gaussian) -> FloatArray:
    """Mean and log deviation: two numbers without bounds."""
    return np.array([q.mean, np.log(q.deviation)])


def _gaussian(parameters: FloatArray) -> Gaussian:
    return Gaussian(float(parameters[0]), float(np.exp(parameters[1])))


def _average(hump: Gaussian, values: Callable[[FloatArray], FloatArray]) -> float:
    return float(_WEIGHTS @ values(hump.mean + hump.deviation * _NODES))


def _covering(p: GaussianMixture) -> Objective:
    """D(p || q) in nats and its gradient. All of q is in closed form; only the entropy of p needs quadrature."""
    minus_entropy = float(np.dot(p.weights, [_average(hump, p.log_density) for hump in p.humps]))

    def bill(parameters: FloatArray) -> tuple[float, FloatArray]:
        mean, log_deviation = parameters
        precision = np.exp(-2 * log_deviation)
        square = (p.deviation**2 + (p.mean - mean) ** 2) * precision
        cross_entropy = 0.5 * np.log(2 * np.pi) + log_deviation + 0.5 * square
        return float(cross_entropy + minus_entropy), np.array([(mean - p.mean) * precision, 1 - square])

    return bill


def _picking(p: GaussianMixture) -> Objective:
    """D(q || p) in nats and its gradient, by quadrature over x = mean + deviation z with z standard normal."""

    def bill(parameters: FloatArray) -> tuple[float, FloatArray]:
        mean, log_deviation = parameters
        deviation = np.exp(log_deviation)
        points = mean + deviation * _NODES
        score = p.score(points)
        minus_entropy = -0.5 * np.log(2 * np.pi * math.e) - log_deviation
        gradient = -np.array([_WEIGHTS @ score, 1 + deviation * (_WEIGHTS @ (score * _NODES))])
        return float(minus_entropy - _WEIGHTS @ p.log_density(points)), gradient

    return bill


def _descend(bill: Objective, start: Gaussian) -> tuple[Gaussian, ...]:
    steps: list[NDArray[np.float64]] = [_parameters(start)]
    found = minimize(bill, steps[0], jac=True, method="BFGS", callback=lambda x: steps.append(x.copy()))
    if not found.success:
        raise RuntimeError(f"the descent from {start} ended without a minimum: {found.message}")
    return tuple(_gaussian(step) for step in steps)
