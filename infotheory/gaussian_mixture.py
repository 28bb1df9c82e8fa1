"""One Gaussian, and a density of several humps that is a weighted sum of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp, softmax

from infotheory.probability import FloatArray, ProbabilityError, check_pmf

_HALF_LOG_TWO_PI = 0.5 * np.log(2 * np.pi)


@dataclass(frozen=True, slots=True)
class Gaussian:
    """A normal density with this mean and standard deviation.

    Raises ``ProbabilityError`` when either is not finite or the deviation is not above 0.

    >>> round(float(Gaussian(0, 1).density(0)), 4)
    0.3989
    """

    mean: float
    deviation: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean) and 0 < self.deviation < np.inf):
            raise ProbabilityError(
                f"no Gaussian has mean {self.mean!r} and deviation {self.deviation!r}; "
                "give finite numbers, and a deviation above 0"
            )

    def log_density(self, x: ArrayLike) -> FloatArray:
        """Natural logarithm of the density at ``x``, in the shape of ``x``."""
        z = (np.asarray(x, dtype=np.float64) - self.mean) / self.deviation
        return np.asarray(-0.5 * z**2 - np.log(self.deviation) - _HALF_LOG_TWO_PI)

    def density(self, x: ArrayLike) -> FloatArray:
        """The density at ``x``, in the shape of ``x``."""
        return np.asarray(np.exp(self.log_density(x)))


@dataclass(frozen=True, slots=True)
class GaussianMixture:
    """The density sum of w_i N(x; hump i).

    Parameters: ``weights`` are a pmf, one weight for each of the ``humps``.
    Raises ``ProbabilityError`` when they are not.

    >>> GaussianMixture((0.5, 0.5), (Gaussian(-4, 3), Gaussian(4, 3))).deviation
    5.0
    """

    weights: tuple[float, ...]
    humps: tuple[Gaussian, ...]

    def __post_init__(self) -> None:
        if check_pmf(self.weights, name="weights").shape != (len(self.humps),):
            raise ProbabilityError(f"{len(self.weights)} weights for {len(self.humps)} humps; give one weight for each")

    @property
    def mean(self) -> float:
        """The mean of the whole."""
        return float(np.dot(self.weights, [hump.mean for hump in self.humps]))

    @property
    def deviation(self) -> float:
        """The standard deviation of the whole: spread within the humps and between them."""
        squares = [hump.deviation**2 + (hump.mean - self.mean) ** 2 for hump in self.humps]
        return float(np.sqrt(np.dot(self.weights, squares)))

    def log_density(self, x: ArrayLike) -> FloatArray:
        """Natural logarithm of the density at ``x``, in the shape of ``x``; finite far outside, too."""
        logs, weights = self._logs(x)
        return np.asarray(logsumexp(logs, axis=-1, b=weights))

    def density(self, x: ArrayLike) -> FloatArray:
        """The density at ``x``, in the shape of ``x``."""
        return np.asarray(np.exp(self.log_density(x)))

    def score(self, x: ArrayLike) -> FloatArray:
        """Slope of :meth:`log_density` at ``x``, in the shape of ``x``."""
        points = np.asarray(x, dtype=np.float64)
        logs, weights = self._logs(points)
        with np.errstate(divide="ignore"):
            shares = softmax(logs + np.log(weights), axis=-1)
        pulls = [(hump.mean - points) / hump.deviation**2 for hump in self.humps]
        return np.asarray((shares * np.stack(pulls, axis=-1)).sum(axis=-1))

    def _logs(self, x: ArrayLike) -> tuple[FloatArray, FloatArray]:
        return np.stack([hump.log_density(x) for hump in self.humps], axis=-1), np.asarray(self.weights)
