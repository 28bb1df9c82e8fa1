"""Every licence of what the project uses is known, accepted or excepted with a reason, and listed."""

from __future__ import annotations

import json
import re
import sysconfig
from pathlib import Path

import pytest

from setup.licences import PAGE, ROOT, is_accepted, locked, rules, used


@pytest.mark.parametrize(
    ("expression", "accepted"),
    [
        ("MIT", True),
        ("MIT AND Zlib", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND (GPL-3.0-only OR BSD-2-Clause)", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only OR LGPL-3.0-only", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_expressions_are_judged_as_spdx_means_them(expression: str, accepted: bool) -> None:
    assert is_accepted(expression) is accepted


def test_every_package_has_an_accepted_licence_or_a_reason() -> None:
    unfit = [f"{each.name}: {each.licence}" for each in used() if not is_accepted(each.licence)]
    assert [line for line in unfit if line.partition(":")[0] not in rules()["exceptions"]] == []
    assert {line.partition(":")[0] for line in unfit} == rules()["exceptions"].keys(), "an exception that nothing needs"


def test_the_page_lists_what_is_used() -> None:
    rows = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \| (?:films|tests and options) \|", PAGE.read_text("utf-8"), re.M)
    listed = dict(rows)
    of_one_version = {each.name: each.licence for each in used() if each.versions == 1}
    remedy = "run python -m setup.licences"
    assert listed.keys() | {"entropy-from-first-principles"} == locked().keys(), remedy
    assert {name: listed[name] for name in of_one_version} == of_one_version, remedy


def test_every_library_in_a_wheel_is_known_and_has_a_reason() -> None:
    folders = Path(sysconfig.get_path("purelib")).glob("*.libs")
    found = {
        re.sub(r"(-[0-9a-f]{8})*\.so.*", "", path.name)
        for folder in folders
        for path in folder.iterdir()
        if ".so" in path.name
    }
    assert found - rules()["libraries"].keys() == set(), "add them to [libraries] of setup/licences.toml"
    for name, licence in rules()["libraries"].items():
        assert is_accepted(licence) or licence in rules()["library-exceptions"], name


def test_every_asset_has_a_line_with_an_accepted_licence() -> None:
    readme = (ROOT / "assets" / "README.md").read_text("utf-8")
    lines = re.findall(r"^\| (`[^|]+) \|[^|]+\| ([^|]+) \|$", readme, re.M)
    patterns = [(pattern, licence) for names, licence in lines for pattern in re.findall("`([^`]+)`", names)]
    listed: set[Path] = set()
    for pattern, licence in patterns:
        assert any(licence.strip().startswith(known) for known in rules()["assets"]["accepted"]), licence
        found = {path for each in _choices(pattern) for path in (ROOT / "assets").glob(each)}
        assert found, f"assets/README.md speaks of {pattern}, which is not there"
        listed |= found | {inside for path in found for inside in path.rglob("*")}
        listed |= {ROOT / "assets" / named for named in re.findall("`([^`]+)`", licence)}
    files = {path for path in (ROOT / "assets").rglob("*") if path.is_file() and path.name != "README.md"}
    assert files - listed == set(), "give them a line in assets/README.md"


def _choices(pattern: str) -> list[str]:
    """``Inter-{Regular,Bold}.otf`` is two names."""
    found = re.search(r"\{([^}]*)\}", pattern)
    if found is None:
        return [pattern.strip("/")]
    return [
        each
        for choice in found[1].split(",")
        for each in _choices(pattern[: found.start()] + choice + pattern[found.end() :])
    ]


def test_every_take_is_spoken_by_a_voice_that_may_be_given_on() -> None:
    takes = (ROOT / "narration" / "takes").rglob("*.json")
    assert {json.loads(path.read_text("utf-8"))["voice"] for path in takes} <= rules()["voices"].keys()
