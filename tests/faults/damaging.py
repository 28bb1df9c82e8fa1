"""Damage what lies on the disk: entries of the store, finished videos, takes; before a run or at a moment of it."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from .damage import damage, remove
from .killing import stop_warm_server
from .spoiling import forget_cards, forget_videos, pieces, spoil
from .trial import CHAPTER, FILMS, Trial, Unrecovered

# What a store holds, by name; the second word is the pattern of its files.
STORED = {
    "clip.mp4": "*/clip.mp4",
    "last.png": "*/last.png",
    "timetable.json": "*/timetable.json",
    "narration.npy": "*/narration.npy",
    "done.json": "*/done.json",
    "sound": "sound-*/*",
    "product": "product-*/*",
    "preflight": "preflight-*/*",
    "kept text": ".texts-*/*.text",
    ".uses": ".uses/*",
    ".lock": ".lock",
    "records.json": "records.json",
}


def damage_stored(trial: Trial, random: Random, name: str) -> str | None:
    """One file of the store, or, one time in five, its whole entry."""
    recover_by: tuple[str, ...] = FILMS
    if name.startswith("kept"):
        trial.recover(CHAPTER)  # only cards have texts, and an earlier fault may have taken those that were kept
        recover_by = forget_cards(trial)
    elif name != "product":
        forget_videos(trial)
    if name == ".uses":
        (trial.store / name / f"{socket.gethostname()}-1-{random.randrange(10**6)}").touch()  # of a run that was killed
    files = sorted(trial.store.glob(STORED[name]))
    if not files:
        return None
    path = random.choice(files)
    whole = path.parent if path.parent != trial.store else path
    way = remove(whole) if random.random() < 0.2 else damage(path, random)
    if recover_by != FILMS:
        trial.recover(recover_by)
    return f"{name} {way}"


def damage_video(trial: Trial, random: Random) -> str:
    """A finished video or one of its companions."""
    path = random.choice(sorted(trial.out.glob("[bs]*")))
    return f"video {damage(path, random)}"


def damage_while_running(trial: Trial, random: Random) -> str | None:
    """A piece that a run is about to use, or is using."""
    forget_videos(trial)
    found = pieces(trial)
    file = random.choice(("clip.mp4", "timetable.json", "narration.npy"))
    path = random.choice(found) / file
    process = trial.start(*FILMS)
    time.sleep(random.uniform(0.1, 0.5) * trial.seconds)
    struck = process.poll() is None and path.exists()
    if struck:
        damage(path, random)
    ran = trial.finish(process)
    if not ran.status:
        trial.check_made(FILMS)
    return f"piece in use {file}" if struck else None


def damage_take(trial: Trial, random: Random) -> str:
    """A take: it is named, with a remedy, and nothing but the fallback stands in; git brings it back."""
    path = random.choice(_takes(trial))
    kept = path.read_bytes()
    way = damage(path, random)
    strict = random.random() < 0.5
    ran = trial.run(*FILMS, "--fallback", "error" if strict else "draft")
    path.write_bytes(kept)
    beat = f"{path.parent.name}@{path.stem}"
    said = [line for line in ran.told.splitlines() if beat in line]
    if strict and (ran.status != 1 or not said):
        raise Unrecovered(f"{path.name} was damaged ({way}) and not refused:\n{ran.told}")
    if not strict and (ran.status or not any("stands in" in line for line in said)):
        raise Unrecovered(f"{path.name} was damaged ({way}) and no draft was told of:\n{ran.told}")
    if way != "delete" and not any(path.stem in line and "narrate" in line for line in said):
        raise Unrecovered(f"the remedy for {path.name} ({way}) is not told:\n{ran.told}")
    return f"take {way}"


def damage_take_while_running(trial: Trial, random: Random) -> str | None:
    """A take at a moment of the run that reads it; git brings it back."""
    limit = spoil(trial, random, render=True)
    return _change_while_running(trial, random, random.choice(_takes(trial)), limit, lambda path: damage(path, random))


def edit_while_running(trial: Trial, random: Random) -> str | None:
    """A scene at a moment of the run that imports it, taken back afterwards."""
    limit = spoil(trial, random, render=True)
    path = trial.project.root / "scenes" / "trial" / "blink.py"

    def edit(scene: Path) -> None:
        text = scene.read_text(encoding="utf-8")
        scene.write_text(text.replace("FadeIn(Dot())", "FadeIn(Dot(radius=0.5))"), encoding="utf-8")

    return _change_while_running(trial, random, path, limit, edit)


def damage_warm_server(trial: Trial, random: Random) -> str | None:
    """A file by which the warm server is found; runs do without it, and it can still be stopped."""
    started = trial.run("server", "start")
    if started.status:
        raise Unrecovered(f"the warm server did not start:\n{started.told}")
    name = random.choice(("server.json", "authkey", "log.txt"))
    damage(next(trial.warm_folder.glob(f"*/{name}")), random)
    spoil(trial, random)
    trial.recover(FILMS)
    stop_warm_server(trial)
    return f"warm server's {name}"


def _change_while_running(
    trial: Trial, random: Random, path: Path, limit: float, change: Callable[[Path], object]
) -> str | None:
    kept = path.read_bytes()
    process = trial.start(*FILMS, "--fallback", "draft")
    time.sleep(random.uniform(0, limit))
    struck = process.poll() is None
    if struck:
        change(path)
    trial.finish(process)
    path.write_bytes(kept)
    return f"{path.suffix[1:]} in use" if struck else None


def _takes(trial: Trial) -> list[Path]:
    return sorted(
        path for path in (trial.project.root / "narration" / "takes").rglob("*") if path.suffix in (".opus", ".json")
    )
