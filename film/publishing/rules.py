"""YouTube's rules for what is uploaded, as pure functions: each returns what is wrong, and what to change.

Sources: YouTube Data API, resource ``videos`` (title, description and tags); YouTube Help, "Video chapters" and "Add
video thumbnails".
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence

from PIL import Image, UnidentifiedImageError

LONGEST_TITLE = 100  # characters
LONGEST_DESCRIPTION = 5000  # bytes as UTF-8: never more than the 5000 characters that the upload page counts
LONGEST_TAGS = 500  # characters, commas and quotes included
FEWEST_CHAPTERS = 3
SHORTEST_CHAPTER = 10  # seconds
THUMBNAIL_SIZE = (1280, 720)
LARGEST_THUMBNAIL = 2_000_000  # bytes

_CHAPTER = re.compile(r"(?P<time>(?:\d+:[0-5]\d|\d+):[0-5]\d)(?P<title>.*)")
_PROGRAMME = "scenes/programme.py"


def title_problems(title: str) -> Iterator[str]:
    """What is wrong with the title of a video."""
    if not title.strip():
        yield f"title: there is none; give the part a title in {_PROGRAMME}"
    if len(title) > LONGEST_TITLE:
        yield f"title: {len(title)} characters, at most {LONGEST_TITLE}; shorten the part's title in {_PROGRAMME}"
    yield from _angle_problems("title", title, f"the part's title in {_PROGRAMME}")


def description_problems(description: str) -> Iterator[str]:
    """What is wrong with a description, but for its chapter times."""
    size = len(description.encode())
    if size > LONGEST_DESCRIPTION:
        yield (
            f"description: {size} bytes, at most {LONGEST_DESCRIPTION}; shorten the part's subtitle in {_PROGRAMME}"
            " or the titles of its films"
        )
    yield from _angle_problems("description", description, "the part's subtitle, or the title of a film's script,")


def tag_problems(tags: Sequence[str]) -> Iterator[str]:
    """What is wrong with the tags."""
    for tag in tags:
        if not tag.strip() or "," in tag:
            yield f"tag {tag!r}: is empty or holds a comma, which ends a tag; change the title that it comes from"
        yield from _angle_problems(f"tag {tag!r}", tag, "the title that it comes from")
    if (length := tags_length(tags)) > LONGEST_TAGS:
        yield f"tags: {length} characters in all, at most {LONGEST_TAGS}; shorten the titles of the part's films"


def tags_length(tags: Sequence[str]) -> int:
    """The characters that YouTube counts: a comma between two tags, and quotes around one with a space."""
    return sum(len(tag) + 2 * (" " in tag) for tag in tags) + max(0, len(tags) - 1)


def chapter_problems(description: str, duration: float) -> Iterator[str]:
    """What keeps YouTube from making chapters of the times in *description*. *duration*: seconds of the video."""
    found = list(written_chapters(description))
    if len(found) < FEWEST_CHAPTERS:
        yield (
            f"chapters: {len(found)}, at least {FEWEST_CHAPTERS}; a part needs so many films in {_PROGRAMME}, each"
            " with its time in the description"
        )
    if found and found[0][0] != 0:
        yield f"chapters: the first one, {found[0][1]!r}, starts at {found[0][0]} s; it must start at 0:00"
    starts = [*(start for start, _ in found), duration]
    for (start, title), end in zip(found, starts[1:], strict=True):
        if not title:
            yield f"chapters: the one at {start} s has no title; write it after the time and a space"
        if end < start:
            yield f"chapters: {title!r} starts at {start} s, and what follows at {end:g} s; put them in order"
        elif end - start < SHORTEST_CHAPTER:
            yield (
                f"chapters: {title!r} lasts {end - start:g} s, at least {SHORTEST_CHAPTER}; make that film longer, or"
                " join it with its neighbour"
            )


def written_chapters(description: str) -> Iterator[tuple[int, str]]:
    """The lines of *description* that begin with a time, as YouTube reads them: seconds and title."""
    for line in description.splitlines():
        if found := _CHAPTER.match(line):
            parts = [int(part) for part in found["time"].split(":")]
            seconds = sum(part * 60**power for power, part in enumerate(reversed(parts)))
            title = found["title"]
            yield seconds, title.strip() if title.startswith(" ") else ""


def thumbnail_problems(picture: bytes) -> Iterator[str]:
    """What is wrong with a thumbnail, given as the bytes of its file."""
    try:
        with Image.open(io.BytesIO(picture)) as image:
            kind, size = image.format, image.size
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):  # what Pillow raises for a damaged PNG
        yield "thumbnail: is no whole picture; publish again with --force"
        return
    if kind not in ("PNG", "JPEG"):
        yield f"thumbnail: is {kind}, and PNG or JPEG is taken; save it as PNG"
    if size != THUMBNAIL_SIZE:
        yield f"thumbnail: is {size[0]} x {size[1]}, and should be 1280 x 720; draw it in that size"
    if len(picture) >= LARGEST_THUMBNAIL:
        size_in_mb = len(picture) / 1e6
        yield f"thumbnail: {size_in_mb:.1f} MB, under 2 MB; choose a quieter picture in film/publishing/posters.py"


def _angle_problems(what: str, text: str, where: str) -> Iterable[str]:
    found = sorted({sign for sign in text if sign in "<>"})
    return [f"{what}: holds {' and '.join(found)}, which YouTube refuses; change {where}"] if found else []
