"""What the commands do that make pictures: stills, storyboards, the gallery."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from film.address import address_of, address_text, addresses_of, check_beats
from film.atomic import replacing
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.piece import Piece
from film.rendering import keys_of
from film.scene_job import SceneJob
from film.schedule import done_elsewhere
from film.settings import quality_called
from film.store import Store
from film.task import Task
from film.warm_server import server_folder, warm_server
from scenes.programme import ROOT, Concept

if TYPE_CHECKING:
    from PIL import Image

    from film.still import Stills

STILL_CALL = f"{__name__}:last_frame_png"


@dataclass(frozen=True)
class Drawn:
    """A picture that was saved, and what it shows."""

    address: str
    path: Path


def take_stills(
    film: Concept,
    beats: tuple[str, ...] | None,
    *,
    every: bool = False,
    quality: str | None = "l",
    kept: Path | None = None,
) -> Stills:
    """The stills of a film, timed by its takes where there are any."""
    from film.still import stills  # loads Manim

    check_beats(film, beats, [beat.name for beat in film.scene_class().read_script().beats])
    chosen = frozenset(beats) if beats else None
    with tempfile.TemporaryDirectory() as media:
        return stills(
            film, Path(media), quality=quality_called(quality), beats=chosen, every_animation=every, kept=kept
        )


def save_storyboards(
    texts: Sequence[str], out: Path, store: Path, *, every: bool, against: str | None
) -> Iterator[Drawn]:
    """The storyboards of films; or, with a git revision, what each looked like there and looks like now."""
    from film.comparison import comparison, stills_at
    from film.storyboard import storyboard

    for film, beats in addresses_of(texts):
        if against is not None:
            sheet = comparison(against, stills_at(against, film), take_stills(film, None, kept=store))
            path = out / f"{film.name}.before-after.png"
        else:
            shots = take_stills(film, beats, every=every, kept=store)
            sheet = storyboard(shots, columns=4 if every else 2)
            path = out / f"{film.name}.storyboard.png"
        save_picture(sheet, path)
        yield Drawn(address_text((film, beats)), path)


def last_frame_png(address: str, quality: str | None, kept: Path) -> bytes:
    """The last frame of what *address* names, as PNG."""
    film, beats = address_of(address)
    picture = io.BytesIO()
    if beats is None:
        beats = (film.scene_class().read_script().beats[-1].name,)
    take_stills(film, beats, quality=quality, kept=kept).frames[-1].image.save(picture, "PNG", compress_level=1)
    return picture.getvalue()


def save_last_frames(texts: Sequence[str], out: Path, quality: str | None, store: Path) -> Iterator[Drawn]:
    """Save the last frame of everything that *texts* name, one after the other."""
    for address in addresses_of(texts):
        text = address_text(address)
        yield Drawn(text, save_last_frame(text, out, quality, store))


def save_last_frame(address: str, out: Path, quality: str | None, store: Path) -> Path:
    """Save the last frame of what *address* names in *out*, and say where; drawn by the warm server if one runs."""
    picture = _stored(address, quality, store) or _drawn(address, quality, store.absolute())
    path = out / f"{address}.png"
    with replacing(path) as partial:
        partial.write_bytes(picture)
    click.echo(f"Open {path}")
    return path


def _stored(address: str, quality: str | None, folder: Path) -> bytes | None:
    """The last frame of a beat that has been rendered, from the store."""
    film, beats = address_of(address)
    store = Store(folder)
    sources = Sources(ROOT, Records.beside(folder))
    job = SceneJob(quality_called(quality), concept=film.name)
    keys = keys_of(job, sources)
    check_beats(film, beats, list(keys))
    sources.records.save()
    place = store.get(keys[beats[-1]] if beats else list(keys.values())[-1])
    return Piece(place).last_frame.read_bytes() if place else None


def _drawn(address: str, quality: str | None, kept: Path) -> bytes:
    server = warm_server(server_folder(ROOT), ROOT)
    if server is None:
        return last_frame_png(address, quality, kept)
    picture: bytes = done_elsewhere(Task(address, STILL_CALL, (address, quality, kept)), server=server)
    return picture


def save_gallery(out: Path) -> None:
    """One picture of all shared mobjects."""
    from film.gallery import gallery

    with tempfile.TemporaryDirectory() as media:
        save_picture(gallery(Path(media)), out / "gallery.png")


def save_page_pictures(page: Path) -> None:
    """Draw the examples of a page of documentation, each where the page shows it."""
    from film.stage_page import compact, last_frame_of, page_examples

    examples = page_examples(page)
    with tempfile.TemporaryDirectory() as media:
        for example in examples:
            with replacing(page.parent / example.picture) as partial:
                compact(last_frame_of(example, page, Path(media))).save(partial, "PNG", optimize=True)
    click.echo(f"{page} shows {len(examples)} examples")


def save_picture(image: Image.Image, path: Path) -> None:
    """Write a PNG, whole or not at all."""
    with replacing(path) as partial:
        image.save(partial, format="PNG")
    click.echo(f"Open {path}")
