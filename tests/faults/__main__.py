"""``python -m tests.faults --events 200 --seed 0``: let faults happen, count them, and write the table of docs/faults.md.

The sequence of faults is the seed's; the moments in a run at which they strike are the seed's in seconds, so that the
machine's speed decides what is hit.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from scenes.programme import ROOT

from .dask_faults import close_cluster
from .events import Event, disturb, possible
from .trial import trial_in

PAGE = ROOT / "docs" / "faults.md"
BEGIN, END = "<!-- counts -->", "<!-- end of counts -->"


def main() -> None:
    """Run the events; any that is not recovered from ends this with an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="kinds whose name contains this")
    parser.add_argument("--write", action="store_true", help=f"write the counts into {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, trial_in(Path(folder) / "trial") as trial:
        kinds = tuple(kind for kind in possible(trial) if options.only in kind.name)
        try:
            events = disturb(trial, options.events, options.seed, kinds, lambda text: print(text, flush=True))
        finally:
            close_cluster(trial)
    print(table(events))
    print(f"{len(events)} events in {time.monotonic() - began:.0f} s")
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{table(events)}\n{END}{after}", encoding="utf-8")


def table(events: list[Event]) -> str:
    """The counts by kind, as Markdown. Every event that is told of was recovered from."""
    counts = Counter(event.kind for event in events)
    rows = [f"| {kind} | {number} | {number} |" for kind, number in sorted(counts.items())]
    total = f"| all | {len(events)} | {len(events)} |"
    return "\n".join(["| fault | events | recovered |", "|---|---|---|", *rows, total])


if __name__ == "__main__":
    main()
