"""The lines of a script that are about one beat, as they are typed."""

from __future__ import annotations

from pathlib import Path


def beat_lines(script: Path, beat: str) -> tuple[int, list[str]]:
    """The line number of a beat's heading, and the lines from there to the next heading; 0 for no such beat."""
    try:
        lines = script.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return 0, []
    starts = [number for number, line in enumerate(lines) if line.startswith("## ")]
    for number, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if lines[number].removeprefix("## ").partition(":")[0].strip() == beat:
            return number + 1, "\n".join(lines[number:end]).rstrip().split("\n")
    return 0, []
