"""A Dask cluster whose worker or scheduler is killed at a random moment of a run."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from .spoiling import spoil
from .trial import FILMS, Trial, Unrecovered

_WORKERS = 2
_START = 30.0
_OPTIONS = ("--no-dashboard",)


class DaskCluster:
    """A scheduler and two workers, started when first asked for and again when they were killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def ready(self) -> None:
        """Start what does not run."""
        if self.scheduler is None or self.scheduler.poll() is not None:
            self.close()
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
            address = ("--host", "127.0.0.1", "--port", str(self.port))
            self.scheduler = self._start("scheduler", *address, *_OPTIONS)
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < _WORKERS:
            local = ("--local-directory", str(self.folder), "--nthreads", "1", "--no-nanny", *_OPTIONS)
            self.workers.append(self._start("worker", self.address, *local))

    def kill_worker(self, random: Random, number: int) -> None:
        """Kill one, and see that nothing of it lives on."""
        worker = random.choice(self.workers)
        worker.send_signal(number)
        _wait_for(worker)

    def kill_scheduler(self, number: int) -> None:
        """Kill the scheduler; its workers end, too."""
        assert self.scheduler is not None
        self.scheduler.send_signal(number)
        self.scheduler.wait(_START)

    def close(self) -> None:
        """End everything."""
        for process in [*self.workers, *([self.scheduler] if self.scheduler else [])]:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()
        self.workers, self.scheduler = [], None

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        self.folder.mkdir(exist_ok=True)
        with (self.folder / f"{kind}.log").open("a") as log:
            command = [sys.executable, "-m", "distributed.cli.dask_" + kind, *options]
            return subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True)


def kill_dask(trial: Trial, random: Random, what: str) -> str | None:
    """A worker, whose tasks another one takes over; or the scheduler, which is told."""
    cluster = clusters.setdefault(trial.mark, DaskCluster(trial.root.parent / "dask"))
    cluster.ready()
    limit = spoil(trial, random, render=True)
    number = random.choice((signal.SIGTERM, signal.SIGKILL, signal.SIGINT))
    process = trial.start(*FILMS, "--scheduler", cluster.address)
    time.sleep(random.uniform(0.5, limit))
    struck = process.poll() is None
    if struck and what == "worker":
        cluster.kill_worker(random, number)
    elif struck:
        cluster.kill_scheduler(number)
    ran = trial.finish(process)
    if ran.status and (what == "worker" or "scheduler" not in ran.told):
        raise Unrecovered(f"a Dask {what} was killed ({number.name}) and the run failed:\n{ran.told}")
    if not ran.status:
        trial.check_made(FILMS)
    return f"Dask {what} {number.name}" if struck else None


clusters: dict[str, DaskCluster] = {}


def close_cluster(trial: Trial) -> None:
    """End the cluster of a trial, if it had one."""
    if trial.mark in clusters:
        clusters.pop(trial.mark).close()


def _wait_for(worker: subprocess.Popen[bytes]) -> None:
    """Wait until a worker and all it has started have ended."""
    worker.wait(_START)
    deadline = time.monotonic() + 10.0
    while left := [pid for pid in _session(worker.pid) if pid != os.getpid()]:
        if time.monotonic() > deadline:
            raise Unrecovered(f"a Dask worker was killed and left processes: {left}")
        time.sleep(0.05)


def _session(leader: int) -> list[int]:
    """What lives in the session that a process has begun."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = place.read_text(errors="replace").rpartition(")")[2].split()
            if fields[0] != "Z" and int(fields[3]) == leader:
                found.append(int(place.parent.name))
    return found
