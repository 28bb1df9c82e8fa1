"""What the commands that judge films do: the check of scripts, pictures and pace, and the ledger of numbers."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from film.atomic import replacing
from film.layout.check import check_all
from film.layout.report import LayoutReport
from film.ledger import ledger
from film.ledger_report import as_json as ledger_json
from film.ledger_report import as_markdown, as_tables
from film.pacing import pacing_warnings
from film.preflight import preflight
from scenes.programme import concept, concepts

PLAIN_WIDTH = 160  # of a table that goes into a file


def check_films(
    names: Sequence[str], *, pictures: Path | None, as_json: Path | None, strict: bool, workers: int | None
) -> None:
    """Print every finding, one a line; exit code 1 for errors and stale takes, with *strict* for warnings too."""
    chosen = [concept(name) for name in names] or list(concepts())
    checked = preflight(chosen)
    for address, why in checked.stale.items():
        click.echo(f"{address}: {why}")
    for folder in (pictures, as_json):
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    errors = warnings = moments = 0
    for report in check_all(chosen, workers=workers, pictures=pictures):
        more_errors, more_warnings = _tell(report, as_json)
        errors, warnings, moments = errors + more_errors, warnings + more_warnings, moments + report.moments
    beats = sum(len(script.beats) for script in checked.scripts.values())
    ready = f"{beats - len(checked.stale)} takes are ready"
    click.echo(f"{len(chosen)} films, {beats} beats: scripts and scenes agree; {ready}")
    click.echo(f"{moments} moments looked at: {errors} errors, {warnings} warnings")
    if checked.stale or errors or (strict and warnings):
        sys.exit(1)


def _tell(report: LayoutReport, as_json: Path | None) -> tuple[int, int]:
    """Print what was found in a film, layout first, then pace; the numbers of errors and of warnings."""
    if report.failure:
        click.echo(f"{report.concept}: {report.failure}", err=True)
    pace = pacing_warnings(report.timetable) if report.timetable else ()
    for line in [finding.line() for finding in report.findings] + [warning.line() for warning in pace]:
        click.echo(line)
    if as_json is not None:
        with replacing(as_json / f"{report.concept}.layout.json") as partial:
            partial.write_text(report.to_json(), encoding="utf-8")
    return len(report.errors) + bool(report.failure), len(report.warnings) + len(pace)


def print_ledger(names: Sequence[str], form: str, workers: int | None) -> None:
    """The ledger on standard output, its problems on standard error; exit code 1 if there are any."""
    found = ledger([concept(name) for name in names] or concepts(), workers=workers or os.cpu_count() or 1)
    if form == "table":
        console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)
        for table in as_tables(found):
            console.print(table)
    else:
        click.echo(ledger_json(found) if form == "json" else as_markdown(found))
    for problem in found.problems:
        click.echo(str(problem), err=True)
    if found.problems:
        sys.exit(1)
