"""One line of the doctor: how something stands, and the command that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """``missing`` stops rendering; ``warning`` stops or slows something that not everybody wants."""

    OK = "ok"
    WARNING = "warning"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """How one thing stands on this machine. *mend* is a command, or a sentence where there is none."""

    topic: str
    name: str
    state: State
    found: str
    mend: str = ""

    def line(self) -> str:
        """One line for people."""
        return f"{self.state:<8} {self.name}: {self.found}" + (f"; mend with: {self.mend}" if self.mend else "")
