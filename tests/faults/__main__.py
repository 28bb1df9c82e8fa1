"""``python -m tests.faults --events 200 --seed 0``: let faults happen, and count what came of them.

The sequence of faults is the seed's; the moments in a run at which they strike are the seed's in seconds, so that the
machine's speed decides what is hit.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from film.stopping import terminated_like_interrupted
from scenes.programme import ROOT

from .dask_faults import close_cluster
from .events import Event, disturbances, possible
from .trial import trial_in

PAGE = ROOT / "docs" / "faults.md"
BEGIN, END = "<!-- counts -->", "<!-- end of counts -->"


def main() -> None:
    """Let the faults happen and tell of each; ends with 1 if a plain run did not recover from one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="kinds whose name contains this")
    parser.add_argument("--write", action="store_true", help=f"write the counts into {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    events: list[Event] = []
    with (
        terminated_like_interrupted(),
        tempfile.TemporaryDirectory(prefix="faults-") as folder,
        trial_in(Path(folder) / "trial") as trial,
    ):
        kinds = tuple(kind for kind in possible(trial) if options.only in kind.name)
        try:
            for event in itertools.islice(disturbances(trial, options.seed, kinds), options.events):
                events.append(event)
                print(f"{event.number} {event.kind}: {event.what} ({event.seconds:.1f} s) {event.wrong}", flush=True)
        except (KeyboardInterrupt, SystemExit):
            print("stopped")
        finally:
            close_cluster(trial)
    print(table(events))
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{table(events)}\n{END}{after}", encoding="utf-8")
    sys.exit(1 if any(event.wrong for event in events) else 0)


def table(events: Sequence[Event]) -> str:
    """The counts by kind, as Markdown."""
    kinds = sorted({event.kind for event in events})
    rows = [_row(kind, [event for event in events if event.kind == kind]) for kind in kinds]
    return "\n".join(["| fault | events | recovered |", "|---|---|---|", *rows, _row("all", events)])


def _row(name: str, events: Sequence[Event]) -> str:
    return f"| {name} | {len(events)} | {sum(not event.wrong for event in events)} |"


if __name__ == "__main__":
    main()
