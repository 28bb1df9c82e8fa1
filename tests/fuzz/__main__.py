"""Coverage-guided fuzzing with Atheris: ``python -m tests.fuzz script --seconds 60``.

Needs the dependency group `fuzz` (docs/safety.md). An input that breaks a promise is written beside the corpus, as
``crash-...``, ``timeout-...`` or ``oom-...``: mend the code and keep the input in ``tests/fuzz/corpus/<target>/``.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from pathlib import Path

MODULES = ("narration", "film", "scenes.programme", "markdown_it", "mdurl")
LONGEST_INPUT = {"sound": 200_000, "script": 20_000}
SECONDS_EACH = 20  # an input that takes longer hangs
MEGABYTES = 2000


def main() -> None:
    """Fuzz one target for a while; exit code 77 or 70 for a finding, as libFuzzer has it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", help="a name of tests/fuzz/targets.py, such as script")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, help="a folder that grows from run to run (default: a temporary one)")
    parser.add_argument("--findings", type=Path, default=Path(), help="where inputs that break something go")
    chosen = parser.parse_args()
    try:
        atheris = importlib.import_module("atheris")  # only some systems have it
    except ImportError:
        parser.error("Atheris is missing: uv pip install --group fuzz, see docs/safety.md")
    with atheris.instrument_imports(include=list(MODULES)):
        targets = importlib.import_module("tests.fuzz.targets").TARGETS
    if chosen.target not in targets:
        parser.error(f"no target {chosen.target!r}; there are: {', '.join(targets)}")
    folder = chosen.corpus or Path(tempfile.mkdtemp(prefix=f"corpus-{chosen.target}-"))
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(importlib.import_module("tests.fuzz.seeds").seeds(chosen.target)):
        (folder / f"seed-{number}").write_bytes(seed)
    arguments = {
        "max_total_time": chosen.seconds,
        "timeout": SECONDS_EACH,
        "rss_limit_mb": MEGABYTES,
        "max_len": LONGEST_INPUT.get(chosen.target, 4000),
        "dict": Path(__file__).with_name("dictionary.txt"),
        "artifact_prefix": f"{chosen.findings}/",
        "print_final_stats": 1,
    }
    options = [f"-{name}={value}" for name, value in arguments.items()]
    atheris.Setup([sys.argv[0], *options, str(folder)], targets[chosen.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
