"""The pictures for other people's scenes: what is exported, the colours, the page's examples, and the wheel."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import entropy_stage
from film.errors import FilmError
from film.gallery import examples
from film.stage_page import PageExample, compact, last_frame_of, page_examples
from scenes.programme import ROOT

PAGE = ROOT / "docs" / "stage.md"
EXAMPLES = page_examples(PAGE)
NAMES = dir(entropy_stage)
TALK = """
import json, sys
from manim import *
from entropy_stage import GROUND, PAPER, CardDeck, EntropyMeter, Words, deck_joint
import scenes.stage.theme as theme


class Talk(Scene):
    def construct(self):
        meter = EntropyMeter(4, label="four outcomes", unit=3).center()
        self.add(CardDeck(deck_joint()).scale(0.3).to_edge(UP))
        self.play(FadeIn(meter), run_time=0.2)
        self.play(meter.rise(1.75), run_time=0.2)
        points = Words("Agq 0.25").get_all_points()
        colors = {"paper": PAPER.to_hex(), "ground": GROUND.to_hex()}
        told = {"file": theme.__file__, "points": points.round(4).tolist(), **colors}
        open("told.json", "w").write(json.dumps(told))
"""


def run(script: str, folder: Path, **environment: str) -> str:
    """What a Python process prints that imports the project from its folder."""
    clean = {name: value for name, value in os.environ.items() if name != "ENTROPY_THEME"}
    command = [sys.executable, "-c", textwrap.dedent(script)]
    where = clean | {"PYTHONPATH": str(ROOT)} | environment
    done = subprocess.run(command, cwd=folder, env=where, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# ---- names ---------------------------------------------------------------------------------------


def test_every_name_is_there_and_is_documented_where_it_comes_from() -> None:
    assert len(NAMES) == len(set(NAMES)) > 50
    for name in NAMES:
        found = getattr(entropy_stage, name)
        if isinstance(found, type):
            assert found.__name__ == name
            assert found.__doc__, name


def test_every_shared_picture_is_exported() -> None:
    homes = [getattr(getattr(entropy_stage, name), "__module__", "") for name in NAMES]
    modules = {home.removeprefix("scenes.stage.") for home in homes}
    assert {example.mobject for example in examples()} <= modules


def test_a_wrong_name_suggests_the_right_one() -> None:
    with pytest.raises(AttributeError, match="has no 'CodeTre'; did you mean 'CodeTree'"):
        entropy_stage.CodeTre  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match=r"dir\(entropy_stage\) lists"):
        entropy_stage.xyzzy  # type: ignore[attr-defined]  # noqa: B018


# ---- colours -------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "environment", "theme"),
    [
        ("", {}, "dark"),
        ("config.background_color = WHITE", {}, "light"),
        ("config.background_color = '#333'", {}, "dark"),
        ("config.background_color = WHITE", {"ENTROPY_THEME": "dark"}, "dark"),
        ("", {"ENTROPY_THEME": "light"}, "light"),
        ("from entropy_stage import use_theme; use_theme('light')", {"ENTROPY_THEME": "dark"}, "light"),
    ],
)
def test_colours_suit_the_ground(tmp_path: Path, before: str, environment: dict[str, str], theme: str) -> None:
    script = f"""
    import os
    from manim import *
    {before}
    from entropy_stage import PAPER, use_theme
    from scenes.stage.theme import DARK, LIGHT
    theme = {{DARK.paper: "dark", LIGHT.paper: "light"}}[PAPER.to_hex()]
    use_theme(theme)
    other = "dark" if theme == "light" else "light"
    try:
        use_theme(other)
    except RuntimeError as error:
        assert f"call use_theme('{{other}}') before them" in str(error)
    else:
        raise AssertionError
    print(theme, os.environ.get("ENTROPY_THEME"))
    """
    assert run(script, tmp_path, **environment) == f"{theme} {environment.get('ENTROPY_THEME')}"


def test_there_are_two_themes() -> None:
    with pytest.raises(ValueError, match="no theme 'sepia'; write 'dark' or 'light'"):
        entropy_stage.use_theme("sepia")  # type: ignore[arg-type]


# ---- the page ------------------------------------------------------------------------------------


def test_the_page_has_an_example_of_every_picture() -> None:
    classes = {name for name in NAMES if isinstance(getattr(entropy_stage, name), type)}
    assert {example.name for example in EXAMPLES} == classes
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in NAMES if not re.search(rf"[`(]{name}\b|import .*\b{name}\b", text)] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_of_the_page_draws_what_the_page_shows(example: PageExample, tmp_path: Path) -> None:
    assert len(ast.parse(example.code).body) <= 4  # short enough to be typed
    assert re.search(rf"^from entropy_stage import .*\b{example.name}\b", example.code, re.M)
    drawn = np.asarray(compact(last_frame_of(example, PAGE, tmp_path)).convert("RGB"), np.int16)
    with Image.open(PAGE.parent / example.picture) as picture:
        shown = np.asarray(picture.convert("RGB"), np.int16)
    assert drawn.std() > 3
    assert np.abs(drawn - shown).mean() < 2


def test_a_mistake_of_an_example_is_told_with_its_line(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# T\n\n### `Die`\n\n![Die](die.png)\n\nText.\n\n```python\nx = 1\ny = 1 / 0\n```\n", encoding="utf-8"
    )
    (example,) = page_examples(page)
    with pytest.raises(ZeroDivisionError) as failed:
        last_frame_of(example, page, tmp_path)
    assert (str(failed.traceback[-1].path), failed.traceback[-1].lineno) == (str(page), 10)  # counted from 0
    page.write_text("### `Die`\n\nno picture\n\n```python\nx = 1\n```\n", encoding="utf-8")
    with pytest.raises(FilmError, match=r"goes a `name`, a picture and a python block; mend \{'Die'\}"):
        page_examples(page)


# ---- the wheel -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_the_wheel_holds_everything_that_its_packages_read(installed: Path) -> None:
    def files(root: Path, folder: str) -> set[str]:
        found = (path.relative_to(root) for path in (root / folder).rglob("*") if path.is_file())
        return {path.as_posix() for path in found if "__pycache__" not in path.parts}

    for folder in ("assets", "entropy_stage", "infotheory", "narration", "scenes", "film"):
        assert files(installed, folder) == files(ROOT, folder), folder


@pytest.mark.slow
@pytest.mark.parametrize("ground", ["dark", "light"])
def test_plain_manim_draws_them_anywhere_with_the_wheel(installed: Path, tmp_path: Path, ground: str) -> None:
    from manim import ManimColor

    from scenes.stage.theme import DARK, LIGHT
    from scenes.stage.typeset import Words

    (tmp_path / "talk.py").write_text(TALK, encoding="utf-8")
    command = [sys.executable, "-m", "manim", "render", "-ql", "-r", "256,144", "--progress_bar", "none"]
    if ground == "light":
        (tmp_path / "manim.cfg").write_text("[CLI]\nbackground_color = WHITE\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "ENTROPY_THEME"}
    done = subprocess.run(
        [*command, "talk.py", "Talk"],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert list((tmp_path / "media" / "videos").glob("talk/*/Talk.mp4"))
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert Path(told["file"]).is_relative_to(installed)
    theme = LIGHT if ground == "light" else DARK
    assert (told["paper"], told["ground"]) == (theme.paper, ManimColor(theme.ground).to_hex())
    # The same letters as here: the fonts came along.
    assert np.allclose(told["points"], Words("Agq 0.25").get_all_points(), atol=1e-3)


@pytest.mark.slow
def test_a_notebook_cell_draws_them(installed: Path, tmp_path: Path) -> None:
    cell = "%%manim -ql -r 256,144 --progress_bar none -v WARNING Talk\n" + TALK.partition("\n\n\n")[2]
    script = f"""
    from IPython.core.interactiveshell import InteractiveShell
    shell = InteractiveShell.instance()
    for cell in ({TALK.partition(chr(10) * 3)[0]!r}, {cell!r}):
        shell.run_cell(cell).raise_error()
    """
    run(script, tmp_path, PYTHONPATH=str(installed), IPYTHONDIR=str(tmp_path))
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert Path(told["file"]).is_relative_to(installed)
