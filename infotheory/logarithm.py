"""The unit of information is the base of a logarithm: 2 gives bits, e nats, 10 hartleys."""

import math


def nats_per_unit(base: float) -> float:
    """Nats in one unit of information of the given base: ``ln(base)``.

    Raises ``ValueError`` unless the base is finite and greater than 1.

    >>> round(nats_per_unit(2), 4)
    0.6931
    """
    if not (math.isfinite(base) and base > 1):
        raise ValueError(f"base {base!r} is no unit of information; use 2 (bits), math.e (nats), 10 (hartleys)")
    return math.log(base)
