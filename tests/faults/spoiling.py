"""Taking things away from a store, so that a run has work to do in which it can be disturbed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

from .trial import CHAPTER, Trial


def pieces(trial: Trial, *, cards: bool = False) -> list[Path]:
    """The entries of beats, or of title cards."""
    found = [clip.parent for clip in sorted(trial.store.glob("*/clip.mp4"))]
    return [place for place in found if (_film(place) == "card") == cards]


def forget_videos(trial: Trial) -> None:
    """Take away the videos and what is remembered of them; pieces stay."""
    for place in trial.store.glob("product-*"):
        shutil.rmtree(place)
    for path in trial.out.iterdir():
        path.unlink()
    # The other command's videos are made again when they are next asked for.


def spoil(trial: Trial, random: Random, *, render: bool = False) -> float:
    """Take away some, much or all; about how many seconds a run will then take. *render*: at least a piece."""
    how = random.choices(("videos", "pieces", "all"), (0 if render else 2, 6, 1))[0]
    forget_videos(trial)
    if how == "videos":
        return trial.seconds * 0.4
    if how == "all":
        empty(trial.store)
        return trial.seconds
    found = pieces(trial)
    for place in random.sample(found, random.randint(1, len(found))) if found else ():
        shutil.rmtree(place)
    return trial.seconds * 0.8


def forget_cards(trial: Trial) -> tuple[str, ...]:
    """Have title cards drawn again, whose texts are kept; the command that does so."""
    forget_videos(trial)
    for place in pieces(trial, cards=True):
        shutil.rmtree(place)
    return CHAPTER


def empty(folder: Path) -> None:
    """Remove what is in a folder, but not itself."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _film(place: Path) -> str:
    try:
        return str(json.loads((place / "done.json").read_text(encoding="utf-8"))["film"])
    except (OSError, ValueError, LookupError):
        return ""
