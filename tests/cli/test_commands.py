"""What commands print, and how they fail."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from effnet_studio import __version__
from effnet_studio.cli.main import DEBUG_VARIABLE
from effnet_studio.cli.training import parse_settings, settings_help
from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.training.config import TrainConfig, make_config

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def test_that_import_makes_the_project_and_counts_every_file_once(
    command: Command, pictures: Path, tmp_path: Path
) -> None:
    project = tmp_path / "p.effnet"
    done = command("import", pictures, "--project", project, "--val", "0.25", "--json")
    assert done.code == 0
    found = done.document
    assert found["classes"] == {"ants": 4, "蜜蜂": 4}
    assert (found["images"], found["unreadable"], found["ignored"]) == (8, 1, 1)
    assert (found["train"], found["val"], found["test"]) == (6, 2, 0)
    broken = [problem for problem in found["problems"] if problem["path"].endswith("broken.jpg")]
    assert broken[0]["message"]
    assert (project / "project.json").is_file()


def test_that_importing_again_replaces_the_dataset(
    command: Command, pictures: Path, tmp_path: Path
) -> None:
    project = tmp_path / "p.effnet"
    assert command("import", pictures, "-p", project).code == 0
    (pictures / "ants" / "broken.jpg").unlink()
    again = command("import", pictures, "-p", project, "--json")
    assert again.document["unreadable"] == 0


def test_that_a_project_of_a_newer_version_is_refused_by_name_and_left_alone(
    command: Command, pictures: Path, tmp_path: Path
) -> None:
    file = tmp_path / "p.effnet" / "project.json"
    file.parent.mkdir()
    file.write_text('{"format": 99, "app": "2.3", "flavour": "sweet"}')
    for arguments in (("import", pictures, "-p", file.parent), ("evaluate", file.parent)):
        done = command(*arguments)
        assert done.code == 1
        assert f"EffNet Studio 2.3; this is {__version__}" in done.err
        assert "nothing was changed" in done.err
    assert [each.name for each in file.parent.iterdir()] == ["project.json"]
    assert file.read_text() == '{"format": 99, "app": "2.3", "flavour": "sweet"}'


def test_that_people_get_a_table_and_the_reasons(
    command: Command, pictures: Path, tmp_path: Path
) -> None:
    done = command("import", pictures, "-p", tmp_path / "p.effnet")
    assert "蜜蜂" in done.out
    assert "8 images" in done.out
    assert "broken.jpg" in done.out
    assert "{" not in done.out
    assert "Reading the images" in done.err


def test_that_a_folder_that_is_no_project_is_refused_in_words(
    command: Command, pictures: Path
) -> None:
    done = command("import", pictures, "-p", pictures)
    assert done.code == 1
    assert not done.out
    lines = done.err.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("error: ")
    assert "not an EffNet Studio project" in lines[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "nowhere.effnet"),
        ("evaluate", "nowhere.effnet"),
        ("export", "nowhere.effnet"),
        ("predict", "nowhere.effnet", "x.jpg"),
        ("explain", "nowhere.effnet", "x.jpg", "--out", "x.png"),
        ("import", "nowhere", "--project", "new.effnet"),
    ],
)
def test_that_with_json_an_error_is_one_document_too(
    command: Command, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command(*arguments, "--json")
    assert done.code == 1
    assert "nowhere" in done.document["error"]
    assert set(done.document) == {"error", "hint", "path"}
    assert done.err.splitlines()[-1].startswith("error: ")
    assert "Traceback" not in done.err


def test_that_a_failed_import_leaves_no_empty_project(command: Command, tmp_path: Path) -> None:
    project = tmp_path / "new.effnet"
    assert command("import", tmp_path / "nowhere", "-p", project).code == 1
    assert not project.exists()


def test_that_faults_of_the_app_show_a_traceback_only_on_request(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_project: object) -> None:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr("effnet_studio.engine.doctor.examine.examine", fail)
    done = command("doctor", "--json")
    assert done.code == 1
    assert "ZeroDivisionError: odd" in done.err
    assert "Traceback" not in done.err
    assert "odd" in done.document["error"]
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    assert "Traceback" in command("doctor").err


@pytest.mark.parametrize(
    "arguments", [("fly",), ("train",), ("train", "p", "--epochs", "many"), ("predict", "p")]
)
def test_that_wrong_usage_is_exit_code_2(command: Command, arguments: tuple[str, ...]) -> None:
    done = command(*arguments)
    assert done.code == 2
    assert not done.out
    assert "Usage" in done.err


def test_that_the_version_is_told(command: Command) -> None:
    assert command("--version").out.strip() == f"effnet-studio {__version__}"


def test_that_the_catalog_is_listed(command: Command) -> None:
    rows = {row["name"]: row for row in command("models", "--json").document}
    assert rows["efficientnet_b0"]["parameters"] == 5_288_548
    assert rows["efficientnet_b0"]["input_size"] == 224
    assert "efficientnet_b7" in command("models").out


def test_that_light_commands_do_not_wait_for_heavy_libraries() -> None:
    script = (
        "import sys; from effnet_studio.cli.main import run; codes = [run(['models', '--json']), "
        "run(['--help']), run(['train', '--help'])]; "
        "print([name for name in ('torch', 'onnx', 'onnxruntime', 'PySide6', 'pyqtgraph') "
        "if name in sys.modules], codes)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip().endswith("[] [0, 0, 0]")


def test_that_every_setting_is_explained_in_the_help(command: Command) -> None:
    text = " ".join(command("train", "--help").out.split())
    shown = text + settings_help()
    for name in TrainConfig.model_fields:
        assert f"--{name}" in text or f"{name}: " in shown
    assert "batch_size" in text
    assert "strong" in settings_help()


def test_that_settings_are_read_and_checked_by_the_schema(command: Command, tmp_path: Path) -> None:
    values = parse_settings(["batch_size=8", "image-size=none", "augmentation=light", "dropout="])
    config = make_config("best", **values)
    assert (config.batch_size, config.image_size, config.dropout) == (8, None, None)
    assert config.augmentation.value == "light"
    with pytest.raises(ConfigError, match="no setting named sparkle"):
        make_config(**parse_settings(["sparkle=1"]))
    for wrong in ("epochs", "batch_size=0", "optimizer=magic", "preset=slow"):
        done = command("train", tmp_path, "--set", wrong)
        assert done.code == 1
        assert wrong.partition("=")[0] in done.err or wrong.partition("=")[2] in done.err


def test_that_resuming_takes_no_other_settings(command: Command, tmp_path: Path) -> None:
    done = command("train", tmp_path, "--resume", "2026", "--epochs", "3")
    assert done.code == 1
    assert "settings it was begun with" in done.err


def test_that_json_is_plain_ascii_whatever_the_names(
    command: Command, pictures: Path, tmp_path: Path
) -> None:
    done = command("import", pictures, "-p", tmp_path / "p.effnet", "--json")
    assert done.out.isascii()
    assert "蜜蜂" in json.loads(done.out)["classes"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these always have a display")
def test_that_without_a_display_the_window_says_so(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    done = command("gui")
    assert done.code == 1
    assert "no display" in done.err


def test_that_the_window_gets_the_project(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from effnet_studio import app

    opened: list[list[str]] = []

    def remember(argv: list[str]) -> int:
        opened.append(argv)
        return 3

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(app, "run", remember)
    assert command("gui", tmp_path).code == 3
    assert opened == [[str(tmp_path)]]


def test_that_stopping_is_exit_code_130(
    command: Command, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from effnet_studio.cli import progress

    def interrupt(_display: object, _event: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(progress.ProgressDisplay, "on_event", interrupt)
    project = tmp_path / "p.effnet"
    done = command("import", pictures, "-p", project, "--json")
    assert done.code == 130
    assert not project.exists()
