"""A frame as a small JPEG, for pages."""

from __future__ import annotations

import io

from PIL import Image

_QUALITY = 84


def small_jpeg(frame: Image.Image, width: int) -> bytes:
    """*frame*, at most *width* pixels across."""
    picture, file = frame.convert("RGB"), io.BytesIO()
    picture.thumbnail((width, width), Image.Resampling.LANCZOS)
    picture.save(file, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return file.getvalue()
