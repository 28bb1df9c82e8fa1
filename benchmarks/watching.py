"""From a save to the picture in the page of ``render.py watch``: ``python -m benchmarks.watching``.

A copy of the project is watched in a real Chromium. Each edit is timed from just before the file is written until the
page has decoded the new last frame; beside it stands which beat that is.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import Page, sync_playwright

from benchmarks.measure import ROOT

FILM = "kraft"
FOLDERS = ("assets", "commands", "film", "infotheory", "narration", "scenes")
SCRIPT, SCENE, PICTURES = "narration/en/kraft.md", "scenes/entropy/kraft.py", "scenes/entropy/kraft_pictures.py"
STAGE = "scenes/stage"
PATIENCE = 120.0  # seconds for one edit, or for the start
# What the page notes: when (by the machine's clock) the frame of which drawing was there to be seen.
NOTE = """() => {
  window.drawn = {};
  const frame = document.getElementById("frame");
  new MutationObserver(() => { window.drawn[frame.dataset.drawn] ??= Date.now(); })
    .observe(frame, {attributes: true, attributeFilter: ["data-drawn"]});
}"""


@dataclass(frozen=True)
class Edit:
    """A text in a file, and what is put in its place."""

    kind: str
    file: str
    old: str
    new: str


EDITS = (
    Edit("script", SCRIPT, "Every codeword there is", "All codewords there are"),
    Edit("scene", SCENE, "size=HEADING).next_to(wall, DOWN, buff=0.9)", "size=HEADING).next_to(wall, DOWN, buff=0.7)"),
    Edit("script", SCRIPT, "two bits a quarter.", "two bits one quarter."),
    Edit(
        "stage",
        f"{STAGE}/probability_bar.py",
        "stroke_color=RULE, stroke_width=THIN",
        "stroke_color=RULE, stroke_width=2 * THIN",
    ),
    Edit("scene", SCENE, "next_to(bar, DOWN, buff=0.35)", "next_to(bar, DOWN, buff=0.45)"),
    Edit("script", SCRIPT, "Must some room be left?", "Must there be room left?"),
    Edit("scene", SCENE, ".move_to(1.85 * DOWN)", ".move_to(1.75 * DOWN)"),
    Edit(
        "stage",
        f"{STAGE}/reading.py",
        "self.box = box = Rectangle(width=bit_width",
        "self.box = box = Rectangle(width=0.96 * bit_width",
    ),
    Edit("script", SCRIPT, "Codewords are leaves", "Codewords become leaves"),
    Edit("scene", PICTURES, "MESSAGE_PLACE = ", "MESSAGE_PLACE = 0.98 * "),
    Edit("stage", f"{STAGE}/code_tree.py", "radius=", "radius=1.1 * "),
    Edit("script", SCRIPT, "Every further bit cuts", "Each further bit cuts"),
    Edit(
        "scene",
        SCENE,
        "stretch_to_fit_width(WIDTH * float(piece.width))",
        "stretch_to_fit_width(6 * float(piece.width))",
    ),
    Edit("stage", f"{STAGE}/unit_interval.py", "stroke_width=", "stroke_width=1.5 * "),
    Edit("script", SCRIPT, "Cut anywhere", "Cut wherever you like"),
    Edit("scene", SCENE, "buff=0.25, aligned_edge=side", "buff=0.35, aligned_edge=side"),
    Edit("scene", SCENE, "above=1.05", "above=1.0"),
    Edit("script", SCRIPT, "Flip again, and cut", "Now flip again, and cut"),
    Edit("stage", f"{STAGE}/code_wall.py", "stroke_width=", "stroke_width=1.3 * "),
    Edit("script", SCRIPT, "The more surprising the message", "The more surprising a message"),
)


@dataclass(frozen=True)
class Timed:
    """An edit, and how long its picture took to come; of which beat it was."""

    edit: Edit
    beat: str
    seconds: float


def copy_of_project(folder: Path) -> Path:
    """The project in *folder*, with what it needs to run."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "render.py", folder)
    return folder


@contextmanager
def watched(root: Path, store: Path, log: Path) -> Iterator[str]:
    """The address of the page of `watch`, which is ended as Ctrl-C ends it."""
    command = [sys.executable, "render.py", "watch", FILM, "-ql", "--store", str(store), "-o", str(root / "films")]
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command, cwd=root, stderr=output, env=os.environ | {"PYTHONPATH": str(root)}, start_new_session=True
        )
    try:
        yield _address(log, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"Open (http\S+)", log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.05)
    raise RuntimeError(f"watch did not start:\n{log.read_text(encoding='utf-8')}")


@contextmanager
def page_at(address: str) -> Iterator[Page]:
    """A page in a real browser; everything that it complains about ends up on standard error."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.on("console", lambda message: click.echo(f"page: {message.text}", err=True))
        page.goto(address)
        page.evaluate(NOTE)
        yield page
        browser.close()


def state_of(page: Page) -> dict[str, Any]:
    """What the page shows."""
    found: dict[str, Any] = page.evaluate(
        """() => ({
          drawn: Number(document.getElementById("frame").dataset.drawn || 0),
          state: document.getElementById("state").textContent,
          caption: document.getElementById("caption").textContent,
          waiting: document.querySelectorAll("#beats .waiting").length,
          findings: document.getElementById("findings").textContent,
        })"""
    )
    return found


def timed(page: Page, root: Path, edit: Edit) -> Timed:
    """Make *edit* and wait for its picture. Raises RuntimeError if none comes."""
    path = root / edit.file
    text = path.read_text(encoding="utf-8")
    if edit.old not in text:
        raise RuntimeError(f"{edit.file}: has no {edit.old!r}")
    before = state_of(page)["drawn"]
    partial = path.with_suffix(".part")  # as editors do
    partial.write_text(text.replace(edit.old, edit.new, 1), encoding="utf-8")
    began = time.time()
    partial.replace(path)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        shown = state_of(page)
        if shown["drawn"] > before:
            at = page.evaluate("number => window.drawn[number]", str(shown["drawn"])) / 1000
            return Timed(edit, shown["caption"].removeprefix("Last frame of ").partition(",")[0], at - began)
        time.sleep(0.02)
    raise RuntimeError(f"no picture came: {state_of(page)}")


def settled(page: Page) -> None:
    """Wait until every beat is drawn."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        shown = state_of(page)
        if shown["drawn"] and not shown["waiting"]:
            return
        time.sleep(0.1)
    raise RuntimeError(f"the film was not drawn: {state_of(page)}")


@click.command()
@click.option("--pause", default=3.0, show_default=True, help="seconds between a picture and the next edit")
@click.option("--screenshot", type=click.Path(path_type=Path), help="save what the page shows in the end")
def main(pause: float, screenshot: Path | None) -> None:
    """Time the edits of one film, and say the median."""
    with tempfile.TemporaryDirectory(prefix="watching-") as place:
        folder = Path(place)
        root = copy_of_project(folder / "project")
        log = folder / "log"
        with watched(root, folder / "store", log) as address, page_at(address) as page:
            settled(page)
            found = []
            for edit in EDITS:
                time.sleep(pause)  # an author looks at what has come; meanwhile clips are rendered
                found.append(timed(page, root, edit))
                one = found[-1]
                click.echo(f"{one.seconds:5.2f} s  {edit.kind:6}  {one.beat:9} {edit.file}: {edit.new}")
            if screenshot is not None:
                page.screenshot(path=str(screenshot))
    for kind in sorted({edit.kind for edit in EDITS}):
        seconds = [one.seconds for one in found if one.edit.kind == kind]
        click.echo(f"{kind}: median {statistics.median(seconds):.2f} s of {len(seconds)}, longest {max(seconds):.2f} s")
    seconds = [one.seconds for one in found]
    load = os.getloadavg()[0]
    click.echo(f"median of {len(seconds)} edits: {statistics.median(seconds):.2f} s (load of the machine: {load:.1f})")


if __name__ == "__main__":
    main()
