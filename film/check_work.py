"""What the commands that judge films do: the check of scripts, pictures and pace, and the ledger of numbers."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from film.address import films_of
from film.document import Document
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.layout.check import check_all
from film.layout.report import LayoutReport
from film.ledger import ledger
from film.ledger_report import as_markdown, as_rows, as_tables
from film.pacing import pacing_warnings
from film.preflight import preflight
from film.preflight_cache import preflight_key, remember_checked
from film.store import Store
from scenes.programme import ROOT

PLAIN_WIDTH = 160  # of a table that goes into a file


def check_films(
    names: Sequence[str],
    document: Document,
    *,
    store: Path,
    pictures: Path | None,
    strict: bool,
    workers: int | None,
) -> None:
    """Print every finding, one a line; exit code 1 for errors, with *strict* for warnings and stale takes too."""
    chosen = films_of(names)
    kept, sources = Store(store), Sources(ROOT, Records.beside(store))
    keys = {film.name: preflight_key(film, sources) for film in chosen}
    checked = preflight(chosen)
    remember_checked(checked.told(), kept, keys)
    sources.records.save()
    for address, why in checked.stale.items():
        click.echo(f"{address}: {why}")
        document.finding("warning", why, kind="take", address=address)
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    moments = 0
    for report in check_all(chosen, workers=workers, pictures=pictures):
        _tell(report, document)
        moments += report.moments
    beats = sum(len(script.beats) for script in checked.scripts.values())
    ready = f"{beats - len(checked.stale)} takes are ready"
    errors = sum(finding["severity"] == "error" for finding in document.findings)
    warnings = len(document.findings) - errors - len(checked.stale)
    click.echo(f"{len(chosen)} film{'s' * (len(chosen) != 1)}, {beats} beats: scripts and scenes agree; {ready}")
    click.echo(f"{moments} moments looked at: {errors} errors, {warnings} warnings")
    document.about |= {"films": [film.name for film in chosen], "beats": beats, "moments": moments}
    if errors or (strict and document.findings):
        sys.exit(1)


def _tell(report: LayoutReport, document: Document) -> None:
    """Print what was found in a film, layout first, then pace."""
    if report.failure:
        click.echo(f"{report.concept}: {report.failure}", err=True)
        document.finding("error", report.failure, kind="failure", address=report.concept)
    for finding in report.findings:
        click.echo(finding.line())
        document.finding(**finding.fields())
    for warning in pacing_warnings(report.timetable) if report.timetable else ():
        click.echo(warning.line())
        document.finding("warning", warning.line(), **warning.fields())


def print_ledger(names: Sequence[str], document: Document, *, markdown: bool, workers: int | None) -> None:
    """The ledger on standard output, its problems on standard error; exit code 1 if there are any."""
    found = ledger(films_of(names), workers=workers or os.cpu_count() or 1)
    document.about["facts"] = as_rows(found)
    if markdown:
        click.echo(as_markdown(found))
    else:
        console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)
        for table in as_tables(found):
            console.print(table)
    for problem in found.problems:
        click.echo(str(problem), err=True)
        document.problem(problem)
    if found.problems:
        sys.exit(1)
