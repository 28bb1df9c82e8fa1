"""The Python packages: whether they can be imported, tried in a process of their own, and the encoder inside them."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from film.health.finding import Finding, State

INSTALL = "make setup"
OLDEST = (3, 11)
# By module: what does not work without it; the first line is what rendering needs.
NEEDED = ("cairo", "manimpango", "av", "numpy", "scipy", "PIL", "typst", "manim", "markdown_it", "num2words")
ALSO = {
    "espeakng_loader": "draft voices",
    "pocketsphinx": "aligning takes",
    "piper": "neural voices, `narrate --voice piper:MODEL.onnx`",
}
PIPER = ".uv/bin/uv pip install --python .venv piper-tts"
PROBE = """
import contextlib, importlib, importlib.metadata, io, json, sys
packages = importlib.metadata.packages_distributions()
found = {}
for name in sys.argv[1:]:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            module = importlib.import_module(name)
        version = importlib.metadata.version(packages[name][0]) if name in packages else ""
        found[name] = {"version": version}
        if name == "cairo":
            found[name]["library"] = module.cairo_version_string()
        if name == "av":
            try:
                module.codec.Codec("libx264", "w")
                found[name]["x264"] = True
            except Exception:
                found[name]["x264"] = False
    except BaseException as error:
        found[name] = {"error": f"{type(error).__name__}: {error}".splitlines()[0]}
print(json.dumps(found))
"""


def package_findings() -> Iterator[Finding]:
    """How Python and its packages stand."""
    version = platform.python_version()
    if sys.version_info >= OLDEST:
        yield Finding("python", "python", State.OK, f"{version} in {sys.prefix}")
    else:
        yield Finding(
            "python", "python", State.MISSING, f"{version} is too old", "make PYTHON=/path/to/python3.11 setup"
        )
    found = imported((*NEEDED, *ALSO))
    for name in NEEDED:
        yield _package(name, found, State.MISSING, "")
    if "x264" in found.get("av", {}):
        x264 = found["av"]["x264"]
        state, told = (State.OK, "PyAV has it") if x264 else (State.MISSING, "PyAV was built without it")
        yield Finding("python", "x264 encoder", state, told, "" if x264 else INSTALL)
    for name, purpose in ALSO.items():
        yield _package(name, found, State.WARNING, purpose)


def imported(names: tuple[str, ...]) -> Mapping[str, Mapping[str, Any]]:
    """By module: its version, or the error of importing it; nothing is imported here."""
    run = subprocess.run([sys.executable, "-c", PROBE, *names], capture_output=True, text=True, check=False)
    try:
        found: dict[str, dict[str, Any]] = json.loads(run.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        last = run.stderr.strip().splitlines()[-1:] or [f"Python ended with code {run.returncode}"]
        return {name: {"error": last[0]} for name in names}
    return found


def _package(name: str, found: Mapping[str, Mapping[str, Any]], otherwise: State, purpose: str) -> Finding:
    told = found[name]
    if "error" in told:
        mend = PIPER if name == "piper" else INSTALL
        return Finding("python", name, otherwise, told["error"] + (f" (for {purpose})" if purpose else ""), mend)
    library = f", with cairo {told['library']}" if "library" in told else ""
    return Finding("python", name, State.OK, f"{told['version']}{library}")
