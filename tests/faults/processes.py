"""Who runs for a trial: processes are told by a variable that all of them inherit."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

MARK = "FAULTS_TRIAL"


@dataclass(frozen=True)
class Process:
    """A process of a trial, as /proc has it."""

    pid: int
    parent: int
    state: str
    command: str

    @property
    def is_fork_server(self) -> bool:
        """Whether it is the server of one run; its children have the same command line."""
        return "fork_loop.py" in self.command and "--client" in self.command

    @property
    def is_warm_server(self) -> bool:
        """Whether it is the server that stays; its children have the same command line."""
        return "fork_loop.py" in self.command and "--folder" in self.command


def processes_of(mark: str) -> dict[int, Process]:
    """What lives and was started for the trial called *mark*."""
    entry = f"{MARK}={mark}".encode()
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if entry not in (place / "environ").read_bytes().split(b"\0"):
                continue
            process = _read(place)
        except OSError:
            continue
        found[process.pid] = process
    return {pid: process for pid, process in found.items() if process.state != "Z"}


def servers_and_workers(mark: str) -> tuple[list[int], list[int], list[int]]:
    """The fork servers, the warm servers, and the workers that they have forked."""
    found = processes_of(mark)
    servers, warm, workers = [], [], []
    for process in found.values():
        parent = found.get(process.parent)
        if not process.is_fork_server and not process.is_warm_server:
            continue
        if parent is not None and parent.command == process.command:
            workers.append(process.pid)
        elif process.is_fork_server:
            servers.append(process.pid)
        else:
            warm.append(process.pid)
    return servers, warm, workers


def zombies_of(parents: list[int]) -> list[int]:
    """The children of *parents* that have ended and that nobody has asked for."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            process = _read(place)
        except OSError:
            continue
        if process.state == "Z" and process.parent in parents:
            found.append(process.pid)
    return found


def wait_until_alone(mark: str, but: list[int], seconds: float = 10.0) -> list[int]:
    """Wait until of a trial nobody lives *but* these; who still does after so long."""
    deadline = time.monotonic() + seconds
    while others := [pid for pid in processes_of(mark) if pid not in but]:
        if time.monotonic() > deadline:
            return others
        time.sleep(0.05)
    return []


def strike(pid: int, number: int) -> bool:
    """Send a signal; whether anybody was there."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def _read(place: Path) -> Process:
    command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    state, parent = (place / "stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
    return Process(int(place.name), int(parent), state, command)
