"""A full disk, as an error and in words."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT}


def is_disk_full(error: BaseException) -> bool:
    """Whether *error* says that there is no space left (PyAV's errors carry an errno, too)."""
    return getattr(error, "errno", None) in _FULL


def free_space(folder: Path) -> str:
    """How much room there is in *folder*, in words."""
    return f"free {shutil.disk_usage(folder).free / 1e6:.1f} MB in {folder}"
