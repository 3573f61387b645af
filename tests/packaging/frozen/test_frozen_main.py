"""Where the packaged app begins; the parts that need no package."""

import os
import subprocess
import sys
from pathlib import Path

import frozen_main
import pytest

BUNDLE = Path("/tmp/.mount_1/_internal")
ENTRY = Path(frozen_main.__file__)


def test_that_other_programs_get_their_own_libraries_back() -> None:
    environment = {
        "LD_LIBRARY_PATH": str(BUNDLE),
        "LD_LIBRARY_PATH_ORIG": "/opt/cuda",
        "QT_PLUGIN_PATH": f"{BUNDLE}/PySide6/Qt/plugins",
        "QML2_IMPORT_PATH": f"{BUNDLE}/PySide6/Qt/qml",
        "PATH": "/usr/bin",
    }
    frozen_main.restore_environment(environment, BUNDLE)
    assert environment["LD_LIBRARY_PATH"] == "/opt/cuda"
    assert not {"LD_LIBRARY_PATH_ORIG", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"} & set(environment)
    environment = {"LD_LIBRARY_PATH": str(BUNDLE), "QT_PLUGIN_PATH": "/usr/lib/qt6/plugins"}
    frozen_main.restore_environment(environment, BUNDLE)
    assert "LD_LIBRARY_PATH" not in environment
    assert environment["QT_PLUGIN_PATH"] == "/usr/lib/qt6/plugins"  # somebody's own wish


def test_that_processes_it_starts_find_their_libraries_themselves() -> None:
    environment = {"LD_LIBRARY_PATH": str(BUNDLE)}
    frozen_main.restore_environment(environment, BUNDLE)
    assert environment["PYINSTALLER_RESET_ENVIRONMENT"] == "1"


def test_that_certificates_of_the_system_are_found_unless_others_are_wished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    kept = tmp_path / "bundle.crt"
    kept.touch()
    monkeypatch.setattr(frozen_main, "_CERTIFICATES", (str(tmp_path / "none"), str(kept)))
    environment: dict[str, str] = {}
    frozen_main.restore_environment(environment, BUNDLE)
    assert environment["SSL_CERT_FILE"] == str(kept)
    environment = {"SSL_CERT_FILE": "/own"}
    frozen_main.restore_environment(environment, BUNDLE)
    assert environment["SSL_CERT_FILE"] == "/own"


def test_that_files_open_the_window_and_words_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "ants.effnet"
    project.mkdir()
    monkeypatch.setenv("DISPLAY", ":0")
    assert frozen_main.opens_window([])
    assert frozen_main.opens_window([str(project)])
    assert not frozen_main.opens_window(["doctor"])
    assert not frozen_main.opens_window(["predict", str(project)])
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert not frozen_main.opens_window([])


def test_that_the_program_is_a_python_with_a_folder_of_packages(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "typing_extensions.py").write_text("mine = True\n")
    (tmp_path / "beside.py").write_text("")
    script = tmp_path / "script.py"
    script.write_text(
        "import sys, typing_extensions, beside\n"
        "print(typing_extensions.mine, sys.argv[1:], __name__, hasattr(sys, 'frozen'))\n"
    )
    done = subprocess.run(
        [
            *(sys.executable, str(ENTRY), "--as-python"),
            *("--packages", str(packages), str(script), "--flag", "a b"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "True ['--flag', 'a b'] __main__ False"


def test_that_the_command_line_runs_from_the_entry() -> None:
    done = subprocess.run(
        [sys.executable, str(ENTRY), "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("effnet-studio ")


def test_that_a_window_that_cannot_be_opened_leaves_a_report(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['effnet-studio']\n"
        "from effnet_studio import app\n"
        "def broken(paths): raise RuntimeError('the screen is on fire')\n"
        "app.run = broken\n"
        "import frozen_main; sys.exit(frozen_main.main())\n"
    )
    done = start(code, tmp_path)
    assert done.returncode == 1
    assert f"A report is in {tmp_path / 'crash-report.txt'}" in done.stderr
    assert "the screen is on fire" in (tmp_path / "crash-report.txt").read_text()


def start(code: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run the entry with a changed app in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ENTRY.parent), str(ENTRY.parents[2])]),
            "QT_QPA_PLATFORM": "offscreen",
            "EFFNET_STUDIO_DATA": str(data),
        },
        capture_output=True,
        text=True,
        check=False,
    )
