"""What another processor would make: a film rendered with code paths switched off that this one's abilities choose.

``python -m benchmarks.other_processors kraft`` prints, for each library and for all of them together, which files
differ from those of an ordinary run: how many frames and by how many dB of PSNR, and how far below the sound the
difference of the sounds is. It needs Linux on x86-64.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import av
import click
import numpy as np
from numpy.typing import NDArray

from benchmarks.long_run import digests
from benchmarks.measure import ROOT

FOLDERS = ("assets", "commands", "film", "infotheory", "narration", "scenes", "setup")
# FFmpeg's flags of x86 (libavutil/cpu.h) that a processor without AVX-512, or of x86-64-v2, can have.
FLAGS = {"AVX2": ~0x300000, "SSE4.2": 0x73FF, "nothing": 0}
# Of x264, the best that it may use.
ASSEMBLER = {"AVX2": "avx2", "SSE4.2": "sse4.2", "nothing": "0"}
Patch = tuple[str, str, str]  # of a file: what stands there ("": its end), and what takes its place


@dataclass(frozen=True)
class Without:
    """A run with something switched off: by variables, or in the code of a copy of the project."""

    name: str
    variables: Mapping[str, str] = field(default_factory=dict)
    patches: tuple[Patch, ...] = ()


def numpy_paths() -> str:
    """What NumPy has several codes for, and this processor more than the simplest one."""
    built = import_module("numpy._core._multiarray_umath")
    return " ".join(name for name in built.__cpu_dispatch__ if built.__cpu_features__[name])


def variants() -> tuple[Without, ...]:
    """Each library without what it chooses by the processor, and all of them together."""
    avx = "-AVX,-AVX2,-FMA,-FMA4,-AVX512F,-AVX512VL,-AVX512BW,-AVX512DQ"
    simple = (
        Without("NumPy: its code for every x86-64-v2", {"NPY_DISABLE_CPU_FEATURES": numpy_paths()}),
        Without("OpenBLAS: its code for Prescott (2004)", {"OPENBLAS_CORETYPE": "Prescott"}),
        Without("C library: no AVX, no FMA", {"GLIBC_TUNABLES": f"glibc.cpu.hwcaps={avx}"}),
        Without("pixman (Cairo): no SIMD", {"PIXMAN_DISABLE": "mmx sse2 ssse3"}),
    )
    x264 = tuple(Without(f"x264: at most {best}", patches=(assembler(best),)) for best in ASSEMBLER)
    ffmpeg = tuple(Without(f"FFmpeg's libraries: at most {best}", patches=(flags(best),)) for best in FLAGS)
    variables = {name: value for one in simple for name, value in one.variables.items()}
    together = tuple(
        Without(f"all of these: at most {best}", variables, (assembler(best), flags(best))) for best in FLAGS
    )
    return *simple, *x264, *ffmpeg, *together


def assembler(best: str) -> Patch:
    """Have x264 use no better instructions than *best*."""
    return "film/drawing/picture_stream.py", "_X264 = {", f'_X264 = {{"asm": "{ASSEMBLER[best]}",'


def flags(best: str) -> Patch:
    """Have FFmpeg's libraries, in every process that draws, encodes or decodes, use no better ones than *best*."""
    library = "_library = next(word for word in open('/proc/self/maps').read().split() if 'libavutil' in word)"
    load = f"import ctypes as _ctypes, av as _av\n{library}\n_library = _ctypes.CDLL(_library)\n"
    return "film/__init__.py", "", f"{load}_library.av_force_cpu_flags(_library.av_get_cpu_flags() & {FLAGS[best]})\n"


@dataclass(frozen=True)
class Difference:
    """Of two videos, in dB: how far frames that differ are apart, and the sounds' difference below the sound."""

    frames: int
    differing: int
    lowest: float
    mean: float
    sound: float


def differences(one: Path, other: Path) -> Difference:
    """Compare what a player shows and sounds. Raises ValueError for videos of different lengths."""
    psnrs = [_psnr(a, b) for a, b in zip(_pictures(one), _pictures(other), strict=True)]
    sound, changed = (_sound(path) for path in (one, other))
    if sound.shape != changed.shape:
        raise ValueError(f"{sound.shape} samples, and {changed.shape}")
    far = [value for value in psnrs if value < np.inf]
    below = _decibels(float(np.mean(sound**2)), float(np.mean((sound - changed) ** 2)))
    return Difference(len(psnrs), len(far), min(psnrs), float(np.mean(far)) if far else float("inf"), below)


def _pictures(video: Path) -> Iterator[NDArray[np.uint8]]:
    with av.open(video) as container:
        for frame in container.decode(video=0):
            yield frame.to_ndarray()  # type: ignore[misc]


def _sound(video: Path) -> NDArray[np.float32]:
    with av.open(video) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def _psnr(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Of luma and chroma together, in dB; infinite for equal pictures."""
    return _decibels(255**2, float(np.mean((one.astype(float) - other) ** 2)))


def _decibels(power: float, error: float) -> float:
    return float(10 * np.log10(power / error)) if error else float("inf")


def copied(source: Path, project: Path) -> Path:
    """A copy of the project in *source*."""
    for name in FOLDERS:
        shutil.copytree(source / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(source / "render.py", project)
    return project


def render(address: str, quality: str, without: Without, source: Path, folder: Path) -> Path:
    """Render in a copy of the project *source* below *folder*; where its films lie."""
    project = copied(source, folder / "project")
    for name, old, new in without.patches:
        text = (project / name).read_text(encoding="utf-8")
        if old not in text:
            raise click.ClickException(f"{name}: {old!r} is not there any more; change benchmarks/other_processors.py")
        (project / name).write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    command = [sys.executable, str(project / "render.py"), "scene", address, f"-q{quality}"]
    command += ["--store", str(folder / "store"), "-o", str(folder / "films"), "--fallback", "error"]
    done = subprocess.run(
        command, cwd=project, env=os.environ | without.variables, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise click.ClickException(f"{without.name}: {done.stderr}")
    return folder / "films"


def row(without: Without, films: Path, plain: Path) -> str:
    """A line of the table."""
    expected, found = digests(plain), digests(films)
    other = [name for name in sorted(expected.keys() | found.keys()) if expected.get(name) != found.get(name)]
    told = ", ".join(other) or "none"
    for name in other:
        if name.endswith(".mp4"):
            far = differences(plain / name, films / name)
            told += (
                f": {far.differing} of {far.frames} frames, PSNR at least {far.lowest:.1f}, mean {far.mean:.1f} dB"
                if far.differing
                else ": the same pictures"
            )
            told += f"; sound {far.sound:.1f} dB" if far.sound < np.inf else "; the same sound"
    return f"| {without.name} | {told} |"


@click.command()
@click.argument("address", default="kraft")
@click.option("-q", "quality", type=click.Choice(list("lmhpk")), default="l", show_default=True, help="as of render.py")
def main(address: str, quality: str) -> None:
    """Render ADDRESS as it is and with each code path switched off; print what differs as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        source = copied(ROOT, Path(folder) / "source")  # whatever is edited meanwhile
        plain = render(address, quality, Without("nothing"), source, Path(folder) / "plain")
        click.echo("| switched off | files that differ |\n|---|---|")
        for number, without in enumerate(variants()):
            place = Path(folder) / str(number)
            click.echo(row(without, render(address, quality, without, source, place), plain))
            shutil.rmtree(place)


if __name__ == "__main__":
    main()
