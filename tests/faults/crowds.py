"""Several runs at once on one store and one folder of films."""

from __future__ import annotations

import time
from random import Random

from .killing import SIGNALS
from .processes import strike
from .spoiling import spoil
from .trial import FILMS, Trial, Unrecovered

RUNS = 3


def three_at_once(trial: Trial, random: Random) -> str:
    """Three runs that do the same; they end well, but for one that may be killed."""
    limit = spoil(trial, random)
    processes = [trial.start(*FILMS) for _ in range(RUNS)]
    victim = random.randrange(2 * RUNS)
    if victim < RUNS:
        time.sleep(random.uniform(0, limit * 2))
        strike(processes[victim].pid, random.choice(SIGNALS)) if processes[victim].poll() is None else None
    for number, process in enumerate(processes):
        ran = trial.finish(process)
        if ran.status and number != victim:
            raise Unrecovered(f"one of three runs failed ({ran.status}):\n{ran.told}")
    trial.check_made(FILMS)
    return "three at once" + (", one killed" if victim < RUNS else "")
