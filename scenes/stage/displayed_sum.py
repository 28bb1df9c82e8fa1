"""A displayed sum adds up as displayed: how many decimals may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def decimals_that_add(terms: Sequence[float], *, most: int = 4) -> int:
    """The most decimals, not above *most*, with which the rounded terms sum to the rounded total.

    Raises ``ValueError`` when no number of decimals does.

    >>> decimals_that_add([1.3219281, 2.3219281])
    3
    """
    for decimals in range(most, -1, -1):
        shown = [Decimal(f"{value:.{decimals}f}") for value in (*terms, sum(terms))]
        if sum(shown[:-1]) == shown[-1]:
            return decimals
    raise ValueError(f"no number of decimals lets {list(terms)} add up as displayed")
