"""What the commands do that make pictures: stills, storyboards, the gallery."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
from PIL import Image

from film.address import address_of, addresses_of, check_beats
from film.atomic import replacing
from film.preflight import preflight
from film.settings import quality_called
from film.still import Stills, stills
from scenes.programme import Concept


def take_stills(
    film: Concept, beats: tuple[str, ...] | None, *, every: bool = False, quality: str | None = "l"
) -> Stills:
    """The stills of a film, timed by its takes where there are any."""
    known = [beat.name for beat in preflight([film]).scripts[film.name].beats]
    check_beats(film, beats, known)
    chosen_beats = frozenset(beats) if beats else None
    with tempfile.TemporaryDirectory() as media:
        return stills(film, Path(media), quality=quality_called(quality), beats=chosen_beats, every_animation=every)


def save_storyboards(texts: Sequence[str], out: Path, *, every: bool, against: str | None) -> None:
    """The storyboards of films; or, with a git revision, what each looked like there and looks like now."""
    from film.comparison import comparison, stills_at
    from film.storyboard import storyboard

    for film, beats in addresses_of(texts):
        if against is not None:
            sheet = comparison(against, stills_at(against, film), take_stills(film, None))
            save_picture(sheet, out / f"{film.name}.before-after.png")
            continue
        shots = take_stills(film, beats, every=every)
        save_picture(storyboard(shots, columns=4 if every else 2), out / f"{film.name}.storyboard.png")


def save_last_frame(address: str, out: Path, quality: str | None) -> None:
    """The last frame of what *address* names, as PNG in *out*."""
    film, beats = address_of(address)
    shots = take_stills(film, beats, quality=quality)
    save_picture(shots.frames[-1].image, out / f"{address}.png")


def save_gallery(out: Path) -> None:
    """One picture of all shared mobjects."""
    from film.gallery import gallery

    with tempfile.TemporaryDirectory() as media:
        save_picture(gallery(Path(media)), out / "gallery.png")


def save_picture(image: Image.Image, path: Path) -> None:
    """Write a PNG, whole or not at all."""
    with replacing(path) as partial:
        image.save(partial, format="PNG")
    click.echo(f"Open {path}")
