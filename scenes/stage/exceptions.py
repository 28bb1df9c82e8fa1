"""Named exceptions to the layout check, written beside the beat that needs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

LayoutFault = Literal[
    "outside the frame",
    "outside the safe margin",
    "inside the caption band",
    "text over text",
    "text over marks",
    "small type",
    "low contrast",
    "hidden text",
    "never removed",
]
LAYOUT_FAULTS: tuple[str, ...] = get_args(LayoutFault)

Method = TypeVar("Method", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class LayoutException:
    """A fault that a beat has on purpose: which, at what, and why."""

    fault: str
    reason: str
    what: str

    def __str__(self) -> str:
        return f"@allow({self.fault!r}, what={self.what!r})"


def allow(fault: LayoutFault, reason: str, *, what: str) -> Callable[[Method], Method]:
    """Decorate a beat's method: the layout check passes over *fault* at mobjects whose name contains *what*.

    Names are those that the check prints, such as ``Words('1/4') at props.bar.labels[2]``. An exception that hides
    nothing is itself a finding. Raises ValueError for a fault that does not exist, or without reason or name.
    """
    if fault not in LAYOUT_FAULTS:
        raise ValueError(f"no layout fault is called {fault!r}; there are: {', '.join(LAYOUT_FAULTS)}")
    if not reason.strip() or not what.strip():
        raise ValueError(f"an exception to {fault!r} needs a reason, and what it is about")

    def mark(method: Method) -> Method:
        exceptions = (LayoutException(fault, reason, what), *layout_exceptions(method))
        method.__layout_exceptions__ = exceptions  # type: ignore[attr-defined]
        return method

    return mark


def layout_exceptions(method: Callable[..., Any]) -> tuple[LayoutException, ...]:
    """The exceptions of a beat's method."""
    found: tuple[LayoutException, ...] = getattr(method, "__layout_exceptions__", ())
    return found
