"""Functions of Manim that have no plug point, replaced for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def replaced(*functions: tuple[object, str, object]) -> Iterator[None]:
    """Each of *functions*, (owner, name, what to call instead), until the ``with`` block ends."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in functions]
    for owner, name, function in functions:
        setattr(owner, name, function)
    try:
        yield
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)
