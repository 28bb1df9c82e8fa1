"""Ours against Manim's own, on this machine, now: ``python -m benchmarks --help``."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import click

from benchmarks.measure import ROOT, Cost, median, run
from benchmarks.report import write_report
from film.quality import QUALITIES, RELEASE, Quality
from scenes.programme import Concept, concept, part

PYTHON = sys.executable
MANIM_FLAGS = {
    "480p15": ("-ql",),
    "1080p30": ("-r", "1920,1080", "--fps", "30"),
    "1080p60": ("-qh",),
}
OUR_FLAGS = {"480p15": ("-ql",), "1080p30": (), "1080p60": ("-qh",)}
BY_NAME = {quality.name: quality for quality in (*QUALITIES.values(), RELEASE)}


@dataclass(frozen=True)
class Row:
    """One comparison; *manim* is None where there is nothing to compare with."""

    what: str
    ours: Cost
    manim: Cost | None = None
    notes: dict[str, float] = field(default_factory=dict)


class Bench:
    """Runs the comparisons of one film (or a part) in a folder of its own."""

    def __init__(self, folder: Path, times: int, manim_times: int) -> None:
        self.folder, self.times, self.manim_times, self.rows = folder, times, manim_times, list[Row]()
        self._known: dict[tuple[object, ...], Cost] = {}

    def _ours(self, *arguments: str, fresh: bool = False) -> Callable[[], Cost]:
        def measured() -> Cost:
            if fresh:
                shutil.rmtree(self.folder / "store", ignore_errors=True)
            options = ("--store", str(self.folder / "store"), "-o", str(self.folder / "films"))
            return run([PYTHON, "render.py", *arguments, *options])

        return measured

    def _manim(self, films: tuple[Concept, ...], quality: str, *more: str) -> Cost:
        """What Manim takes for *films*, one after the other; of each the median of several runs, measured once."""
        costs = [self._manim_film(film, quality, more) for film in films]
        return Cost(sum(c.wall for c in costs), sum(c.cpu for c in costs), max(c.memory for c in costs))

    def _manim_film(self, film: Concept, quality: str, more: tuple[str, ...]) -> Cost:
        key = (film.name, quality, more)
        if key not in self._known:
            media = self.folder / "manim"
            flags = (*MANIM_FLAGS[quality], "--media_dir", str(media), "--disable_caching", "--progress_bar", "none")

            def measured() -> Cost:
                shutil.rmtree(media, ignore_errors=True)
                return run([PYTHON, "-m", "manim", "render", *flags, *more, str(film.scene_path), film.class_name])

            self._known[key] = median(measured, self.manim_times)
        return self._known[key]

    def add(self, what: str, ours: Cost, manim: Cost | None = None, **notes: float) -> None:
        """Note and tell a result."""
        self.rows.append(Row(what, ours, manim, notes))
        against = f" against {manim.wall:.1f} s: {ours.wall / manim.wall:.3f} of it" if manim else ""
        click.echo(f"{what}: {ours.wall:.2f} s{against}; CPU {ours.cpu:.1f} s, {ours.memory:.0f} MB", err=True)

    def whole(self, name: str, quality: str, *, is_part: bool) -> None:
        """A part, or a film, from nothing; then again, with nothing changed."""
        films = part(name).concepts if is_part else (concept(name),)
        command = ("chapter" if is_part else "scene", name, *OUR_FLAGS[quality])
        manim = self._manim(films, quality)
        ours = median(self._ours(*command, fresh=True), self.times)
        self.add(f"{name}, {quality}", ours, manim)
        self.add(f"{name}, {quality}, nothing changed", median(self._ours(*command), max(3, self.times)))

    def scaling(self, name: str, quality: str) -> None:
        """A film by one process, and by one for each core."""
        for workers in sorted({1, os.cpu_count() or 1}):
            command = ("scene", name, *OUR_FLAGS[quality], "-j", str(workers))
            self.add(f"{name}, {quality}, {workers} processes", median(self._ours(*command, fresh=True), self.times))

    def last_beat(self, name: str, quality: str) -> None:
        """Everything but the last beat is in the store."""
        film = concept(name)
        command = ("scene", name, *OUR_FLAGS[quality])
        self._ours(*command)()
        last = film.scene_class().read_script().beats[-1].name

        def measured() -> Cost:
            from film.inputs.closure import Sources
            from film.job_keys import keys_of
            from film.scene_job import SceneJob

            job = SceneJob(BY_NAME[quality], concept=name)
            shutil.rmtree(self.folder / "store" / keys_of(job, Sources(ROOT))[last])
            for product in (self.folder / "store").glob("product-*"):
                shutil.rmtree(product)
            return self._ours(*command)()

        manim = self._manim((film,), quality)
        self.add(f"{name}, {quality}, last beat edited", median(measured, self.times), manim)

    def stills(self, name: str) -> None:
        """The last frame of a film at 1080 lines: not rendered yet, rendered, and with the server warm."""
        film = concept(name)
        manim = self._manim((film,), "1080p30", "-s")
        shutil.rmtree(self.folder / "store", ignore_errors=True)
        self._ours("still", name)()  # texts are set once
        self.add(f"{name}, still, not rendered before", median(self._ours("still", name), self.times), manim)
        run([PYTHON, "render.py", "server", "start"])
        try:
            self.add(f"{name}, still, server warm", median(self._ours("still", name), self.times), manim)
        finally:
            run([PYTHON, "render.py", "server", "stop"])
        self._ours("scene", name)()
        self.add(f"{name}, still, rendered before", median(self._ours("still", name), self.times), manim)

    def quality(self, address: str, quality: Quality) -> None:
        """Size and likeness of a beat's pictures, ours and Manim's, against what was drawn."""
        from benchmarks.fidelity import drawn, fidelity, picture_bytes

        name, _, beat = address.partition("@")
        frames = drawn(address, quality)
        ours = self._ours("scene", address, *OUR_FLAGS[quality.name], fresh=True)()
        video = self.folder / "films" / f"{address}.mp4"
        media = self.folder / "manim"
        shutil.rmtree(media, ignore_errors=True)
        command = [PYTHON, "-c", _ONE_BEAT, name, beat, str(media), quality.name]
        manim = run(command)
        stock = next(media.rglob(f"{concept(name).class_name}.mp4"))
        near, theirs = fidelity(video, frames, is_bt709=True), fidelity(stock, frames, is_bt709=False)
        self.add(
            f"{address}, {quality.name}, pictures",
            ours,
            manim,
            ssim=near.ssim,
            ssim_lowest=near.lowest,
            ssim_manim=theirs.ssim,
            psnr=near.psnr,
            psnr_manim=theirs.psnr,
            size=picture_bytes(video) / picture_bytes(stock),
            frames=near.frames,
        )

    def floor(self, name: str, quality: Quality) -> None:
        """What encoding alone takes."""
        from benchmarks.floor import floor_of

        found = floor_of(name, quality)
        whole = self._ours("scene", name, *OUR_FLAGS[quality.name], "-j", "1", fresh=True)()
        least = found.encoding + found.converting
        self.add(f"{name}, {quality.name}, floor", whole, **asdict(found), times_floor=whole.cpu / least)


_ONE_BEAT = """
import sys
from pathlib import Path
from manim import tempconfig
from scenes.programme import concept
name, beat, media, quality = sys.argv[1:]
height, rate = quality.split("p")
size = {"pixel_height": int(height), "pixel_width": round(int(height) * 16 / 9 / 2) * 2, "frame_rate": int(rate)}
with tempconfig({"media_dir": media, "disable_caching": True, "progress_bar": "none", "verbosity": "ERROR", **size}):
    concept(name).scene_class()(only=frozenset([beat]), sound=False).render()
"""


@click.command()
@click.option("--film", default="kraft", show_default=True, help="the film that is measured by itself")
@click.option("--part", "part_name", help="also a whole part, film by film; at 1080p60 that is an hour of Manim")
@click.option("-q", "qualities", multiple=True, default=("480p15", "1080p60"), type=click.Choice(list(MANIM_FLAGS)))
@click.option("--times", default=3, show_default=True, help="runs of which the median counts")
@click.option("--manim-times", type=int, help="runs of Manim of each film; default: as many")
@click.option("--short", is_flag=True, help="without scaling, floor and likeness")
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / "docs", help="folder of the report")
def main(
    film: str,
    part_name: str | None,
    qualities: tuple[str, ...],
    times: int,
    manim_times: int | None,
    short: bool,
    out: Path,
) -> None:
    """Measure, and write docs/benchmark.md, .json and the plot."""
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), times, manim_times or times)
        bench.stills(film)
        for quality in qualities:
            bench.whole(film, quality, is_part=False)
            bench.last_beat(film, quality)
            if not short:
                bench.scaling(film, quality)
            if part_name:
                bench.whole(part_name, quality, is_part=True)
        if not short:
            largest = BY_NAME[qualities[-1]]
            bench.floor(film, largest)
            bench.quality(f"{film}@{concept(film).scene_class().read_script().beats[0].name}", largest)
    machine = {
        "system": f"{platform.system()}, {platform.machine()}",
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }
    rows = [asdict(row) for row in bench.rows]
    results = {"machine": machine, "times": times, "manim_times": bench.manim_times, "rows": rows}
    write_report(json.loads(json.dumps(results)), out)


if __name__ == "__main__":
    main()
