"""Which PyTorch a process gets: in real child processes, with a tiny one in the pack."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from effnet_studio import paths
from effnet_studio.engine.gpu_pack.activate import VARIABLE, Standing, activate, stand
from effnet_studio.engine.gpu_pack.install import install_pack
from effnet_studio.engine.gpu_pack.manifest import Manifest, load_manifest
from effnet_studio.engine.gpu_pack.trial import Trial, failure_of, try_again
from tests.engine.gpu_pack.small_packs import manifest_of, small_pack

ROOT = Path(__file__).resolve().parents[3]

SAY = "import torch; print(torch.__version__, torch.__file__)"


@pytest.fixture(autouse=True)
def not_wished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def shipped() -> Manifest:
    """The table that the app brings for this system."""
    found = load_manifest()
    if found is None:
        pytest.skip("no GPU pack is made for this system")
    return found


@pytest.fixture
def pack(shipped: Manifest, tmp_path: Path) -> Path:
    """A pack that passes for the app's own."""
    files = small_pack(tmp_path / "files")
    install_pack(files[0].parent, manifest=manifest_of(files, torch=shipped.torch))
    return paths.gpu_pack_dir() / shipped.key


def _torch(pack: Path, source: str) -> None:
    """Let the pack's PyTorch do something else when it is loaded."""
    (pack / "torch" / "__init__.py").write_text(textwrap.dedent(source))


def _run(code: str, *, frozen: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program that activates the pack first, as the app does."""
    begin = (
        "from effnet_studio.engine.gpu_pack.activate import activate\n"
        f"print(activate(frozen={frozen}).value)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", begin + textwrap.dedent(code)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_that_the_packs_pytorch_wins_over_the_installed_one(pack: Path) -> None:
    done = _run(f"{SAY}; import importlib.metadata as m; print(m.version('torch'))")
    assert done.stdout.split() == ["used", "9.9.9+test", str(pack / "torch/__init__.py"), "9.9.9"]
    assert failure_of(paths.gpu_pack_dir()) is None
    assert not list(paths.gpu_pack_dir().glob("trying/*"))


def test_that_processes_that_it_starts_get_it_too(pack: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent(
            """
            import multiprocessing
            from effnet_studio.engine.gpu_pack.activate import activate

            def say(pipe):
                import torch
                pipe.send(torch.__version__)

            if __name__ == "__main__":
                activate(frozen=True)
                context = multiprocessing.get_context("spawn")
                here, there = context.Pipe()
                child = context.Process(target=say, args=(there,))
                child.start()
                print(here.recv())
                child.join()
            """
        )
    )
    done = subprocess.run(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.split() == ["9.9.9+test"]


def test_that_a_python_of_its_own_uses_the_pack_only_when_asked(pack: Path) -> None:
    assert _run("", frozen=False).stdout.split() == ["not-asked"]
    assert _run("", frozen=False, **{VARIABLE: "on"}).stdout.split() == ["used"]


def test_that_it_can_be_switched_off_for_one_start(pack: Path) -> None:
    assert _run("", **{VARIABLE: "off"}).stdout.split() == ["off"]
    assert _run("").stdout.split() == ["used"]


def test_that_a_pack_that_ends_the_process_is_not_tried_again(pack: Path) -> None:
    _torch(pack, "import os; os._exit(77)")
    assert _run("import torch").returncode == 77
    assert _run("").stdout.split() == ["failed"]
    failure = failure_of(paths.gpu_pack_dir())
    assert failure is not None
    assert failure.reason == ""
    try_again(paths.gpu_pack_dir())
    _torch(pack, "__version__ = '9.9.9+mended'")
    assert _run("import torch; print(torch.__version__)").stdout.split()[1] == "9.9.9+mended"


def test_that_a_pack_that_cannot_be_loaded_is_told_and_not_tried_again(pack: Path) -> None:
    _torch(pack, "raise OSError('libcudart.so.13: cannot open shared object file')")
    done = _run(
        """
        for _ in range(2):
            try:
                import torch
            except ImportError as error:  # as of any package that cannot be imported
                print(type(error).__name__, "|", error)
        """
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert lines[1] == lines[2]
    assert lines[1].startswith("PackImportError | PyTorch could not be loaded from the GPU pack:")
    assert "libcudart.so.13" in lines[1]
    assert "Start the app again" in lines[1]
    assert _run("").stdout.split() == ["failed"]
    assert "libcudart.so.13" in failure_of(paths.gpu_pack_dir()).reason


def test_that_a_library_that_ends_the_process_before_the_import_is_noticed(pack: Path) -> None:
    code = """
        import os
        from effnet_studio.gui import preload

        preload.open_libraries = lambda package: os._exit(78)
        preload.load_heavy_modules()
        """
    assert _run(code).returncode == 78
    assert _run("").stdout.split() == ["failed"]


def test_that_the_window_loads_the_pack_without_leaving_marks(pack: Path) -> None:
    code = """
        from effnet_studio.gui import preload

        preload._MODULES, preload._load_torchvision = ("torch",), lambda: None
        preload.load_heavy_modules()
        import torch; print(torch.__version__)
        """
    assert _run(code).stdout.split() == ["used", "9.9.9+test"]
    assert not list(paths.gpu_pack_dir().glob("trying/*"))


def test_that_a_wish_to_stop_is_no_failure(pack: Path) -> None:
    _torch(pack, "raise KeyboardInterrupt")
    assert "KeyboardInterrupt" in _run("import torch").stderr
    assert _run("").stdout.split() == ["used"]


def test_that_a_process_that_is_still_loading_is_not_blamed(pack: Path) -> None:
    trial = Trial(paths.gpu_pack_dir())
    trial.begin()
    assert list(paths.gpu_pack_dir().glob("trying/*"))
    assert _run("").stdout.split() == ["used"]
    trial.passed()


def test_that_a_pack_of_another_version_is_not_used(shipped: Manifest, tmp_path: Path) -> None:
    files = small_pack(tmp_path / "files")
    install_pack(files[0].parent, manifest=manifest_of(files, torch="1.2.3"))
    assert _run("").stdout.split() == ["other"]


def test_that_half_a_pack_never_counts(pack: Path) -> None:
    (pack / "torch" / "__init__.py").rename(pack / "torch" / "gone.py")
    assert _run("").stdout.split() == ["none"]


def test_that_a_start_without_a_pack_costs_next_to_nothing() -> None:
    done = _run(
        "import sys; print('torch' in sys.modules, 'effnet_studio.engine.errors' in sys.modules)"
    )
    assert done.stdout.split() == ["none", "False", "False"]
    times = []
    for _ in range(50):
        began = time.perf_counter()
        assert activate(frozen=True) is Standing.NONE
        times.append(time.perf_counter() - began)
    assert min(times) < 0.005


def test_that_a_pack_that_came_while_pytorch_runs_waits_for_the_next_start(pack: Path) -> None:
    import torch

    assert activate(frozen=True) is Standing.READY
    assert not torch.__file__.startswith(str(pack))


def test_that_activating_twice_changes_nothing(pack: Path) -> None:
    again = "before = list(sys.path); print(activate(frozen=True).value, before == sys.path)"
    assert _run(f"import sys; {again}").stdout.split() == ["used", "used", "True"]


def test_that_no_table_means_no_pack(pack: Path, tmp_path: Path) -> None:
    assert stand(None, paths.gpu_pack_dir(), frozen=True) is Standing.NO_TABLE
