"""The packaged app as its users have it: every test starts the program itself.

Run by hand: ``EFFNET_STUDIO_BUNDLE=dist/bundle/effnet-studio/effnet-studio pytest -m frozen -n0``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sysconfig
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.frozen, pytest.mark.timeout(900)]

Json = dict[str, Any]


@pytest.fixture(scope="session")
def program() -> Path:
    """The packaged program."""
    given = os.environ.get("EFFNET_STUDIO_BUNDLE")
    if not given:
        pytest.fail("name the program in EFFNET_STUDIO_BUNDLE")
    return Path(given).resolve()


@pytest.fixture
def surroundings(isolated_home: Path) -> dict[str, str]:
    """What a user's environment has, and nothing of Python's or of this test's."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DISPLAY") if name in os.environ}
    runtime = isolated_home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {
        **kept,
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(runtime),
        "EFFNET_STUDIO_DATA": os.environ["EFFNET_STUDIO_DATA"],
        "EFFNET_STUDIO_CACHE": os.environ["EFFNET_STUDIO_CACHE"],
    }


@pytest.fixture(scope="module")
def demo(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Json:
    """The whole job on the sample, done once; ``folder`` is where it was done."""
    folder = tmp_path_factory.mktemp("demo")
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "EFFNET_STUDIO_DATA": str(folder / "data"),
        "EFFNET_STUDIO_CACHE": str(folder / "cache"),
    }
    done = subprocess.run(
        [program, "demo", "--out", str(folder / "out"), "--epochs", "2", "--json"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout), "folder": folder / "out", "said": done.stderr}


def run(program: Path, env: dict[str, str], *arguments: object) -> str:
    """Run a command that must succeed; gives what it prints."""
    done = subprocess.run(
        [program, *map(str, arguments)], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Window:
    """The window, in a process of its own.

    Args:
        program: The packaged program.
        env: Its environment.
        arguments: Of the command line.
    """

    def __init__(self, program: Path, env: dict[str, str], *arguments: object) -> None:
        self._sessions = Path(env["EFFNET_STUDIO_DATA"]) / "sessions"
        self._process = subprocess.Popen(
            [program, *map(str, arguments)],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_until_open(self) -> None:
        """Wait until the window keeps its record."""
        until = time.monotonic() + 60
        while not list(self._sessions.glob("*/*")):
            assert self._process.poll() is None, self._process.communicate()[0]
            assert time.monotonic() < until
            time.sleep(0.1)  # another process: there is no signal to wait for

    def close(self) -> str:
        """Ask it to close, and get what it printed."""
        self._process.send_signal(signal.SIGTERM)
        printed, _ = self._process.communicate(timeout=60)
        assert self._process.returncode == 0
        return printed


def test_that_the_program_starts_without_a_python(
    program: Path, surroundings: dict[str, str]
) -> None:
    assert run(program, {**surroundings, "PATH": "/nowhere"}, "--version").startswith("effnet")


def test_that_every_command_explains_itself(program: Path, surroundings: dict[str, str]) -> None:
    for command in ("", "train", "export", "models", "guide"):
        assert "Usage" in run(program, surroundings, *filter(None, [command]), "--help")


def test_that_the_doctor_is_well_and_advises_no_pip(
    program: Path, surroundings: dict[str, str]
) -> None:
    text = run(program, surroundings, "doctor", "--json")
    assert "pip install" not in text
    assert "bootstrap.py" not in text
    facts = {fact["key"]: fact for group in json.loads(text)["groups"] for fact in group["facts"]}
    assert facts["starter"]["level"] == "ok"
    assert facts["torch"]["level"] == facts["onnxruntime"]["level"] == "ok"


def test_that_the_whole_job_works_with_exports_that_answer_like_the_app(demo: Json) -> None:
    exports = list((demo["folder"] / "demo.effnet" / "exports").glob("*/*.onnx"))
    assert len(exports) == 2
    for file in exports:
        assert file.with_suffix(".certificate.html").exists()
        assert json.loads(file.with_suffix(".certificate.json").read_text(encoding="utf-8"))
    assert "Warning" not in demo["said"]
    assert "Traceback" not in demo["said"]


def test_that_processes_train_together(
    demo: Json, program: Path, surroundings: dict[str, str]
) -> None:
    project = demo["folder"] / "demo.effnet"
    options = ["--preset", "balanced", "--epochs", 1, "--processes", 2]
    told = json.loads(run(program, surroundings, "train", project, *options, "--json"))
    (run_dir,) = project.glob(f"runs/{told['run']}*")
    assert (run_dir / "best.safetensors").exists()


def test_that_answers_and_explanations_come_from_exported_files_too(
    demo: Json, program: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    project = demo["folder"] / "demo.effnet"
    picture = next((demo["folder"]).rglob("*.jpg"))
    for model in (project, *sorted(project.glob("exports/*/*.onnx"))):
        assert json.loads(run(program, surroundings, "predict", model, picture, "--json"))
    why = tmp_path / "why.png"
    run(program, surroundings, "explain", project, picture, "--out", why)
    assert why.exists()


def test_that_architectures_of_timm_are_built(program: Path, surroundings: dict[str, str]) -> None:
    told = run(program, surroundings, "models", "--json")
    assert len(json.loads(told)) >= 32


def test_that_the_guide_is_read_and_written(
    program: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    assert "Export" in run(program, surroundings, "guide", "export")
    run(program, surroundings, "guide", "--html", tmp_path / "site", "--language", "zh_CN")
    assert (tmp_path / "site" / "index.html").exists()
    assert list((tmp_path / "site").rglob("*.png"))


def test_that_the_window_opens_and_closes_quietly(
    demo: Json, program: Path, surroundings: dict[str, str]
) -> None:
    for arguments in ([], [demo["folder"] / "demo.effnet"]):
        window = Window(program, surroundings, *arguments)
        window.wait_until_open()
        assert window.close() == ""


def test_that_damaged_settings_keep_no_window_from_opening(
    program: Path, surroundings: dict[str, str]
) -> None:
    data = Path(surroundings["EFFNET_STUDIO_DATA"])
    data.mkdir(parents=True, exist_ok=True)
    (data / "window.ini").write_bytes(b"[recent\x00\xff=@Variant(" + bytes(range(256)))
    window = Window(program, surroundings)
    window.wait_until_open()
    assert "Traceback" not in window.close()


def test_that_a_window_that_cannot_be_opened_is_no_riddle(
    program: Path, surroundings: dict[str, str]
) -> None:
    del surroundings["QT_QPA_PLATFORM"]
    surroundings.pop("DISPLAY", None)
    done = subprocess.run([program], env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "There is no display to open a window on" in done.stderr


def test_that_a_converters_packages_are_installed_and_found(
    program: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    about = "small-1.0.dist-info"
    with zipfile.ZipFile(tmp_path / "small-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("small.py", "import torch\nanswer = float(torch.ones(6).sum() * 7)\n")
        wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: small\nVersion: 1.0\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", "")
    pip = next(program.parent.rglob("pip.zip"))
    where = [f"--target={tmp_path / 'packages'}", "--no-index", f"--find-links={tmp_path}"]
    run(program, surroundings, "--as-python", pip, "install", *where, "small")
    script = tmp_path / "script.py"
    script.write_text("import small, sys\nprint(small.answer, small.__file__, sys.argv[1:])\n")
    packages = ["--packages", tmp_path / "packages"]
    said = run(program, surroundings, "--as-python", *packages, script, "more")
    assert said.split() == ["42.0", str(tmp_path / "packages" / "small.py"), "['more']"]


def test_that_no_module_that_the_job_imports_is_left_out(
    demo: Json, program: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """What is missing is often caught by its importer, and shows up later as something else."""
    script = tmp_path / "imports.py"
    script.write_text(_IMPORTS)
    names = ["torch.export", "torch.onnx", "torch.distributed.fsdp", "torch._inductor.compile_fx"]
    names += ["torch._inductor.fx_passes.post_grad", "torch.ao.quantization", "torch.distributed"]
    names += ["onnx.reference", "onnxscript", "onnxruntime", "pyqtgraph", "rich.traceback"]
    packages = Path(sysconfig.get_path("purelib"))
    said = run(program, surroundings, "--as-python", script, packages, *names)
    internal = program.parent / "_internal"
    assert [name for name in said.split() if (internal / name.split(".")[0]).exists()] == []


_IMPORTS = """
import importlib, sys
from pathlib import Path

packages, *names = sys.argv[1:]

class Last:
    def find_spec(self, name, path=None, target=None):
        place = Path(packages, *name.split("."))
        if place.with_suffix(".py").exists() or place.is_dir():
            print(name)

sys.meta_path.append(Last())
for name in names:
    importlib.import_module(name)
"""
