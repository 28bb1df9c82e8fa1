"""What a command has to say to programs: one JSON document, of the same shape for every command (docs/commands.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from narration.script_problem import Problem


@dataclass
class Document:
    """Fills while a command works. *products* are files that are there now, *findings* what is to be mended or looked
    at, *about* the fields of one command's own.
    """

    command: str
    products: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)
    error: str | None = None

    def product(self, kind: str, path: Path, **details: Any) -> None:
        """A file that was made, or that is there as it would be made."""
        self.products.append({"kind": kind, "path": str(path.absolute()), "bytes": path.stat().st_size, **details})

    def finding(self, severity: str, what: str, **details: Any) -> None:
        """Something to mend (``error``) or to look at (``warning``)."""
        self.findings.append({"severity": severity, "what": what, **details})

    def problem(self, problem: Problem) -> None:
        """A mistake in a script or a scene, with its place and its remedy."""
        place = problem.place
        where = {"file": str(place.path), "line": place.line, "column": place.column}
        self.finding("error", problem.what, **where, remedy=problem.remedy)

    def to_json(self, exit_code: int) -> str:
        """The document as text; *exit_code* is the command's."""
        head = {"command": self.command, "exit_code": exit_code, "error": self.error}
        body = {"products": self.products, "findings": self.findings, **self.about}
        return json.dumps(head | body, ensure_ascii=False, indent=1)
