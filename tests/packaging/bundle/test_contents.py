"""What goes into the packaged app, and what stays outside."""

import sysconfig
from pathlib import Path

import pytest
from bundle import contents


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("torch/lib/libtorch_cpu.so", True),
        ("torch/lib/libtorchbind_test.so", False),
        ("torch/bin/torch_shm_manager", True),
        ("torch/bin/protoc", False),
        ("torch/include/ATen/ATen.h", False),
        ("torch/nn/functional.pyc", True),
        ("torch/testing/_internal/__init__.pyc", True),
        ("torch/testing/_internal/logging_tensor.pyc", True),
        ("torch/testing/_internal/common_methods_invocations.pyc", False),
        ("pygments/lexers/__init__.pyc", True),
        ("pygments/lexers/python.pyc", True),
        ("pygments/lexers/lilypond.pyc", False),
        ("onnxruntime/capi/onnxruntime_pybind11_state.so", True),
        ("onnxruntime/capi/libonnxruntime.so.1.31.1", False),
        ("torchvision.libs/libnvjpeg.36e11081.so.13", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        (
            "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
            True,
        ),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/qml/QtQuick/qmldir", False),
        ("effnet_studio/resources/i18n/base.zh_CN.qm", True),
        ("effnet_studio/resources/i18n/base.zh_CN.ts", False),
        ("effnet_studio/engine/export/converters/inside/main.py", True),
        ("numpy/_core/tests/test_umath.pyc", False),
        ("sympy/physics/units.pyc", False),
        ("unittest/mock.pyc", True),
    ],
)
def test_that_a_file_is_taken_if_the_app_uses_it(path: str, *, wanted: bool) -> None:
    assert contents.is_wanted_file(path) is wanted


def test_that_libraries_of_every_desktop_are_left_to_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert not contents.is_wanted_file("libGL.so.1")
    assert not contents.is_wanted_file("libstdc++.so.6")
    assert contents.is_wanted_file("libxcb-cursor.so.0")
    assert contents.is_wanted_file("libpython3.11.so.1.0")


def test_that_lists_of_pyinstaller_are_sifted() -> None:
    entries = [("torch\\bin\\protoc", "x", "BINARY"), ("torch\\lib\\c10.dll", "y", "BINARY")]
    assert contents.wanted(entries) == entries[1:]


def test_that_all_of_pythons_library_comes_but_tests_and_windows() -> None:
    names = contents.standard_library(Path(sysconfig.get_path("stdlib")))
    assert {"json", "json.decoder", "multiprocessing.spawn", "encodings.gb18030", "ssl"} <= set(
        names
    )
    assert not {"tkinter", "test", "venv", "idlelib", "distutils"} & set(names)
    assert not any(name.startswith(("lib2to3", "unittest.test", "json.tests")) for name in names)


def test_that_modules_are_named_without_tests(tmp_path: Path) -> None:
    for name in ("__init__.py", "a.py", "deep/__init__.py", "deep/b.py", "tests/test_a.py"):
        file = tmp_path / "package" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    (tmp_path / "package" / "not-a-module.py").touch()
    found = list(contents.modules_of(tmp_path / "package"))
    assert found == ["package", "package.a", "package.deep", "package.deep.b"]


def test_that_modules_that_read_their_own_source_are_known() -> None:
    assert contents.needs_source("    @torch._jit_internal._overload_method\n")
    assert contents.needs_source("install_config_module(sys.modules[__name__])")
    assert contents.needs_source("@onnxscript.script(opset)")
    assert not contents.needs_source("def relu(x):\n    return max(x, 0)\n")
