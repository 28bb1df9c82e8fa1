"""Files that may come from anybody: read within limits, and JSON without what no file of ours holds."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

#: JSON keeps whole numbers exactly up to here, whoever reads it (RFC 8259, 6); no time or count of ours is larger.
LARGEST = 2**53
#: Bytes; the timetable of a film of hours has fewer.
LARGEST_JSON = 40_000_000


class NotRegular(OSError):
    """A pipe, a device or a socket: reading it may never end."""


class TooLarge(OSError):
    """A file with more bytes than anything of its kind has."""


def regular_bytes(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most *most* bytes.

    Raises :class:`NotRegular`, :class:`TooLarge`, or what opening a file raises (OSError).
    """
    # Opening a pipe would wait for somebody to write into it.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotRegular(errno.EINVAL, "it is no regular file", str(path))
        data = file.read(most + 1)
    if len(data) > most:
        raise TooLarge(errno.EFBIG, f"it is over {most / 1e6:.0f} MB", str(path))
    return data


def json_file(path: Path) -> Any:
    """The value in a JSON file. Raises OSError as :func:`regular_bytes`, and ValueError as :func:`json_value`."""
    return json_value(regular_bytes(path, LARGEST_JSON).decode())


def json_value(text: str) -> Any:
    """The value of a JSON text. Raises ValueError, also for NaN, and for numbers and depths beyond all measure."""
    try:
        return json.loads(text, parse_constant=_refused, parse_float=_decimal, parse_int=_whole)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _decimal(digits: str) -> float:
    number = float(digits)
    if abs(number) > LARGEST:
        raise ValueError(f"{digits[:20]} is too large a number")
    return number


def _whole(digits: str) -> int:
    if len(digits) > len(str(-LARGEST)) or abs(int(digits)) > LARGEST:
        raise ValueError(f"{digits[:20]}... is too large a whole number")
    return int(digits)
