"""What the operating system gives, by the tables in ``setup/``: the same needs, tested by use, as the installer's."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from film.health.finding import Finding, State

MANAGERS = ("apt-get", "dnf", "pacman", "brew")
INSTALLS = {
    "apt-get": "apt-get install --no-install-recommends {}",
    "dnf": "dnf install {}",
    "pacman": "pacman -S --needed {}",
    "brew": "brew install {}",
}
BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/cert.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
)
FILES = {
    "system-packages.txt": "to install the Python packages",
    "test-decoders.txt": "for tests only, which are skipped without it",
    "author-tools.txt": "",
}
# What each optional tool is for, where the file's own purpose says too little.
PURPOSES = {
    "flite": "a voice for `narrate --voice flite:rms`",
    "rhvoice": "the series' voice, `narrate --voice rhvoice:bdl`",
    "soffice": "to look at decks as PowerPoint shows them",
}


def _is_program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _pkg_config(name: str) -> Callable[[], bool]:
    def known() -> bool:
        program = shutil.which("pkg-config")
        return program is not None and subprocess.run([program, "--exists", name], capture_output=True).returncode == 0

    return known


def _is_library(name: str) -> Callable[[], bool]:
    return lambda: ctypes.util.find_library(name) is not None


HAS: dict[str, Callable[[], bool]] = {
    "certificates": lambda: any(Path(p).is_file() for p in (os.environ.get("SSL_CERT_FILE", ""), *BUNDLES) if p),
    "compiler": _is_program("c++"),
    "pkg-config": _is_program("pkg-config"),
    "cairo": _pkg_config("cairo"),
    "pango": _pkg_config("pangocairo"),
    "headers": lambda: (Path(sysconfig.get_path("include")) / "Python.h").exists(),
    "venv": lambda: find_spec("ensurepip") is not None and find_spec("venv") is not None,
    "chromium": _is_program("chromium", "chromium-browser", "google-chrome"),
    "ffmpeg": _is_program("ffmpeg"),
    "openh264": _is_library("openh264"),
    "flite": _is_program("flite"),
    "rhvoice": _is_library("RHVoice"),
    "soffice": _is_program("soffice", "libreoffice"),
}


def system_findings(setup: Path, manager: str | None = None) -> Iterator[Finding]:
    """How every need of the tables in *setup* stands; all of them warn at most, as what is installed may run without.

    *manager* is the package manager that the remedy is for, this machine's unless told.
    """
    manager = manager or package_manager()
    for file, purpose in FILES.items():
        for need, packages in needs(setup / file, manager):
            if packages == "-":
                continue
            there = HAS[need]()
            state = State.OK if there else State.WARNING
            found = "there" if there else f"not found ({PURPOSES.get(need, purpose)})"
            mend = "" if there else install_command(manager, packages)
            yield Finding("system", need, state, found, mend)


def package_manager() -> str | None:
    """The first package manager that is known and there."""
    return next((name for name in MANAGERS if shutil.which(name)), None)


def needs(table: Path, manager: str | None) -> Iterator[tuple[str, str]]:
    """Each need of a table, and the packages that hold it for *manager*; "-" if it needs none. Raises OSError."""
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            need, *packages = line.split()
            yield need, packages[MANAGERS.index(manager)].replace(",", " ") if manager in MANAGERS else need


def install_command(manager: str | None, packages: str) -> str:
    """How a user installs *packages*."""
    if manager not in INSTALLS:
        return f"your system's package manager, which has it as {packages} or alike"
    command = INSTALLS[manager].format(packages)
    return command if manager == "brew" or os.geteuid() == 0 else f"sudo {command}"
