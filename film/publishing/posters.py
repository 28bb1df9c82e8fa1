"""What a chapter shows in a list of videos: a picture of one of its films, and very few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from film.errors import FilmError
from scenes.programme import Part


@dataclass(frozen=True)
class Poster:
    """The beat whose last frame holds the picture, and the words; a line feed in them breaks the line."""

    concept: str
    beat: str
    words: str


# By part. Three words read well at the width of a thumb, six badly.
POSTERS = {
    "entropy": Poster("surprise", "sequences", "How\nsurprised?"),
    "messages": Poster("mutual_information", "circles", "What do\nthey share?"),
}


def poster_of(part: Part, beats: Mapping[str, Sequence[str]]) -> Poster:
    """The part's poster; for a part without, its title and the last beat of its first film.

    *beats*: the names of the beats of the part's films. Raises FilmError for a poster whose beat is not there.
    """
    if part.name not in POSTERS:
        first = part.concept_names[0]
        return Poster(first, beats[first][-1], part.title)
    poster = POSTERS[part.name]
    if poster.beat not in beats.get(poster.concept, ()):
        raise FilmError(
            f"the poster of '{part.name}' shows {poster.concept}@{poster.beat}, which is not there; choose another"
            " beat in film/publishing/posters.py"
        )
    return poster
