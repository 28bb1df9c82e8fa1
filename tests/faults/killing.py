"""Kill something at a random moment of a run: the run, a worker, its server, the warm server."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from random import Random

from .processes import servers_and_workers, strike, wait_until_alone
from .spoiling import spoil
from .trial import FILMS, Trial, Unrecovered

SIGNALS = (signal.SIGTERM, signal.SIGKILL, signal.SIGINT)
_LOOK = 0.02


def kill_run(trial: Trial, random: Random) -> str | None:
    """The run itself, at any moment from its first on."""
    limit = spoil(trial, random)
    process = trial.start(*FILMS)
    time.sleep(random.uniform(0, limit))
    number = random.choice(SIGNALS)
    struck = process.poll() is None and strike(process.pid, number)
    ran = trial.finish(process)
    if struck and number == signal.SIGINT and "Traceback" in ran.told and ran.status == 130:
        raise Unrecovered(f"Ctrl-C showed a traceback:\n{ran.told}")
    _, warm, _ = servers_and_workers(trial.mark)
    if left := wait_until_alone(trial.mark, warm):
        raise Unrecovered(f"a run that was killed left processes: {left}")
    return f"run {number.name}" if struck else None


def kill_worker(trial: Trial, random: Random) -> str | None:
    """A process that draws and encodes; its run goes on without it."""
    return _kill_one(trial, random, "worker", lambda mark: servers_and_workers(mark)[2], SIGNALS)


def kill_fork_server(trial: Trial, random: Random) -> str | None:
    """The process that forks the workers; they end with it, and the run goes on with another."""
    numbers = (signal.SIGTERM, signal.SIGKILL)  # Ctrl-C is not for it
    return _kill_one(trial, random, "fork server", lambda mark: servers_and_workers(mark)[0], numbers)


def kill_warm_server(trial: Trial, random: Random) -> str | None:
    """The server that stays, while a run uses it; the run goes on with one of its own."""
    started = trial.run("server", "start")
    if started.status:
        raise Unrecovered(f"the warm server did not start:\n{started.told}")
    numbers = (signal.SIGTERM, signal.SIGKILL)
    struck = _kill_one(trial, random, "warm server", lambda mark: servers_and_workers(mark)[1], numbers)
    stop_warm_server(trial)
    return struck


def kill_warm_worker(trial: Trial, random: Random) -> str | None:
    """A worker that the warm server has forked."""
    started = trial.run("server", "start")
    if started.status:
        raise Unrecovered(f"the warm server did not start:\n{started.told}")
    struck = _kill_one(trial, random, "warm worker", lambda mark: servers_and_workers(mark)[2], SIGNALS)
    stop_warm_server(trial)
    return struck


def stop_warm_server(trial: Trial) -> None:
    """End it as people do, and see that it has ended."""
    stopped = trial.run("server", "stop")
    if stopped.status:
        raise Unrecovered(f"the warm server cannot be stopped:\n{stopped.told}")
    if left := wait_until_alone(trial.mark, []):
        raise Unrecovered(f"the warm server was stopped and left processes: {left}")


def _kill_one(
    trial: Trial, random: Random, name: str, find: Callable[[str], list[int]], numbers: tuple[signal.Signals, ...]
) -> str | None:
    """Kill one of those that *find* finds, some time after the first is there; the run must end well."""
    limit = spoil(trial, random, render=True)
    number, delay, choice = random.choice(numbers), random.uniform(0, limit * 0.3), random.random()
    process = trial.start(*FILMS)
    struck = False
    if _appears(process, find, trial.mark):
        time.sleep(delay)
        if process.poll() is None and (found := sorted(find(trial.mark))):
            struck = strike(found[int(choice * len(found))], number)
    ran = trial.finish(process)
    if ran.status:
        raise Unrecovered(f"a {name} was killed ({number.name}) and its run failed:\n{ran.told}")
    trial.check_made(FILMS)
    return f"{name} {number.name}" if struck else None


def _appears(process: subprocess.Popen[str], find: Callable[[str], list[int]], mark: str) -> bool:
    while process.poll() is None:
        if find(mark):
            return True
        time.sleep(_LOOK)
    return False
