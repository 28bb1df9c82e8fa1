"""Jensen-Shannon divergence: how much the choice of a distribution shows in what it emits.

It is the mutual information between "which distribution was drawn from" and the outcome.
Source: J. Lin, "Divergence measures based on the Shannon entropy", IEEE Transactions on Information Theory 37
(1991).
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import rel_entr

from infotheory.logarithm import nats_per_unit
from infotheory.probability import check_pmf, check_same_shape


def jensen_shannon_divergence(*distributions: ArrayLike, weights: ArrayLike | None = None, base: float = 2) -> float:
    """Weighted mean of D(p_i || mixture of all p_i), in bits unless another ``base`` is asked for.

    Parameters: two or more pmfs of one shape; ``weights``, a pmf over them (equal by default).
    It is symmetric, always finite, 0 only for equal distributions, and at most H(weights): 1 bit for two.
    Raises ``ProbabilityError`` when one is no pmf, when shapes differ or the number of weights does.

    >>> jensen_shannon_divergence([1.0, 0.0], [0.0, 1.0])
    1.0
    """
    pmfs = [check_pmf(pmf, name=f"distribution {i}") for i, pmf in enumerate(distributions, start=1)]
    if len(pmfs) < 2:
        raise ValueError("the Jensen-Shannon divergence compares at least two distributions")
    for pmf in pmfs[1:]:
        check_same_shape(pmfs[0], pmf)
    share = np.full(len(pmfs), 1 / len(pmfs)) if weights is None else check_pmf(weights, name="weights")
    check_same_shape(np.empty(len(pmfs)), share)
    stack = np.stack(pmfs).reshape(len(pmfs), -1)
    mixture = share @ stack
    # A weight times the smallest floats can round to 0, and such a cell adds nothing.
    waste = rel_entr(stack, mixture, where=mixture > 0, out=np.zeros_like(stack)).sum(axis=1)
    return max(0.0, float(share @ waste) / nats_per_unit(base))
