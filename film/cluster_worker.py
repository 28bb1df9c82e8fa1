"""What a Dask worker does with a task: unpack the project's sources, and run the call in a process of its own.

Dask sends these functions by value, so that a worker needs the packages but not the project. Standard library only;
the rest comes with the sources.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.util
import io
import json
import platform
import shutil
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FOLDERS = ("assets", "film", "infotheory", "narration", "scenes")
IDLE = 600.0  # seconds without work until a worker's fork server ends; the next task starts another
OFTEN = 0.5  # seconds between two reports of progress


def project_files(root: Path) -> dict[str, Path]:
    """The project's code, scripts, takes and assets by their names in *root*."""
    found = [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()]
    names = {path.relative_to(root).as_posix(): path for path in found if "__pycache__" not in path.parts}
    return dict(sorted(names.items()))


def installed_versions(packages: Iterable[str]) -> dict[str, str]:
    """The version of Python and of each of *packages*."""
    found = {"python": platform.python_version()}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def fingerprint(root: Path, packages: Iterable[str]) -> str:
    """A hash of everything that a result depends on: the project in *root*, and the versions of *packages*."""
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in project_files(root).items()}
    everything = json.dumps([digests, installed_versions(packages)], sort_keys=True)
    return hashlib.sha256(everything.encode()).hexdigest()[:32]


def packed(root: Path) -> bytes:
    """A zip archive of the project's files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in project_files(root).items():
            archive.write(path, name)
    return buffer.getvalue()


def run_on_worker(sources: bytes, job: dict[str, Any]) -> dict[str, Any]:
    """Run *job* with the project that *sources* hold; progress goes to the topic ``job["run"]``.

    Returns ``answer``, ``status`` and ``output`` as of a fork server's child; or ``trouble``, if this worker is at
    fault.
    """
    from distributed import get_worker

    worker = get_worker()
    state = _state(worker)
    try:
        with (
            _project(state, Path(worker.local_directory), sources, job) as (tree, client),
            tempfile.TemporaryDirectory(prefix="task-", dir=worker.local_directory) as folder,
        ):
            tell = _now_and_then(lambda *message: worker.log_event(job["run"], message))
            return _run(client, tree, Path(folder), job, tell, lambda: _is_over(worker, state, job["run"]))
    except Exception as error:  # of a class that the run may not know
        return {"trouble": f"{type(error).__name__}: {error}"}


def _is_over(worker: Any, state: dict[str, Any], run: str) -> bool:
    return run in state["stopped"] or worker.status.name in ("closing", "closed", "failed")


async def stop_run(run: str, dask_worker: Any = None) -> None:
    """End all tasks of *run* on this worker; Dask fills in *dask_worker*."""
    _state(dask_worker)["stopped"].add(run)


def _run(
    client: Any, tree: Path, folder: Path, job: dict[str, Any], tell: Callable[..., None], stopped: Callable[[], bool]
) -> dict[str, Any]:
    client.start(
        job["call"], (), pickled=job["arguments"], root=tree, folder=folder, cwd=tree, environment=job["environment"]
    )
    while not stopped():
        for event in client.events(0.2):
            if hasattr(event, "status"):
                output = _forked(job["fingerprint"]).printed(folder)
                return {"answer": event.answer, "status": event.status, "output": output}
            tell(job["name"], event.done, event.in_all)
    return {"trouble": "it was stopped"}


def _now_and_then(tell: Callable[..., None]) -> Callable[[str, int, int], None]:
    """*tell*, but not more often than is of use."""
    last = 0.0

    def report(name: str, done: int, in_all: int) -> None:
        nonlocal last
        if done == in_all or time.monotonic() - last >= OFTEN:
            last = time.monotonic()
            tell(name, done, in_all)

    return report


def _state(worker: Any) -> dict[str, Any]:
    """What this project remembers on *worker*."""
    empty = {"lock": threading.Lock(), "projects": {}, "stopped": set()}
    state: dict[str, Any] = worker.extensions.setdefault("entropy-from-first-principles", empty)
    return state


@contextlib.contextmanager
def _project(state: dict[str, Any], local: Path, sources: bytes, job: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """The unpacked project and a client of its fork server, both kept from task to task; older ones that nobody uses
    are removed.
    """
    wanted, tree = job["fingerprint"], local / f"project-{job['fingerprint']}"
    with state["lock"]:
        _remove_unused(state["projects"], local, wanted)
        if wanted not in state["projects"]:
            _unpack(sources, tree, job)
            state["projects"][wanted] = {"users": 0, "server": _forked(wanted, tree).private_server(tree, idle=IDLE)}
        project = state["projects"][wanted]
        if project["server"].process.poll() is not None:  # it was idle, or killed
            project["server"].close()
            project["server"] = _forked(wanted).private_server(tree, idle=IDLE)
        client = project["server"].connect()
        project["users"] += 1
    try:
        yield tree, client
    finally:
        client.close()
        with state["lock"]:
            project["users"] -= 1


def _remove_unused(projects: dict[str, Any], local: Path, wanted: str) -> None:
    for old, project in list(projects.items()):
        if old != wanted and not project["users"]:
            project["server"].close()
            shutil.rmtree(local / f"project-{old}", ignore_errors=True)
            del projects[old]


def _unpack(sources: bytes, tree: Path, job: dict[str, Any]) -> None:
    partial = Path(tempfile.mkdtemp(prefix="unpacking-", dir=tree.parent))
    try:
        with zipfile.ZipFile(io.BytesIO(sources)) as archive:
            archive.extractall(partial)
        if fingerprint(partial, job["packages"]) != job["fingerprint"]:
            raise RuntimeError("sources or packages on this worker are not those of the run")
        partial.rename(tree)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _forked(wanted: str, tree: Path | None = None) -> Any:
    """The module ``film.fork_server`` of the project with the fingerprint *wanted*, under a name of its own."""
    package = f"entropy_{wanted}"
    if package not in sys.modules:
        assert tree is not None
        film = tree / "film"
        spec = importlib.util.spec_from_file_location(
            package, film / "__init__.py", submodule_search_locations=[str(film)]
        )
        assert spec is not None
        sys.modules[package] = importlib.util.module_from_spec(spec)
    return importlib.import_module(f"{package}.fork_server")
