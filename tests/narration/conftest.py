"""Scripts for tests of speech."""

from collections.abc import Callable
from pathlib import Path

import pytest

from narration.fact import Facts
from narration.script import Script, read_script

MakeScript = Callable[[str], Script]


@pytest.fixture
def make_script(tmp_path: Path) -> MakeScript:
    """Read a script whose beats are the given Markdown; calling again changes the same file."""

    def make(beats: str) -> Script:
        path = tmp_path / "en" / "kraft.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# Prefix codes\n{beats}\n", encoding="utf-8")
        return read_script(path, Facts())

    return make
