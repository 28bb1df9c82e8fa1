"""Nothing is installed but what uv.lock and setup/ name by hash, and nothing that is known to be vulnerable."""

from __future__ import annotations

import re
import socket
import subprocess

import pytest

from setup.licences import ROOT, locked

ADVISORIES = "api.osv.dev"


def test_every_file_of_every_locked_package_has_a_hash() -> None:
    for name, packages in locked().items():
        for package in packages:
            if "editable" in package["source"]:
                assert name == "entropy-from-first-principles"
                continue
            assert package["source"].keys() == {"registry"}, f"{name} comes from {package['source']}"
            files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else ())]
            assert files, name
            for file in files:
                assert re.fullmatch("sha256:[0-9a-f]{64}", file["hash"]), f"{name}: {file['url']}"


def test_setup_installs_only_what_has_a_hash() -> None:
    script = (ROOT / "setup" / "install.sh").read_text(encoding="utf-8").replace("\\\n", "")
    installs = [line.strip() for line in script.splitlines() if re.search(r"\bpip install\b", line)]
    assert len(installs) == 3
    for line in installs:
        assert "--require-hashes" in line or "--no-deps --editable ." in line
    assert "--no-hashes" not in script
    assert "export UV_BUILD_CONSTRAINT=setup/build-requirements.txt" in script


@pytest.mark.parametrize("name", ["uv", "build"])
def test_what_is_installed_beside_the_lock_has_hashes_too(name: str) -> None:
    text = (ROOT / "setup" / f"{name}-requirements.txt").read_text(encoding="utf-8")
    pinned = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert pinned
    for requirement in pinned:
        assert re.match(r"[a-z0-9-]+==[\w.]+ (; [^\\]+ )?\\\n +--hash=sha256:[0-9a-f]{64}", requirement), requirement


def _reachable(host: str) -> bool:
    try:
        with socket.create_connection((host, 443), timeout=3):
            return True
    except OSError:
        return False


@pytest.mark.slow
def test_no_locked_package_is_known_to_be_vulnerable() -> None:
    uv = ROOT / ".uv" / "bin" / "uv"
    if not uv.exists():
        pytest.skip("uv is not in .uv/, where `make test` puts it")
    if not _reachable(ADVISORIES):
        pytest.skip(f"{ADVISORIES}, which knows of vulnerabilities, is not reachable")
    command = [str(uv), "audit", "--frozen", "--preview-features", "audit-command"]
    try:
        audit = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        pytest.skip(f"{ADVISORIES} did not answer in two minutes")
    if "Request failed" in audit.stderr:
        pytest.skip(f"{ADVISORIES} is not reachable: {audit.stderr.strip().splitlines()[-1]}")
    assert audit.returncode == 0, audit.stdout + audit.stderr
