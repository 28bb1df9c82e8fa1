"""A picture that stays: when the next one is asked for, only what has changed is drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import cairo
import numpy as np
from manim import Camera, VMobject

from film.drawing.cairo_path import APPENDS_TO
from film.drawing.display_list import Entry, changed_boxes, entries_of
from film.drawing.pixels import Pixels
from film.drawing.tiles import Tiles

ALL = 0.8  # share of the frame from which drawing all of it is cheaper


class Canvas:
    """Mobjects drawn over a ground, as Manim's camera draws them.

    :attr:`pixels` is a C-contiguous RGBA array (height, width, 4) of uint8 that stays the same object; :attr:`changed`
    gathers the tiles that were drawn since somebody cleared it.

    What changed is drawn without a clip on a second surface, and copied out tile by tile: clipping would let Cairo cut
    the outlines, which moves the coverage of pixels at their edges.
    """

    def __init__(self, camera: Camera, pixels: Pixels) -> None:
        self.pixels = pixels
        self.changed = Tiles(camera.pixel_width, camera.pixel_height)
        self._camera = camera
        self._tiles = Tiles(camera.pixel_width, camera.pixel_height)
        self._scratch: Pixels | None = None
        self._contexts: dict[int, cairo.Context[Any]] = {}
        self._entries: list[Entry] = []
        self._known: dict[int, Entry] = {}
        self._is_valid = False

    def forget(self) -> None:
        """Draw everything anew next time."""
        self._is_valid = False
        self._entries, self._known = [], {}
        self._contexts.clear()

    def draw(self, mobjects: Sequence[VMobject], ground: Pixels, ground_changes: Tiles | None) -> None:
        """Show *mobjects*, in this order, over *ground*, of which *ground_changes* are new (None: all of it)."""
        entries = entries_of(mobjects, self._camera, self._known)
        self._tiles.clear()
        if ground_changes is None or not self._is_valid:
            self._tiles.mark_all()
        else:
            self._tiles.mark(changed_boxes(self._entries, entries))
            self._tiles.mark_as(ground_changes)
        self._entries, self._known = entries, {id(entry.mobject): entry for entry in entries}
        self._is_valid = False  # until it is drawn: an error leaves a picture of which nothing is known
        if self._tiles.share > ALL:
            self._tiles.mark_all()
            self._draw_all(ground)
        elif self._tiles:
            self._draw_tiles(ground)
        self._is_valid = True
        self.changed.mark_as(self._tiles)

    def _draw_all(self, ground: Pixels) -> None:
        np.copyto(self.pixels, ground)
        self._draw_entries(self._entries, self.pixels)

    def _draw_tiles(self, ground: Pixels) -> None:
        if self._scratch is None:
            self._scratch = np.zeros_like(self.pixels)
        scratch, rectangles = self._scratch, list(self._tiles.rectangles())
        for left, top, right, bottom in rectangles:
            scratch[top:bottom, left:right] = ground[top:bottom, left:right]
        self._draw_entries((entry for entry in self._entries if self._tiles.touches(entry.box)), scratch)
        for left, top, right, bottom in rectangles:
            self.pixels[top:bottom, left:right] = scratch[top:bottom, left:right]

    def _draw_entries(self, entries: Iterable[Entry], pixels: Pixels) -> None:
        """As ``Camera.display_vectorized``, with the outline in one call and no detour to one colour."""
        camera, context = self._camera, self._context(pixels)
        append = APPENDS_TO(context) if APPENDS_TO is not None else None
        for entry in entries:
            path, paint = entry.outline.path, entry.paint
            if append is None or entry.outline.is_manims:
                camera.display_vectorized(entry.mobject, context)
            elif path is not None:
                context.new_path()
                append(path)
                if paint is not None:
                    paint.put(context)
                else:
                    camera.apply_stroke(context, entry.mobject, background=True)
                    camera.apply_fill(context, entry.mobject)
                    camera.apply_stroke(context, entry.mobject)

    def _context(self, pixels: Pixels) -> cairo.Context[Any]:
        if id(pixels) not in self._contexts:
            camera = self._camera
            camera.pixel_array_to_cairo_context.pop(id(pixels), None)
            self._contexts[id(pixels)] = camera.get_cairo_context(pixels)
        return self._contexts[id(pixels)]
