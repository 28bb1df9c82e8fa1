"""The licences of everything that the project uses: read from the installed packages, judged, listed in a page.

``python -m setup.licences`` writes docs/licences.md. Which licences are accepted, and why some packages may have
others, is declared in ``setup/licences.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
_PROJECT = "entropy-from-first-principles"


@dataclass(frozen=True, slots=True)
class Used:
    """A package of the lock: its licence as an SPDX expression, what needs it, and how many versions the lock has."""

    name: str
    licence: str
    needed_for: str
    versions: int


@cache
def rules() -> dict[str, Any]:
    """What setup/licences.toml declares."""
    return tomllib.loads((ROOT / "setup" / "licences.toml").read_text(encoding="utf-8"))


@cache
def locked() -> dict[str, list[dict[str, Any]]]:
    """The packages of uv.lock by name; several versions where systems or Pythons differ."""
    packages: dict[str, list[dict[str, Any]]] = {}
    for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]:
        packages.setdefault(package["name"], []).append(package)
    return packages


def needed(starts: Iterable[str]) -> set[str]:
    """The packages that these need, themselves included."""
    found: set[str] = set()
    todo = list(starts)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [needs["name"] for package in locked()[name] for needs in package.get("dependencies", ())]
    return found


def licence_of(name: str) -> str:
    """The SPDX expression of an installed or declared package. Raises LookupError, saying what to declare."""
    if name in rules()["declared"]:
        return str(rules()["declared"][name])
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        if name in rules()["elsewhere"]:
            return str(rules()["elsewhere"][name])
        raise LookupError(f"{name} is not installed: say its licence in [elsewhere] of setup/licences.toml") from None
    for expression in about.get_all("License-Expression", []):
        return str(expression)
    readings: Mapping[str, str] = rules()["readings"]
    said = [line for text in about.get_all("License", []) for line in text.strip().splitlines()[:1]]
    said += [line.removeprefix("License :: ") for line in about.get_all("Classifier", [])]
    for text in said:
        if text in readings or text in rules()["accepted"]:
            return readings.get(text, text)
    raise LookupError(f"what {name} says of its licence is not in [readings] or [declared] of setup/licences.toml")


def is_accepted(expression: str) -> bool:
    """Whether every licence of an AND, and one of an OR, is accepted."""
    accepted = set(rules()["accepted"])
    return all(
        any(choice.strip(" ()") in accepted for choice in part.split(" OR "))
        for part in re.split(r" AND (?![^(]*\))", expression)
    )


def used() -> Iterator[Used]:
    """Every package of the lock, in order of its name. Raises LookupError for a licence that cannot be told."""
    films = needed(each["name"] for each in locked()[_PROJECT][0]["dependencies"])
    for name, packages in sorted(locked().items()):
        if name != _PROJECT:
            yield Used(name, licence_of(name), "films" if name in films else "tests and options", len(packages))


def page() -> str:
    """docs/licences.md."""
    exceptions: Mapping[str, str] = rules()["exceptions"]
    rows = [
        f"| {each.name} | {each.licence} | {each.needed_for} | {exceptions.get(each.name, '')} |" for each in used()
    ]
    reasons: Mapping[str, str] = rules()["library-exceptions"]
    libraries = [f"| {name} | {licence} |" for name, licence in sorted(rules()["libraries"].items())]
    return "\n".join(
        [
            "# Licences",
            "",
            "Made by `python -m setup.licences` from the packages' own metadata and `setup/licences.toml`; a test fails"
            " when it is out of date, or when a licence is neither accepted nor excepted with a reason.",
            "The project's own: code MIT, films, scripts and narration CC BY 4.0. Fonts, texts and pictures:"
            " [assets/README.md](../assets/README.md).",
            "",
            "## Packages",
            "",
            "| package | licence | needed for | why it may be used |",
            "|---|---|---|---|",
            *rows,
            "",
            "## Libraries inside wheels",
            "",
            "| library | licence |",
            "|---|---|",
            *libraries,
            "",
            *(f"- {licence}: {reason}" for licence, reason in reasons.items()),
            "",
            "## Voices",
            "",
            *(f"- `{voice}`: {reason}" for voice, reason in rules()["voices"].items()),
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}")
