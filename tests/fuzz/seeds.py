"""What fuzzing starts from: the kept inputs, and the project's own scripts, takes and a timetable."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from scenes.programme import ROOT
from tests.fuzz.targets import whole_take

CORPUS = Path(__file__).with_name("corpus")
_FEW = 6


def kept(target: str) -> list[Path]:
    """The inputs of *target* that once were found, or are likely, to break it."""
    return sorted((CORPUS / target).glob("*.txt"))


def seeds(target: str) -> Iterator[bytes]:
    """Everything that *target* is fuzzed from."""
    yield from (path.read_bytes() for path in kept(target))
    if target == "take_json":
        yield whole_take()[2]
    narration = ROOT / "narration"
    patterns = {
        "script": "en/*.md",
        "spoken": "en/*.md",
        "take_json": "takes/en/*/*.json",
        "sound": "takes/en/*/*.opus",
    }
    if target in patterns:
        yield from (path.read_bytes() for path in islice(sorted(narration.glob(patterns[target])), _FEW))
