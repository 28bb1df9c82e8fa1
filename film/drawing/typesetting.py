"""Texts that were set before: what Typst made and Manim imported is kept, so that neither is done twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst
from manim import config
from manim.mobject.svg.svg_mobject import SVGMobject
from manim.mobject.text import typst_mobject
from manim.mobject.text.typst_mobject import Typst
from manim.utils.typst_file_writing import typst_to_svg_file

from film.drawing.kept_bytes import KeptBytes
from film.drawing.outlines import imported, rebuild
from film.drawing.replaced import replaced
from scenes.programme import ROOT

FONTS = ROOT / "assets" / "fonts"

_import = SVGMobject.generate_mobject


@contextmanager
def kept_texts(kept: Path | None) -> Iterator[None]:
    """Texts come from *kept*, and new ones are kept there, until the ``with`` block ends; None keeps nothing."""
    setter = _Setter(KeptBytes(kept / f".texts-{_typesetter()}" if kept else None))  # hidden: it is no store's entry
    with replaced(
        (typst, "compile", setter.compile),
        (typst_mobject, "typst_to_svg_file", setter.svg_file),
        (SVGMobject, "generate_mobject", lambda text: setter.generate(text)),
    ):
        yield


class _Setter:
    """What is called instead of Manim's functions and Typst's."""

    def __init__(self, place: KeptBytes) -> None:
        self._place = place
        self._compilers: dict[tuple[str, ...], typst.Compiler] = {}

    def compile(self, source: str, *, format: Any, font_paths: list[str | Path]) -> Any:
        """As ``typst.compile``, by one compiler for all texts: a new one looks for fonts for ten times as long.

        It sees the fonts that it is given and those inside Typst, not what a machine happens to have.
        """
        fonts = tuple(map(str, font_paths))
        if fonts not in self._compilers:
            self._compilers[fonts] = typst.Compiler(source, font_paths=list(fonts), ignore_system_fonts=True)
        return self._compilers[fonts].compile(source, format=format)

    def svg_file(self, code: str, preamble: str = "", **how: Any) -> Path:
        """As ``typst_to_svg_file``; the file lies in the session's own folder, where Manim writes another beside it."""
        name = f"{_hash([code, preamble, {key: str(value) for key, value in how.items()}])}.svg"
        path = Path(config.get_dir("tex_dir")) / name
        if not path.exists():
            data = self._place.get(name)
            if data is None:
                data = typst_to_svg_file(code, preamble, **how).read_bytes()
                self._place.put(name, data)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return path

    def generate(self, text: SVGMobject) -> SVGMobject:
        """As ``SVGMobject.generate_mobject``."""
        if not isinstance(text, Typst) or text.track_baselines:
            return _import(text)
        name = f"{_import_key(text)}.outlines"
        data = self._place.get(name)
        if data is not None:
            rebuild(text, data)
        else:
            _import(text)
            data = imported(text)
            if data is not None:
                self._place.put(name, data)
        return text


def _import_key(text: Typst) -> str:
    svg = hashlib.sha256(text.get_file_path().read_bytes()).hexdigest()
    labels = {str(leaf): names for leaf, names in text._svg_leaf_labels.items()}
    return _hash([svg, text.svg_default, text.path_string_config, labels, text._preserve_svg_stroke_widths])


def _typesetter() -> str:
    """A hash of what decides about the outlines: Typst, Manim, and the fonts that they are given."""
    fonts = {path.name: path.stat().st_size for path in sorted(FONTS.rglob("*.otf"))}
    code = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("outlines.py", "typesetting.py")]
    return _hash([version("typst"), version("manim"), version("svgelements"), fonts, code])[:16]


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:32]
