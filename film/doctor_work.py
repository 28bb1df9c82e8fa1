"""What the command `doctor` does: look at this machine, line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from film.document import Document
from film.health.finding import Finding, State
from film.health.folders import folder_findings
from film.health.packages import package_findings
from film.health.system_packages import system_findings
from scenes.programme import ROOT

COLOURS = {State.OK: "green", State.WARNING: "yellow", State.MISSING: "red"}


def examine(store: Path, document: Document) -> None:
    """Print how everything stands; exit code 1 if something is missing that rendering needs."""
    checks = document.about["checks"] = []
    missing = 0
    for finding in _findings(store):
        head, line = str(finding.state), finding.line()
        click.echo(click.style(head, fg=COLOURS[finding.state]) + line[len(head) :])
        checks.append(asdict(finding))
        missing += finding.state is State.MISSING
        if finding.state is not State.OK:
            severity = "error" if finding.state is State.MISSING else "warning"
            document.finding(severity, f"{finding.name}: {finding.found}", kind=finding.topic, remedy=finding.mend)
    click.echo(f"{missing} things are missing that rendering needs" if missing else "Nothing is missing to render")
    if missing:
        sys.exit(1)


def _findings(store: Path) -> Iterator[Finding]:
    yield from package_findings()
    yield from system_findings(ROOT / "setup")
    yield from folder_findings(ROOT, store)
