"""The programme of the series: parts, films and their order. A new film is a name here, a script and a scene module."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenes.stage.concept_scene import ConceptScene

ROOT = Path(__file__).resolve().parents[1]
LANGUAGE = "en"
SERIES_TITLE = "Entropy from First Principles"


class UnknownName(LookupError):
    """No concept or part has this name; the message suggests the nearest one."""


@dataclass(frozen=True)
class Concept:
    """One film: ``scenes/<part>/<name>.py`` draws it, ``narration/<language>/<name>.md`` speaks it.

    *root* is the folder that these paths start from.
    """

    name: str
    part: str
    root: Path = ROOT

    @property
    def module(self) -> str:
        """Dotted name of the scene module."""
        return f"scenes.{self.part}.{self.name}"

    @property
    def class_name(self) -> str:
        """``code_length`` is drawn by the class ``CodeLength``."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def scene_path(self) -> Path:
        """The scene module's file."""
        return self.root / "scenes" / self.part / f"{self.name}.py"

    @property
    def script_path(self) -> Path:
        """The narration script."""
        return self.root / "narration" / LANGUAGE / f"{self.name}.md"

    @property
    def takes(self) -> Path:
        """The folder of all takes, whatever their language and concept."""
        return self.root / "narration" / "takes"

    @property
    def takes_path(self) -> Path:
        """The folder of the narration's audio."""
        return self.takes / LANGUAGE / self.name

    def scene_class(self) -> type[ConceptScene[Any]]:
        """Import the scene module and return its scene (loads Manim)."""
        found: type[ConceptScene[Any]] = getattr(import_module(self.module), self.class_name)
        return found


@dataclass(frozen=True)
class Part:
    """A part of the series; its concepts make one chapter video."""

    name: str
    number: int
    title: str
    subtitle: str
    concept_names: tuple[str, ...]

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """The part's films in order."""
        return tuple(Concept(name, self.name) for name in self.concept_names)


PROGRAMME: tuple[Part, ...] = (
    Part(
        name="entropy",
        number=1,
        title="Entropy",
        subtitle="What surprise is, what a code is, and why they are the same thing",
        concept_names=("intuition", "kraft", "surprise", "code_length", "uncertainty", "binomial"),
    ),
    Part(
        name="messages",
        number=2,
        title="Entropy between messages",
        subtitle="What two messages share, and what the wrong dictionary costs",
        concept_names=(
            "joint",
            "conditional",
            "chain_rule",
            "slepian_wolf",
            "cross_entropy",
            "kl_divergence",
            "mutual_information",
            "mi_as_kl",
        ),
    ),
)


def concepts() -> tuple[Concept, ...]:
    """Every film of the series in order."""
    return tuple(concept for part in PROGRAMME for concept in part.concepts)


def nearest_name(name: str, names: list[str]) -> str:
    """What to write instead of *name*: the one of *names* that is most like it, or all there are."""
    close = difflib.get_close_matches(name, names, n=1)
    return f"did you mean '{close[0]}'?" if close else f"there are: {', '.join(names)}"


def concept(name: str) -> Concept:
    """The film called *name*. Raises :class:`UnknownName`."""
    known = {c.name: c for c in concepts()}
    if name not in known:
        if name in {p.name for p in PROGRAMME}:
            raise UnknownName(f"'{name}' is a part, no film: render.py chapter {name}")
        raise UnknownName(f"no concept '{name}'; {nearest_name(name, list(known))}")
    return known[name]


def part(name: str) -> Part:
    """The part called *name*, or with that number. Raises :class:`UnknownName`."""
    known = {p.name: p for p in PROGRAMME} | {str(p.number): p for p in PROGRAMME}
    if name not in known:
        if name in {c.name for c in concepts()}:
            raise UnknownName(f"'{name}' is a film, no part: render.py scene {name}")
        raise UnknownName(f"no part '{name}'; {nearest_name(name, [p.name for p in PROGRAMME])}")
    return known[name]
