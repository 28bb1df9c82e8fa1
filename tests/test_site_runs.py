"""Whole runs that build the site: what changes with what, and what stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project_copy import BLINK, BLINK_METHODS, copy_project

QUICKLY = ("-ql", "--fallback", "silence")


@pytest.mark.slow
def test_the_site_is_built_once_and_again_when_something_changes(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    films, site = project.root / "films", project.root / "films" / "site"
    first = project.run(*QUICKLY)
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[-1] == f"Open {site / 'index.html'}"
    page = (site / "trial.html").read_text(encoding="utf-8")
    assert "The eye is shut" in page
    assert (site / "trial.mp4").samefile(films / "trial.mp4")
    assert (site / "posters" / "steady.jpg").read_bytes()[:2] == b"\xff\xd8"
    made = (site / "index.html").stat().st_ino

    again = project.run("site", *QUICKLY)
    assert again.stdout == first.stdout
    assert (site / "index.html").stat().st_ino == made

    (site / "stray.html").write_text("stray")
    assert project.run("site", *QUICKLY).returncode == 0
    assert not (site / "stray.html").exists()

    project.write("blink", BLINK.replace("The eye is shut", "Is it & <b>shut</b>"), BLINK_METHODS)
    assert project.run("site", "trial", *QUICKLY).returncode == 0
    page = (site / "trial.html").read_text(encoding="utf-8")
    assert "Is it &amp; &lt;b&gt;shut&lt;/b&gt;" in page
    assert (site / "trial.mp4").samefile(films / "trial.mp4")
    assert sorted(path.name for path in films.iterdir() if path.is_dir()) == ["site"]

    kept = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    project.write("blink", BLINK, BLINK_METHODS.replace("Dot()", "Dot(radius=1 / 0)"))
    failed = project.run("site", *QUICKLY)
    assert failed.returncode == 1
    assert "ZeroDivisionError" in failed.stderr
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == kept
