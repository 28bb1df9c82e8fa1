"""Everything rendered at once, under a limit of memory, and nothing left behind: ``python -m benchmarks.long_run``."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from benchmarks.measure import ROOT
from benchmarks.processes import Watched, watched

# Everything from an empty store; what lies beside the store made again from it; and a run that finds all done.
RUNS = ("from empty", "from the store", "with all done")


@click.command()
@click.option("-q", "quality", type=click.Choice(list("lmhpk")), help="as of render.py (default: that of a release)")
@click.option("-j", "--workers", type=click.IntRange(1), help="as of render.py")
@click.option("--limit", type=click.FloatRange(min=0, min_open=True), default=8.0, show_default=True, help="memory, GB")
@click.option("--project", type=click.Path(path_type=Path, exists=True), default=ROOT, help="whose render.py is run")
@click.option("--folder", type=click.Path(path_type=Path), help="where it works; kept (default: a temporary one)")
def main(quality: str | None, workers: int | None, limit: float, project: Path, folder: Path | None) -> None:
    """Render all chapters and the site three times; report times, memory and sizes as a line of JSON for each run.

    Exit code 1, and a line for each fault: a run that fails, memory over the limit, other bytes than before,
    processes or files that are left.
    """
    options = [*([f"-q{quality}"] if quality else []), *(["-j", str(workers)] if workers else [])]
    if folder is None:
        with tempfile.TemporaryDirectory() as made:
            faults = long_run(project, Path(made), options, limit)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        faults = long_run(project, folder.absolute(), options, limit)
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(1 if faults else 0)


def long_run(project: Path, folder: Path, options: list[str], limit: float) -> list[str]:
    """Do the runs in *folder*, emptied of what they made before; *limit* in GB. Return what is wrong."""
    store, out, temporary = folder / "store", folder / "films", folder / "tmp"
    for old in (store, out, temporary):
        shutil.rmtree(old, ignore_errors=True)
    temporary.mkdir()
    command = [sys.executable, str(project / "render.py"), *options, "--store", str(store), "-o", str(out)]
    environment = os.environ | {"TMPDIR": str(temporary)}
    faults: list[str] = []
    made: dict[str, str] = {}
    for name in RUNS:
        if name == "from the store":
            shutil.rmtree(out, ignore_errors=True)
        log = folder / f"{name.replace(' ', '-')}.log"
        run = watched(command, cwd=project, environment=environment, limit=round(limit * 1e9), log=log)
        before, made = made, digests(out)
        told = _told(name, run, store, out)
        click.echo(json.dumps(told))
        changed = [path for path in sorted(before.keys() | made.keys()) if before.get(path) != made.get(path)]
        faults += [f"{name}: {fault}" for fault in _faults(run, limit, (store, out, temporary))]
        faults += [f"{name}: {path}: other bytes than the run before made" for path in changed if before]
        if run.status:
            break
    return faults


def _told(name: str, run: Watched, store: Path, out: Path) -> dict[str, Any]:
    return {
        "run": name,
        "seconds": round(run.wall, 1),
        "cpu_seconds": round(run.cpu, 1),
        "peak_memory_mb": round(run.peak / 1e6),
        "peak_at_seconds": round(run.peak_at, 1),
        "processes_at_peak": run.peak_processes,
        "samples": run.samples,
        "store_mb": round(_size(store) / 1e6, 1),
        "films_mb": round(_size(out) / 1e6, 1),
        "files": sum(path.is_file() for path in out.rglob("*")),
    }


def _faults(run: Watched, limit: float, folders: tuple[Path, ...]) -> Iterator[str]:
    if run.too_large:
        yield f"{run.peak / 1e9:.1f} GB of memory after {run.peak_at:.0f} s, over the limit of {limit:g} GB; ended"
    elif run.status:
        yield f"ended with exit code {run.status}: {run.said.strip()[-2000:]}"
    for process in run.zombies:
        yield f"process {process} was dead and nobody asked for it"
    for process in run.orphans:
        yield f"process {process} outlived the run"
    for path in (*run.left_files, *leftovers(*folders)):
        yield f"{path} was left behind"


def leftovers(store: Path, out: Path, temporary: Path) -> list[Path]:
    """What no run should leave: working folders, half-written files, marks of use, and anything temporary."""
    found = [*store.glob("work-*"), *store.glob(".uses/*"), *store.rglob("*.partial*"), *out.rglob("*.partial*")]
    return sorted([*found, *temporary.iterdir()])


def digests(folder: Path) -> dict[str, str]:
    """A hash of every file below *folder*, by its path there."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _size(folder: Path) -> int:
    """Bytes on the disk; a file that has two names counts once."""
    states = [path.lstat() for path in folder.rglob("*") if path.is_file()]
    return sum({state.st_ino: state.st_size for state in states}.values())


if __name__ == "__main__":
    main()
