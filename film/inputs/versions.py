"""The versions of everything outside the project that decides about pixels and samples."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

VERSIONED = (
    "manim",
    "av",
    "espeakng-loader",
    "numpy",
    "scipy",
    "typst",
    "pycairo",
    "svgelements",
    "pillow",
    "pydub",
    "pyloudnorm",
    "pocketsphinx",
    "markdown-it-py",
    "num2words",
)
ENCODERS = ("libx264", "libav", "libsw")


@cache
def renderer_versions() -> dict[str, str]:
    """By name: Python packages, Python itself, the cairo library, and the encoder's libraries."""
    import cairo

    packages = {name: version(name) for name in VERSIONED}
    libraries = {"python": platform.python_version(), "libcairo": cairo.cairo_version_string()}
    return packages | libraries | {"encoder": " ".join(_encoder())}


def _encoder() -> list[str]:
    """The libraries inside PyAV's wheel, whose names tell version and build; of a PyAV built here, its own answer."""
    found = find_spec("av")
    assert found is not None, "PyAV is a dependency"
    folder = Path(found.origin or "").parent
    bundled = [path.name for place in (folder.with_name("av.libs"), folder / ".dylibs") for path in place.glob("lib*")]
    if bundled:
        return sorted(name for name in bundled if name.startswith(ENCODERS))
    import av

    return [f"{name} {'.'.join(map(str, number))}" for name, number in sorted(av.library_versions.items())]
