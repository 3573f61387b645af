"""The maintainer's script that writes the table of a GPU pack."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from effnet_studio.engine.gpu_pack.manifest import load_manifest
from tests.engine.gpu_pack.small_packs import TORCH, make_wheel

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "gpu_pack_manifest.py"
FLAGS = b"nvcc -gencode;arch=compute_75,code=sm_75;arch=compute_120,code=sm_120;code=sm_90"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gpu_pack_manifest", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def _package(wheel: Path) -> dict[str, str]:
    name, version = wheel.name.split("-")[:2]
    url = f"https://files.example.org/packages/ab/cd/{wheel.name}"
    return {"name": name, "version": version, "url": url, "sha256": "0" * 64}


def test_that_a_table_can_be_read_by_the_app(script: ModuleType, tmp_path: Path) -> None:
    files = {
        **TORCH,
        "torch/version.py": b"from typing import Optional\ncuda: Optional[str] = '13.0'\n",
        "torch/lib/libtorch_cuda.so": b"\0" * 10 + FLAGS,
    }
    wheel = make_wheel(tmp_path, "torch", "9.9.9", files)
    package = _package(wheel)
    row = script.row_of(package, wheel)
    table = script.make_table("9.9.9", [row], wheel, [package["url"]])
    file = tmp_path / "table.json"
    file.write_text(script.json.dumps(table))
    found = load_manifest(file)
    assert found is not None
    assert (found.torch, found.cuda) == ("9.9.9", "13.0")
    assert found.architectures == ("sm_75", "sm_90", "sm_120")
    assert found.address(found.wheels[0]) == package["url"]
    assert found.download_bytes == wheel.stat().st_size
    everything = sum(map(len, files.values()))
    # The list and the description of the package are kept, sources for compilers are not.
    assert everything - 30 < found.unpacked_bytes < everything + 1000


def test_that_a_build_without_cuda_is_refused(script: ModuleType, tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path, "torch", "9.9.9", {**TORCH, "torch/version.py": b"cuda = None\n"})
    with pytest.raises(SystemExit, match="no build for CUDA"):
        script.make_table("9.9.9", [], wheel, [_package(wheel)["url"]])


def test_that_a_file_with_another_checksum_is_refused(script: ModuleType, tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path, "torch", "9.9.9", TORCH)
    with pytest.raises(SystemExit, match="another checksum"):
        script.fetch(_package(wheel), tmp_path, None)


def test_that_what_is_left_out_is_never_taken(script: ModuleType) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", script.pinned())
    taken = {name for name in ("torch", "nvidia-nccl-cu13") if script.BELONGS.fullmatch(name)}
    assert taken == {"torch", "nvidia-nccl-cu13"}
    for name in (*script.LEFT_OUT, "numpy", "sympy", "torchvision"):
        assert not script.BELONGS.fullmatch(name) or name in script.LEFT_OUT
