"""The type of a picture: RGBA bytes, shape (height, width, 4), C-contiguous, top line first."""

from typing import Any

from numpy.typing import NDArray

Pixels = NDArray[Any]  # of uint8; Manim's own annotations say int64
