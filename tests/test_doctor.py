"""The doctor: what it finds, on this machine and on one that lacks things; and that it runs where nothing else does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import render
from film.health.finding import Finding, State
from film.health.folders import FONTS, folder_findings
from film.health.packages import imported
from film.health.system_packages import FILES, HAS, MANAGERS, install_command, needs, system_findings
from film.store import DONE, About, Store
from scenes.programme import ROOT

from .project_copy import copy_project

SETUP = ROOT / "setup"


class Usage(NamedTuple):
    """Bytes of a disk."""

    total: int
    used: int
    free: int


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


def test_this_machine_renders_and_the_document_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(render.main, ["doctor", "--json", "--store", str(tmp_path / "none")])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["command"] == "doctor"
    checks = {check["name"]: check for check in document["checks"]}
    assert {"python", "manim", "x264 encoder", "Inter-Regular.otf", "flite", "warm server"} <= checks.keys()
    assert checks["manim"]["state"] == "ok"
    assert [line for line in result.stderr.splitlines() if line.startswith("ok       manim: 0.22")]
    assert len(document["findings"]) == sum(check["state"] != "ok" for check in checks.values())


def test_it_runs_where_manim_cannot_be_imported(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    stand_in = project.root / "stand_in" / "cairo"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").write_text("raise ImportError('libcairo.so.2: cannot open shared object file')\n")
    result = project.run("doctor", PYTHONPATH=str(stand_in.parent))
    assert result.returncode == 1
    told = result.stdout.splitlines()
    for name in ("cairo", "manim"):
        assert (
            f"missing  {name}: ImportError: libcairo.so.2: cannot open shared object file; mend with: make setup"
            in told
        )
    assert told[-1] == "2 things are missing that rendering needs"


def test_a_module_that_is_not_there() -> None:
    found = imported(("json", "no_such_module_at_all"))
    assert "error" not in found["json"]
    assert found["no_such_module_at_all"]["error"].startswith("ModuleNotFoundError")


def test_every_need_of_the_tables_is_tested_by_use() -> None:
    for file in FILES:
        for need, _ in needs(SETUP / file, "apt-get"):
            assert need in HAS
        for line in (SETUP / file).read_text().splitlines():
            assert line.startswith("#") or len(line.split()) == 1 + len(MANAGERS), line


@pytest.mark.parametrize(
    ("manager", "compiler", "flite"),
    [
        ("apt-get", "apt-get install --no-install-recommends g++", "apt-get install --no-install-recommends flite"),
        ("dnf", "dnf install gcc-c++", "dnf install flite"),
        ("pacman", "pacman -S --needed gcc", "pacman -S --needed flite"),
        ("brew", None, "brew install flite"),
    ],
)
def test_what_is_missing_is_named_with_the_command_of_this_distribution(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, manager: str, compiler: str | None, flite: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = by_name(list(system_findings(SETUP, manager)))
    assert found["flite"].state is State.WARNING
    assert found["flite"].mend.removeprefix("sudo ") == flite
    assert (found["compiler"].mend.removeprefix("sudo ") if "compiler" in found else None) == compiler
    assert found["ffmpeg"].found == "not found (for tests only, which are skipped without it)"


def test_packages_that_belong_together_are_installed_together() -> None:
    assert dict(needs(SETUP / "author-tools.txt", "apt-get"))["rhvoice"] == "rhvoice-english librhvoice5"
    assert "as g++" in install_command(None, "g++")


def test_a_damaged_font(tmp_path: Path) -> None:
    fonts = tmp_path / "assets" / "fonts" / "inter"
    fonts.mkdir(parents=True)
    shutil.copy(ROOT / "assets" / "fonts" / "inter" / FONTS[0], fonts)
    (fonts / FONTS[1]).write_bytes(b"version https://git-lfs.github.com/spec/v1")
    found = by_name(list(folder_findings(tmp_path, tmp_path / "store")))
    assert [found[font].state for font in FONTS] == [State.OK, State.MISSING, State.MISSING]
    assert found[FONTS[1]].mend == f"git checkout assets/fonts/inter/{FONTS[1]}"


def test_a_damaged_store_and_what_a_killed_run_left(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    for key in ("a", "b"):
        store.remember(key, [key], About("kraft", "preflight"))
    found = by_name(list(folder_findings(ROOT, store.folder)))
    assert (found["entries"].state, found["leftovers"].state) == (State.OK, State.OK)
    assert found["entries"].found.startswith("2 in ")
    (store.folder / "a" / "value.json").write_text("changed")
    with store.working_folder() as work:
        (left := work.with_name(work.name.replace(f"-{work.name.split('-')[-2]}-", "-99999999-"))).mkdir()
        found = by_name(list(folder_findings(ROOT, store.folder)))
    assert found["entries"].state is State.WARNING
    assert found["entries"].mend == f"rm -r {store.folder / 'a'}"
    assert found["leftovers"].found == "1 folders of runs that were killed"
    assert CliRunner().invoke(render.main, ["store", "--prune", "1TB", "--store", str(store.folder)]).exit_code == 0
    assert not left.exists()
    assert (store.folder / "b" / DONE).exists()


@pytest.mark.parametrize(
    ("free", "state"), [(10**7, State.MISSING), (10**9, State.WARNING), (10**11, State.OK)], ids=str
)
def test_little_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, state: State) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**12, 10**12 - free, free))
    found = by_name(list(folder_findings(ROOT, tmp_path / "store" / "deeper")))["disk of the store"]
    assert found.state is state
    assert bool(found.mend) == (state is not State.OK)
