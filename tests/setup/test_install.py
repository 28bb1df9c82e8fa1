"""What setup/install.sh does on a machine made of fakes: it sees no other tool, and no network."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REAL_TOOLS = ("cat", "cksum", "cp", "cut", "dirname", "mkdir", "paste", "rm", "sh", "sort")

# Each fake writes down how it was called; a file in lacks/ stands for something that is not installed.
APT = """
echo "apt-get $* ($DEBIAN_FRONTEND)" >>"$CALLS"
case $1 in install) rm -f "$LACKS"/* ;; esac
"""
PKG_CONFIG = '[ ! -e "$LACKS/$2" ]'
PYTHON = """
case "$*" in
*version_info*) [ ! -e "$LACKS/new-python" ] ;;
--version) echo "Python 3.9.2" ;;
*ensurepip*) [ ! -e "$LACKS/venv" ] ;;
*Python.h*) [ ! -e "$LACKS/headers" ] ;;
*openh264*) [ ! -e "$LACKS/openh264" ] ;;
*"venv --clear .uv") echo "make .uv" >>"$CALLS"; mkdir -p .uv/bin; cp "$0" .uv/bin/python ;;
*"pip config get"*) exit 1 ;;
*"pip install"*)
    echo "pip install uv" >>"$CALLS"
    [ ! -e "$LACKS/network" ] || exit 1
    cp "$TOOLS/fake-uv" .uv/bin/uv ;;
*) echo "unexpected: $*" >&2; exit 99 ;;
esac
"""
UV = """
case "$*" in
--version) echo "uv 0.13.9 (fake)" ;;
venv*) echo "make .venv" >>"$CALLS"; mkdir -p .venv/bin; cp "$TOOLS/python3" .venv/bin/python ;;
export*) echo "uv $*" >>"$CALLS" ;;
"pip install"*)
    echo "uv pip install from ${UV_DEFAULT_INDEX:-default}" >>"$CALLS"
    [ ! -e "$LACKS/network" ] ;;
*) echo "unexpected: $*" >&2; exit 99 ;;
esac
"""
EVERY_APT_PACKAGE = "g++ libcairo2-dev libpango1.0-dev pkg-config python3-dev python3-venv"
COMMANDS = ("c++", "chromium", "ffmpeg", "pkg-config")  # needs that are met by a program of their name
DECODERS = ("chromium", "ffmpeg", "openh264")


@dataclass(frozen=True)
class Machine:
    """A checkout and the only tools that its set-up can reach."""

    checkout: Path
    tools: Path
    lacks: Path
    log: Path

    def fake(self, name: str, body: str = "") -> None:
        script = self.tools / name
        script.write_text(f"#!/bin/sh\n{body}\n")
        script.chmod(0o755)

    def lack(self, *things: str) -> None:
        """Make these not installed, until apt-get install is called."""
        for thing in things:
            if thing in COMMANDS:
                (self.tools / thing).unlink()
            else:
                (self.lacks / thing).touch()

    def become(self, user: int) -> None:
        self.fake("id", f"echo {user}")

    def run(self, wanted: str = "films", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.checkout / "setup" / "install.sh", wanted],
            env={
                "PATH": str(self.tools),
                "PYTHON": str(self.tools / "python3"),
                "SSL_CERT_FILE": str(ROOT / "pyproject.toml"),
                "TOOLS": str(self.tools),
                "LACKS": str(self.lacks),
                "CALLS": str(self.log),
                **environment,
            },
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def calls(self) -> list[str]:
        """What the fakes were asked since the last time."""
        calls = self.log.read_text().splitlines()
        self.log.write_text("")
        return calls

    def files(self) -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in self.checkout.rglob("*") if p.is_file()}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A complete Debian machine of a user who is not root, and a fresh checkout."""
    machine = Machine(tmp_path / "check out", tmp_path / "tools", tmp_path / "lacks", tmp_path / "calls")
    for folder in (machine.checkout, machine.tools, machine.lacks):
        folder.mkdir()
    machine.log.touch()
    shutil.copytree(ROOT / "setup", machine.checkout / "setup")
    for name in ("pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, machine.checkout)
    for name in REAL_TOOLS:
        (machine.tools / name).symlink_to(shutil.which(name) or pytest.fail(f"no {name} here"))
    for name, body in {
        "apt-get": APT,
        "c++": "",
        "chromium": "exit 99",
        "fake-uv": UV,
        "ffmpeg": "exit 99",
        "pkg-config": PKG_CONFIG,
        "python3": PYTHON,
        "sudo": "exit 99",
    }.items():
        machine.fake(name, body)
    machine.become(1000)
    return machine


def lack_everything(machine: Machine) -> None:
    machine.lack("c++", "pkg-config", "headers", "venv")


def test_without_root_it_names_the_command_and_changes_nothing(machine: Machine) -> None:
    lack_everything(machine)
    before = machine.files()
    result = machine.run()
    assert result.returncode == 1
    command = f"sudo apt-get update && sudo apt-get install --no-install-recommends {EVERY_APT_PACKAGE}"
    assert f"\n    {command}\n" in result.stderr
    assert "nothing was changed" in result.stderr
    assert machine.calls() == []
    assert machine.files() == before


def test_without_sudo_the_command_becomes_root_by_su(machine: Machine) -> None:
    machine.lack("cairo")
    (machine.tools / "sudo").unlink()
    assert (
        "\n    su -c 'apt-get update && apt-get install --no-install-recommends libcairo2-dev'\n"
        in machine.run().stderr
    )


def test_root_gets_what_is_missing_without_questions(machine: Machine) -> None:
    machine.become(0)
    machine.lack("pangocairo", "venv")
    result = machine.run()
    assert result.returncode == 0, result.stderr
    assert machine.calls()[:2] == [
        "apt-get update (noninteractive)",
        "apt-get install --yes --no-install-recommends libpango1.0-dev python3-venv (noninteractive)",
    ]


def test_failed_update_of_package_lists_does_not_stop_the_installation(machine: Machine) -> None:
    machine.become(0)
    machine.lack("cairo")
    machine.fake("apt-get", APT + "[ $1 = install ]")
    assert machine.run().returncode == 0


def test_failed_system_installation_stops_with_a_remedy(machine: Machine) -> None:
    machine.become(0)
    machine.lack("cairo")
    machine.fake("apt-get", "exit 100")
    result = machine.run()
    assert result.returncode == 1
    assert "apt-get could not install: libcairo2-dev" in result.stderr
    assert not (machine.checkout / ".uv").exists()


@pytest.mark.parametrize(
    ("manager", "expected"),
    [
        ("dnf", "sudo dnf install cairo-devel gcc-c++"),
        ("pacman", "sudo pacman -S --needed cairo gcc"),
        ("unheard-of", "missing that hold: cairo compiler"),
    ],
)
def test_other_systems_are_told_their_own_names(machine: Machine, manager: str, expected: str) -> None:
    (machine.tools / "apt-get").rename(machine.tools / manager)
    machine.lack("c++", "cairo")
    result = machine.run()
    assert result.returncode == 1
    assert expected in result.stderr
    assert machine.calls() == []


def test_homebrew_needs_no_root(machine: Machine) -> None:
    (machine.tools / "apt-get").unlink()
    machine.fake("brew", APT.replace("apt-get", "brew"))
    machine.lack("cairo", "pangocairo")
    assert machine.run().returncode == 0
    assert machine.calls()[0].startswith("brew install cairo pango ")


def test_python_that_is_too_old_is_refused(machine: Machine) -> None:
    machine.lack("new-python")
    result = machine.run()
    assert result.returncode == 1
    assert "No Python 3.11 or newer" in result.stderr
    assert "Python 3.9.2" in result.stderr
    assert machine.calls() == []


def test_complete_machine_gets_uv_and_the_locked_packages(machine: Machine) -> None:
    result = machine.run()
    assert result.returncode == 0, result.stderr
    calls = machine.calls()
    assert calls[:3] == ["make .uv", "pip install uv", "make .venv"]
    assert "--frozen --no-dev" in calls[3]
    assert calls[4:] == ["uv pip install from default"] * 2


def test_second_run_does_nothing(machine: Machine) -> None:
    machine.run()
    before = machine.files()
    machine.calls()
    for name in ("python3", "pkg-config", "c++", "apt-get"):  # not even looked for
        (machine.tools / name).unlink()
    result = machine.run()
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert machine.calls() == []
    assert machine.files() == before


def test_new_lock_is_installed(machine: Machine) -> None:
    machine.run()
    machine.calls()
    with (machine.checkout / "uv.lock").open("a") as lock:
        lock.write("\n")
    machine.run()
    calls = machine.calls()
    assert "uv pip install from default" in calls
    assert "pip install uv" not in calls
    assert "make .venv" not in calls


def test_test_tools_come_on_demand_and_stay(machine: Machine) -> None:
    machine.run("films")
    machine.calls()
    machine.run("tests")
    assert "--frozen --dev" in machine.calls()[0]
    machine.run("films")
    assert machine.calls() == []
    (machine.checkout / "pyproject.toml").write_text("")
    machine.run("films")
    assert "--frozen --dev" in machine.calls()[0]


# ---- decoders for tests ----------------------------------------------------------------------------


def apt_calls(machine: Machine) -> list[str]:
    """What apt-get was asked, and that it was asked nothing that it would ask back."""
    calls = [call for call in machine.calls() if call.startswith("apt-get")]
    assert all(call.endswith(" (noninteractive)") for call in calls)
    return [call.removesuffix(" (noninteractive)") for call in calls]


def test_root_gets_decoders_for_tests_once(machine: Machine) -> None:
    machine.become(0)
    machine.lack(*DECODERS)
    result = machine.run("tests")
    assert result.returncode == 0, result.stderr
    assert apt_calls(machine) == [
        "apt-get update",
        *(f"apt-get install --yes --no-install-recommends {p}" for p in ("chromium", "ffmpeg", "libopenh264-dev")),
    ]
    again = machine.run("tests")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert machine.calls() == []


def test_only_decoders_that_are_missing_are_installed(machine: Machine) -> None:
    machine.become(0)
    machine.lack("cairo", "ffmpeg")
    machine.run("tests")
    assert apt_calls(machine) == [
        "apt-get update",  # once for both
        "apt-get install --yes --no-install-recommends libcairo2-dev",
        "apt-get install --yes --no-install-recommends ffmpeg",
    ]


@pytest.mark.parametrize("user", [0, 1000])
def test_films_need_no_other_decoders(machine: Machine, user: int) -> None:
    machine.become(user)
    machine.lack(*DECODERS)
    result = machine.run("films")
    assert (result.returncode, result.stderr) == (0, "")
    assert apt_calls(machine) == []


def test_a_decoder_that_is_not_to_be_had_is_told_of_in_one_line(machine: Machine) -> None:
    machine.become(0)
    machine.lack("chromium", "ffmpeg")
    machine.fake("apt-get", APT + 'case "$*" in *chromium) echo "E: no chromium" >&2; exit 100 ;; esac')
    result = machine.run("tests")
    assert result.returncode == 0
    (told,) = result.stderr.splitlines()
    assert "could not install chromium:" in told
    assert "E: no chromium" in (machine.checkout / ".venv" / "apt-get.log").read_text()
    assert "apt-get install --yes --no-install-recommends ffmpeg" in apt_calls(machine)
    assert (machine.run("tests").stderr, machine.calls()) == ("", [])


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        (
            "apt-get",
            "sudo apt-get update && sudo apt-get install --no-install-recommends chromium ffmpeg libopenh264-dev",
        ),
        ("dnf", "sudo dnf install chromium ffmpeg-free openh264"),
        ("pacman", "sudo pacman -S --needed chromium ffmpeg openh264"),
        ("brew", "brew install ffmpeg openh264"),
        ("unheard-of", None),
    ],
)
def test_without_root_the_command_for_decoders_is_told_in_one_line(
    machine: Machine, manager: str, command: str | None
) -> None:
    (machine.tools / "apt-get").rename(machine.tools / manager)
    machine.lack(*DECODERS)
    result = machine.run("tests")
    assert result.returncode == 0
    (told,) = result.stderr.splitlines()
    assert told.startswith("Some tests are skipped without ")
    assert told.endswith(command or "without chromium ffmpeg openh264")
    assert not any(call.startswith(("apt-get", "brew")) for call in machine.calls())
    assert machine.run("tests").stderr == ""


def test_a_new_need_in_a_list_is_looked_for(machine: Machine) -> None:
    machine.run("tests")
    machine.lack("ffmpeg")
    with (machine.checkout / "setup" / "test-decoders.txt").open("a") as needs:
        needs.write("# one more\n")
    assert "ffmpeg" in machine.run("tests").stderr


# ---- a broken network, a mirror --------------------------------------------------------------------


@pytest.mark.parametrize("uv_was_there", [False, True])
def test_broken_network_says_what_to_do_and_the_next_run_completes(machine: Machine, uv_was_there: bool) -> None:
    if uv_was_there:
        machine.run()
        shutil.rmtree(machine.checkout / ".venv")
    machine.lack("network")
    failed = machine.run()
    assert failed.returncode == 1
    assert "HTTPS_PROXY" in failed.stderr
    assert "PIP_INDEX_URL" in failed.stderr
    (machine.lacks / "network").unlink()
    machine.calls()
    assert machine.run().returncode == 0
    assert ("pip install uv" in machine.calls()) is not uv_was_there
    assert machine.run().stdout == ""


@pytest.mark.parametrize(
    ("settings", "index"),
    [
        ({"PIP_INDEX_URL": "https://mirror/pip"}, "https://mirror/pip"),
        (
            {"PIP_INDEX_URL": "https://mirror/pip", "UV_DEFAULT_INDEX": "https://mirror/uv"},
            "https://mirror/uv",
        ),
    ],
)
def test_a_mirror_that_the_user_chose_is_used(machine: Machine, settings: dict[str, str], index: str) -> None:
    assert machine.run("films", **settings).returncode == 0
    assert f"uv pip install from {index}" in machine.calls()


@pytest.mark.parametrize(("shell", "script"), [("sh", "setup/install.sh"), ("bash", ".ci/run")])
def test_scripts_parse_and_are_executable(shell: str, script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run([shell, "-n", ROOT / script], check=True)


def test_make_alone_explains_itself() -> None:
    shown = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True).stdout
    assert "make films" in shown
    assert "make test" in shown
