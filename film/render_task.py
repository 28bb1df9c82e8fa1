"""What a rendering process does: render a job, and put its pieces into the store or into a parcel."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from film.errors import FilmError
from film.job_keys import Keys, check_unchanged
from film.piece import CARD
from film.scene_job import SceneFailed, SceneJob, all_failed, render_pieces
from film.store import About, Store

CALL = f"{__name__}:render_all_into_store"
PARCEL_CALL = f"{__name__}:render_parcel"
# A parcel is not compressed: its clips are.
Parcel = bytes


def render_all_into_store(jobs: Sequence[tuple[SceneJob, Keys, int]], folder: Path) -> None:
    """:func:`render_into_store` for each job with its keys and frames; a failure does not stop the others."""
    failures = []
    for job, keys, frames in jobs:
        try:
            render_into_store(job, keys, folder, frames)
        except SceneFailed as failure:
            failures.append(failure)
    if failures:
        raise all_failed(failures)


def render_into_store(job: SceneJob, keys: Mapping[str, str], folder: Path, frames: int) -> None:
    """Render *job* and store each piece under its key as soon as it is finished, in the store in *folder*.

    *frames* is how many are expected. Raises SceneFailed.
    """
    store = Store(folder)
    about = About(job.concept or CARD, job.quality.name)

    def keep(name: str, fill: Callable[[Path], None]) -> None:
        check_unchanged(job, {name: keys[name]}, store)
        store.put(keys[name], fill, about)

    with store.working_folder() as work:
        render_pieces(job, work, keep, frames=frames, kept=folder)


def render_parcel(job: SceneJob, frames: int) -> Parcel:
    """Render *job* and return its pieces as a zip file: ``<piece>/<file>``. Raises SceneFailed."""
    parcel = io.BytesIO()
    with TemporaryDirectory() as place, zipfile.ZipFile(parcel, "w") as archive:
        work = Path(place)

        def keep(name: str, fill: Callable[[Path], None]) -> None:
            folder = work / "pieces" / name
            folder.mkdir(parents=True)
            fill(folder)
            for path in sorted(folder.iterdir()):
                archive.write(path, f"{name}/{path.name}")

        render_pieces(job, work, keep, frames=frames)
    return parcel.getvalue()


def unpack_parcel(parcel: Parcel, job: SceneJob, keys: Mapping[str, str], store: Store) -> None:
    """Store the pieces of a parcel under their keys.

    Raises FilmError for one that does not hold what was asked for, or was perhaps made from something else.
    """
    check_unchanged(job, keys, store)
    files: dict[str, dict[str, bytes]] = {}
    with zipfile.ZipFile(io.BytesIO(parcel)) as archive:
        for entry in archive.namelist():
            piece, _, file = entry.partition("/")
            files.setdefault(piece, {})[Path(file).name] = archive.read(entry)
    if missing := keys.keys() - files.keys():
        raise FilmError(f"{job.name}: a worker sent no {', '.join(sorted(missing))}; run again")
    for piece, key in keys.items():

        def fill(folder: Path, contents: dict[str, bytes] = files[piece]) -> None:
            for name, data in contents.items():
                (folder / name).write_bytes(data)

        store.put(key, fill, About(job.concept or CARD, job.quality.name))
