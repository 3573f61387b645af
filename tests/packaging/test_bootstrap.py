"""The bootstrap's view of the machine, its pins, and the checks it runs."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import boot.checks
import boot.console
import boot.layout
import boot.system
import bootstrap
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONSTRAINTS = (PACKAGING / "constraints.txt").read_text("utf-8")


# --- Python ----------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_that_supported_pythons_are_accepted(version):
    assert bootstrap.version_complaint(version) is None


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 14)])
def test_that_other_pythons_get_a_sentence_with_what_to_do(version):
    complaint = bootstrap.version_complaint(version)
    assert f"this is Python {version[0]}.{version[1]}" in complaint
    assert "3.11, 3.12 or 3.13" in complaint


def test_that_an_old_python_can_read_the_script_far_enough_to_complain():
    ast.parse((PACKAGING / "bootstrap.py").read_text("utf-8"), feature_version=(3, 4))


def test_that_metadata_and_bootstrap_agree_on_the_supported_pythons():
    (lowest, highest) = bootstrap.SUPPORTED
    specifiers = Requirement(f"x{PROJECT['project']['requires-python']}").specifier
    for minor in range(8, 20):
        wanted = lowest <= (3, minor) <= highest
        assert specifiers.contains(f"3.{minor}.1") == wanted


# --- the machine -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "env", "display"),
    [
        ("Linux", {}, False),
        ("Linux", {"DISPLAY": ""}, False),
        ("Linux", {"DISPLAY": ":0"}, True),
        ("Linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("Windows", {}, True),
        ("Darwin", {}, True),
    ],
)
def test_that_a_window_is_opened_only_where_it_can_be_seen(system, env, display):
    assert boot.system.has_display(system, env) is display


def test_that_missing_libraries_are_named_as_debian_names_them():
    absent = {"libEGL.so.1", "libxcb-cursor.so.0"}

    def loads(library):
        return library not in absent

    missing = boot.system.missing_packages(window=False, loads=loads, chinese_font=True)
    assert missing == ["libegl1"]
    missing = boot.system.missing_packages(window=True, loads=loads, chinese_font=False)
    assert missing == ["libegl1", "libxcb-cursor0", "fonts-noto-cjk"]


def test_that_nothing_is_missing_on_a_complete_machine():
    assert (
        boot.system.missing_packages(window=True, loads=lambda _library: True, chinese_font=True)
        == []
    )


def test_that_the_loader_itself_is_asked_for_libraries():
    assert not boot.system.can_load("libeffnet-studio-no-such-library.so.1")


def test_that_the_line_to_type_can_be_pasted():
    line = boot.system.apt_line(["libgl1", "libegl1"], sudo=True)
    assert line == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1 libegl1"
    )
    assert "sudo" not in boot.system.apt_line(["libgl1"], sudo=False)


def test_that_a_person_without_root_gets_the_line_and_the_set_up_goes_on(
    monkeypatch, tmp_path, capsys
):
    monkeypatch.setattr(boot.system, "is_root", lambda: False)
    monkeypatch.setattr(boot.system.shutil, "which", lambda _name: "/usr/bin/apt-get")
    runner = boot.console.Runner(tmp_path / "log", tmp_path)
    assert boot.system.provide_packages(["libegl1"], runner) is False
    assert "sudo apt-get install -y --no-install-recommends libegl1" in capsys.readouterr().out
    assert not (tmp_path / "log").exists()


def test_that_a_python_without_its_venv_part_gets_the_package_and_the_line(monkeypatch):
    boot.system.require_venv_module([])
    assert boot.system.venv_package() == []
    monkeypatch.setattr(boot.system.importlib.util, "find_spec", lambda _name: None)
    (package,) = boot.system.venv_package()
    assert package == f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    with pytest.raises(boot.console.SetupError, match=f"libegl1 {package}"):
        boot.system.require_venv_module(["libegl1", package])


@pytest.mark.parametrize(
    ("name", "found"),
    [("NotoSansCJK-Regular.ttc", True), ("wqy-microhei.ttc", True), ("DejaVuSans.ttf", False)],
)
def test_that_a_chinese_font_is_found_wherever_it_lies(tmp_path, name, found):
    folder = tmp_path / "fonts" / "deep"
    folder.mkdir(parents=True)
    (folder / name).touch()
    assert boot.system.has_chinese_font([tmp_path / "absent", tmp_path / "fonts"]) is found


def test_that_a_small_disk_is_noticed_before_it_is_full(tmp_path):
    boot.system.require_disk_space(tmp_path, 0)
    with pytest.raises(boot.console.SetupError, match="Free some space"):
        boot.system.require_disk_space(tmp_path, 10**18)


# --- pins ------------------------------------------------------------------------------------


def test_that_every_pin_is_exact_and_of_no_special_build():
    lines = [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]
    assert len(boot.layout.read_pins(CONSTRAINTS)) == len(lines)
    assert not [line for line in lines if "+" in line]


def test_that_every_requirement_of_the_project_has_a_pin_that_fits_it():
    pins = boot.layout.read_pins(CONSTRAINTS)
    for text in boot.layout.requirements_of(PROJECT, dev=True):
        requirement = Requirement(text)
        assert requirement.specifier.contains(pins[boot.layout.normal_name(requirement.name)]), text
    assert {"pip", "uv"} <= pins.keys()


def test_that_the_developers_tools_come_only_when_asked_for():
    assert not [r for r in boot.layout.requirements_of(PROJECT, dev=False) if "pytest" in r]
    assert [r for r in boot.layout.requirements_of(PROJECT, dev=True) if "pytest" in r]


def test_that_the_bootstrap_names_no_package_server():
    # The notices say where the source of others' work is; nothing is fetched from there.
    notices = {PACKAGING / "licences.py", *(PACKAGING / "notices").glob("*.py")}
    for file in set(PACKAGING.rglob("*.py")) - notices:
        assert not re.search(r"(?<!file)://\w", file.read_text("utf-8")), file.name


# --- the checks ------------------------------------------------------------------------------


def test_that_the_summary_has_a_line_for_each_check_and_pytests_own_line_last():
    outcomes = [
        boot.checks.Outcome("ruff", 0, 0.4, "All checks passed!"),
        boot.checks.Outcome("mypy", 1, 20.0, "Found 1 error"),
        boot.checks.Outcome("pytest", 0, 300.0, "===== 7 passed in 300.00s ====="),
    ]
    lines = boot.checks.summary(outcomes)
    assert lines[-1] == "===== 7 passed in 300.00s ====="
    assert [line.split()[0] for line in lines[2:-1]] == ["ok", "FAILED", "ok"]


def test_that_one_failed_check_fails_the_whole_and_stops_nothing(
    monkeypatch, tmp_path, capfdbinary
):
    checks = [
        boot.checks.Check("bad", (sys.executable, "-c", "print('one'); raise SystemExit(3)")),
        boot.checks.Check("good", (sys.executable, "-c", "print('1 passed')")),
    ]
    monkeypatch.setattr(boot.checks, "all_checks", lambda *_arguments: checks)
    assert boot.checks.run_checks(boot.layout.Layout.of(tmp_path)) == 1
    shown = capfdbinary.readouterr().out.decode()
    assert "bad: FAILED (exit status 3)" in shown
    assert shown.rstrip().endswith("1 passed")


def test_that_checks_run_without_a_screen_and_on_one_thread_each(monkeypatch, tmp_path):
    for name in ("OMP_NUM_THREADS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    env = boot.checks.check_environment(tmp_path)
    assert env["QT_QPA_PLATFORM"] == "offscreen"
    assert env["OMP_NUM_THREADS"] == "1"
    assert env["XDG_RUNTIME_DIR"] == str(tmp_path)
    assert "PYTHONPATH" not in env


def test_that_the_script_runs_and_says_what_is_here():
    shown = subprocess.run(
        [sys.executable, str(PACKAGING / "bootstrap.py"), "check"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert shown.returncode in {0, 1}
    assert shown.stdout.startswith("Python ")
    assert "System parts" in shown.stdout
    assert not shown.stderr
