"""What the command `publish` does: a folder for each chapter, ready to be uploaded."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from film.errors import FilmError
from film.inputs.closure import Sources
from film.piece import Piece
from film.preflight_cache import CheckedFilm
from film.publishing.caption_rules import caption_problems
from film.publishing.posters import Poster, poster_of
from film.publishing.publication import Publication, film_chapters, publication
from film.publishing.references import references
from film.publishing.rules import (
    FEWEST_CHAPTERS,
    chapter_problems,
    description_problems,
    tag_problems,
    thumbnail_problems,
    title_problems,
)
from film.settings import Settings
from film.store import Store
from film.video import Composed, Video, file_metadata
from film.video_work import Maker, Wanted, chapter_wanted, make_videos
from scenes.programme import ROOT, Part, concept

if TYPE_CHECKING:
    from PIL import Image

    from film.chapter import Assembly

LOUDNESS = -14.0  # LUFS: what YouTube turns louder sound down to
FOLDER = "publish"
CALL = f"{__name__}:publish"
_SHARP = 720  # lines that a frame needs to be part of a thumbnail


def publish_chapters(parts: Sequence[Part], settings: Settings) -> None:
    """Render the chapters of *parts* and write a folder for each; ends by saying which video to open.

    Raises FilmError with every rule of YouTube that a chapter breaks: those of its texts before anything renders.
    """

    def wanted(checked: Mapping[str, CheckedFilm]) -> list[Wanted]:
        sources = Sources(ROOT)
        plans: list[tuple[Part, Publication, Poster]] = []
        for part in parts:
            titles = [checked[film.name].title for film in part.concepts]
            poster = poster_of(part, {film.name: list(checked[film.name].beats) for film in part.concepts})
            texts = publication(part, titles, references(part.concepts, sources))
            plans.append((part, texts, poster))
        _refuse(f"{part.name}: {problem}" for part, texts, _ in plans for problem in _early(part, texts))
        return [_published(chapter_wanted(plan[0], checked, settings), *plan) for plan in plans]

    code = ("film/publish_work.py", "film/publishing/thumbnail.py")
    make_videos([film for part in parts for film in part.concepts], wanted, settings, Maker(targets_of, code, CALL))


def targets_of(name: str, out: Path) -> tuple[Path, ...]:
    """The files of a published chapter: video, captions twice, thumbnail, and the texts to paste."""
    names = (f"{name}.mp4", f"{name}.srt", f"{name}.vtt", "thumbnail.png", "title.txt", "description.txt", "tags.txt")
    return tuple(out / FOLDER / name / file for file in names)


def _published(chapter: Wanted, part: Part, texts: Publication, poster: Poster) -> Wanted:
    told = [texts.title, texts.opening, texts.references, texts.tags]
    beside = [told, [poster.concept, poster.beat, poster.words]]
    return replace(chapter, beside=beside, given=(part, texts, poster))


def _early(part: Part, texts: Publication) -> Iterable[str]:
    """What is known to be wrong before anything is rendered."""
    yield from title_problems(texts.title)
    yield from tag_problems(texts.tags)
    films = len(part.concepts)
    if films < FEWEST_CHAPTERS:
        yield f"chapters: {films}, at least {FEWEST_CHAPTERS}; a part needs so many films in scenes/programme.py"


def publish(video: Video, out: Path, store: Store, part: Part, texts: Publication, poster: Poster) -> Composed:
    """Write the folder of a published chapter, all files or none.

    Raises FilmError with every rule of YouTube that its files break.
    """
    from film.atomic import replacing_all
    from film.chapter import assemble
    from film.mux import mux
    from film.subtitles import srt, vtt

    with store.working_folder() as work:
        made = assemble(video.name, video.clips, work / "pictures.mp4", store, LOUDNESS)
        chapters = film_chapters([film.title for film in made.films], made.starts, made.duration)
        description = texts.description(chapters)
        subrip, webvtt = srt(made.captions), vtt(made.captions, texts.title, chapters)
        picture = _thumbnail(video, part, poster, store)
        _refuse(f"{part.name}: {problem}" for problem in _late(made, description, subrip, webvtt, picture))
        targets = targets_of(video.name, out)
        with replacing_all(targets) as (film_file, srt_file, vtt_file, thumbnail_file, *text_files):
            about = file_metadata(video.title, video.description)
            mux(made.pictures, made.sound, made.captions, made.markers(), about, film_file)
            srt_file.write_text(subrip, encoding="utf-8")
            vtt_file.write_text(webvtt, encoding="utf-8")
            thumbnail_file.write_bytes(picture)
            for file, text in zip(text_files, (texts.title, description, ", ".join(texts.tags)), strict=True):
                file.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    return Composed(targets[0], made.duration, targets)


def _late(made: Assembly, description: str, subrip: str, webvtt: str, picture: bytes) -> Iterable[str]:
    """What is wrong with what was made."""
    yield from description_problems(description)
    yield from chapter_problems(description, made.duration)
    yield from caption_problems(subrip, webvtt, made.duration)
    yield from thumbnail_problems(picture)


def _refuse(problems: Iterable[str]) -> None:
    if found := list(problems):
        raise FilmError("YouTube would not take this:\n" + "\n".join(found))


def _thumbnail(video: Video, part: Part, poster: Poster, store: Store) -> bytes:
    """The thumbnail as PNG."""
    from film.publishing.thumbnail import thumbnail  # loads Manim

    file = io.BytesIO()
    image = thumbnail(_poster_frame(video, poster, store), poster.words, f"Part {part.number}")
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _poster_frame(video: Video, poster: Poster, store: Store) -> Image.Image:
    """The poster's frame: of the video where that is large enough, else drawn for itself."""
    from PIL import Image

    (piece,) = (piece for clip in video.clips for piece in clip.pieces if _shows(piece, poster))
    with Image.open(piece.last_frame) as frame:
        if frame.height >= _SHARP:
            return frame.convert("RGB")
    from film.picture_work import take_stills

    return take_stills(concept(poster.concept), (poster.beat,), quality=None, kept=store.folder).frames[-1].image


def _shows(piece: Piece, poster: Poster) -> bool:
    table = piece.timetable()
    return table.concept == poster.concept and [beat.name for beat in table.beats] == [poster.beat]
