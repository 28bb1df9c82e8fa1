"""Manim's file writer, joining the pieces of a scene on an exact frame grid."""

from __future__ import annotations

from pathlib import Path

from manim.scene.scene_file_writer import SceneFileWriter

from film.join import join


class ClipWriter(SceneFileWriter):
    """Stock Manim joins by rounded durations: frames after a piece of one frame come a third of a millisecond early."""

    def combine_files(
        self,
        input_files: list[str],
        output_file: Path,
        create_gif: bool = False,
        includes_sound: bool = False,
    ) -> None:
        """Join silent pieces by copying; anything else is Manim's to do."""
        if create_gif or includes_sound:
            super().combine_files(input_files, output_file, create_gif, includes_sound)
            return
        join([Path(name) for name in input_files], output_file)
