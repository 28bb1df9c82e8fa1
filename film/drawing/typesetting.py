"""Texts that were set before: what Typst set and Manim imported is kept, so that neither is done twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst
from manim import ManimColor, Mobject, VMobject
from manim.mobject.svg.svg_mobject import SVGMobject, VMobjectFromSVGPath
from manim.mobject.text.typst_mobject import MathTypst, Typst

from film.drawing.finished_text import FinishedText, finished
from film.drawing.kept_bytes import KeptBytes
from film.drawing.pen_strokes import UnknownSvg
from film.drawing.replaced import replaced
from film.drawing.typst_svg import read_glyphs
from scenes.programme import ROOT

FONTS = ROOT / "assets" / "fonts"
# What decides about a finished text.
_SOURCES = ("finished_text.py", "mould.py", "pen_strokes.py", "typesetting.py", "typst_svg.py")
_IN_EVERY_CLASS = frozenset(("animation_overrides", "_original__init__", "_abc_impl"))
_DEFAULTS = [(kind, kind.__init__) for kind in (Mobject, VMobject, VMobjectFromSVGPath, SVGMobject)]

_import = SVGMobject.generate_mobject
Construct = Callable[..., None]


@contextmanager
def kept_texts(kept: Path | None) -> Iterator[None]:
    """Texts come from *kept*, and new ones are kept there, until the ``with`` block ends; None keeps nothing."""
    setter = _Setter(KeptBytes(kept / f".texts-{_typesetter()}" if kept else None))  # hidden: it is no store's entry
    with replaced(
        (typst, "compile", setter.compile),
        (SVGMobject, "generate_mobject", _generate),
        (Typst, "__init__", setter.constructor(Typst)),
        (MathTypst, "__init__", setter.constructor(MathTypst)),
    ):
        yield


class _Setter:
    """What is called instead of Manim's functions and Typst's."""

    def __init__(self, place: KeptBytes) -> None:
        self._place = place
        self._compilers: dict[tuple[str, ...], typst.Compiler] = {}
        self._made: dict[str, bytes] = {}
        self._finished: dict[str, FinishedText] = {}

    def compile(self, source: str, *, format: Any, font_paths: list[str | Path]) -> Any:
        """As ``typst.compile``, by one compiler for all texts: a new one looks for fonts for ten times as long.

        It sees the fonts that it is given and those inside Typst, not what a machine happens to have.
        """
        fonts = tuple(map(str, font_paths))
        if fonts not in self._compilers:
            self._compilers[fonts] = typst.Compiler(source, font_paths=list(fonts), ignore_system_fonts=True)
        return self._compilers[fonts].compile(source, format=format)

    def constructor(self, manims: type[Typst]) -> Construct:
        """As the constructor of *manims* class; it makes a text only once."""
        construct: Construct = manims.__init__

        def finish(text: Typst, *args: Any, **kwargs: Any) -> None:
            name = _name(manims, text, args, kwargs)
            if name is None:
                construct(text, *args, **kwargs)
            elif (known := self._known(name)) is not None:
                known.give(text)
            else:
                self._make(name, construct, text, args, kwargs)

        return finish

    def _known(self, name: str) -> FinishedText | None:
        if name not in self._finished:
            data = self._made.pop(name, None) or self._place.get(name)
            if data is None:
                return None
            self._finished[name] = FinishedText.of(data)
        return self._finished[name]

    def _make(
        self, name: str, construct: Construct, text: Typst, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        before = dict(text.__dict__)
        construct(text, *args, **kwargs | {"use_svg_cache": False})
        if text._stroke_width_tracked_submobjects and kwargs.get("use_svg_cache", True):
            # Manim makes the next such text from this one and forgets which lines grow with it: so be it.
            text.__dict__.clear()
            text.__dict__.update(before)
            construct(text, *args, **kwargs)
            return
        data = finished(text, before)
        if data is not None:
            self._made[name] = data
            self._place.put(name, data)


def _generate(text: SVGMobject) -> SVGMobject:
    """As ``SVGMobject.generate_mobject``."""
    if isinstance(text, Typst) and not text.track_baselines and _is_plain(type(text)):
        try:
            read_glyphs(text)
            return text
        except UnknownSvg:
            pass
    return _import(text)


def _name(manims: type[Typst], text: Typst, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str | None:
    """A name for all that decides what the constructor makes; None if that cannot be known."""
    kind = type(text)
    if (
        manims is not (MathTypst if isinstance(text, MathTypst) else Typst)  # called by the other's constructor
        or "_svg_leaf_labels" in text.__dict__
        or not _is_plain(kind)
    ):
        return None
    try:
        return f"{_hash([kind.__module__, kind.__qualname__, args, kwargs])}.text"
    except TypeError:
        return None


def _is_plain(kind: type[Typst]) -> bool:
    """Whether texts of *kind* are made as Manim makes them, with the defaults that it comes with."""
    return _adds_only(kind) and all(manims.__init__ is init for manims, init in _DEFAULTS)


@cache
def _adds_only(kind: type[Typst]) -> bool:
    """Whether *kind* leaves everything of Manim's class as it is, but for the constructor."""
    added = {name for base in kind.__mro__ if not base.__module__.startswith("manim.") for name in vars(base)}
    return not any(hasattr(MathTypst, name) for name in added - _IN_EVERY_CLASS if not name.startswith("__"))


def _typesetter() -> str:
    """A hash of what decides about the outlines: Typst, Manim, and the fonts that they are given."""
    fonts = {path.name: path.stat().st_size for path in sorted(FONTS.rglob("*.otf"))}
    code = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in _SOURCES]
    return _hash([version("typst"), version("manim"), version("svgelements"), fonts, code])[:16]


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=_said).encode()).hexdigest()[:32]


def _said(value: object) -> object:
    if isinstance(value, ManimColor):
        return [float(part) for part in value._internal_value]
    if isinstance(value, Path):
        return str(value)
    raise TypeError
