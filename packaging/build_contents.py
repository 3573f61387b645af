"""What belongs into the packaged app, and what of other people's packages stays outside.

Everything here is a rule over names, so that it can be read and tested without a build.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

QT_MODULES = ("QtCore", "QtDBus", "QtGui", "QtNetwork", "QtSvg", "QtWidgets")
"""Of PySide6, what the window and its plots import."""

OTHER_QT_MODULES = (
    *("QtConcurrent", "QtDesigner", "QtHelp", "QtOpenGL", "QtOpenGLWidgets", "QtPrintSupport"),
    *("QtQml", "QtQuick", "QtQuick3D", "QtQuickControls2", "QtQuickTest", "QtQuickWidgets"),
    *("QtSql", "QtSvgWidgets", "QtTest", "QtUiTools", "QtXml", "QtAsyncio", "scripts", "support"),
)
"""Of PySide6, what nothing imports for the app; named, as PyInstaller would follow pyqtgraph."""

STANDARD_LIBRARY_LEFT_OUT = frozenset(
    {
        *("__main__", "_crypt", "_curses", "_curses_panel", "_dbm", "_gdbm", "_msi", "antigravity"),
        *(
            "crypt",
            "curses",
            "distutils",
            "ensurepip",
            "idlelib",
            "lib2to3",
            "msilib",
            "nis",
            "ossaudiodev",
        ),
        *("pydoc_data", "readline", "spwd", "test", "this", "tkinter", "_tkinter", "turtle"),
        *("turtledemo", "venv", "winsound", "xxlimited", "xxlimited_35", "xxsubtype"),
    }
)
"""Of Python, what no converter and no part of the app needs."""

_COMPILER = (
    *("autoheuristic", "choices", "cudagraph_trees", "ir", "kernel", "lookup_table", "lowering"),
    *("mkldnn_ir", "mkldnn_lowerings", "package", "quantized_lowerings", "scheduler"),
    *("select_algorithm", "template_heuristics"),
)
_WRITERS = (
    *("cpp", "cpp_bmm_template", "cpp_flex_attention_template", "cpp_gemm_template"),
    *("cpp_grouped_gemm_template", "cpp_micro_gemm", "cpp_template", "cpp_template_kernel"),
    *("cpp_wrapper_cpu", "cpp_wrapper_cpu_array_ref", "cpp_wrapper_gpu", "cpp_wrapper_mps"),
    *("cutedsl", "cutlass", "halide", "metal_flex_attention_template", "mps", "mtia"),
    *("nv_universal_gemm", "pallas", "simd", "triton", "triton_combo_kernel"),
    *("triton_split_scan", "wrapper", "wrapper_fxir"),
)

EXCLUDED = (
    *sorted(STANDARD_LIBRARY_LEFT_OUT - {"__main__"}),
    *(f"PySide6.{name}" for name in OTHER_QT_MODULES),
    # Tools of the build, and what they bring.
    *("PyInstaller", "_distutils_hack", "_pyinstaller_hooks_contrib", "altgraph", "editables"),
    *("hatchling", "pip", "pkg_resources", "pluggy", "setuptools", "tomlkit", "trove_classifiers"),
    # What timm would download weights with; the app downloads them itself.
    *("anyio", "h11", "hf_xet", "httpcore2", "httpx2", "huggingface_hub", "truststore", "yaml"),
    # Optional parts, and what packages use if it happens to be there.
    *("IPython", "OpenGL", "cv2", "matplotlib", "openvino", "pandas", "pytest", "scipy", "sklearn"),
    *("fsspec", "jinja2", "markupsafe", "numba", "tensorboard", "triton"),
    *("numpy.f2py", "numpy.distutils", "numpy.conftest"),
    *("onnx.backend", "onnx.tools", "onnx.bin", "onnxruntime.backend", "onnxruntime.datasets"),
    *("onnxruntime.tools", "onnxruntime.transformers"),
    *("pyqtgraph.examples", "pyqtgraph.jupyter", "pyqtgraph.opengl", "pyqtgraph.flowchart"),
    *("sympy.physics", "sympy.parsing.autolev", "sympy.parsing.latex"),
    # Of torch, what translates networks with a C++ compiler or for graphics cards (the headers for
    # that are not here), and what trains on hundreds of machines.
    *(f"torch._inductor.{name}" for name in _COMPILER),
    *(f"torch._inductor.codegen.{name}" for name in _WRITERS),
    *("torch._vendor.quack", "torch._inductor.fx_passes.serialized_patterns"),
    *("torch.distributed.pipelining", "torch.distributed.elastic", "torch.distributed.launcher"),
    *("torch.distributed.checkpoint", "torch.distributed._tools", "torch.distributed.run"),
    *("torch.distributed.launch", "torch.distributed.optim", "pydantic.v1", "unittest.test"),
    *("torch.test", "torch.utils.benchmark", "torch.utils.bottleneck", "torch.utils.tensorboard"),
)
"""Modules that PyInstaller is told not to follow."""

_TESTS = re.compile(r"(^|\.)(tests?|conftest|benchmarks)(\.|$)")
_LEXERS = "pygments.lexers."
_LEXERS_USED = ("_mapping", "bash", "c_cpp", "c_like", "data", "javascript", "python", "shell")
_TORCH_TESTING = "torch.testing._internal."
_TORCH_TESTING_USED = frozenset(
    f"{_TORCH_TESTING}{name}" for name in ("logging_tensor", "common_dtype", "logging_utils")
)
"""torch's own machinery imports these, the rest of the folder is its test suite."""

_DROPPED = (
    # torch: test programs and libraries, and what compiles extensions.
    *("torch/bin/*", "torch/include/*", "torch/share/*", "torch/test/*"),
    *("torch/lib/*.a", "torch/lib/*.lib", "torch/lib/*_test*", "torch/lib/libaoti_custom_ops*"),
    *("torch/lib/libbackend_with_compiler*", "torch/lib/*protoc*", "torch/lib/*.pdb"),
    # torchvision: operators and decoders that the app does without (torchvision_compat).
    *("torchvision/_C*", "torchvision/image*", "torchvision.libs/*", "libnvjpeg*", "libcudart*"),
    # onnxruntime: the same again, for programs in C.
    *("onnxruntime/capi/libonnxruntime.*", "onnxruntime/capi/onnxruntime.lib"),
    *(
        "PySide6/Qt/qml/*",
        "PySide6/Qt/libexec/*",
        "PySide6/Qt/resources/*",
        "PySide6/Qt/metatypes/*",
    ),
    # The sources of translations, and of a package's facts those that nobody looks up.
    *("effnet_studio/resources/i18n/*.ts", "numpy/_core/_multiarray_tests*"),
    *("*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED", "*.dist-info/WHEEL"),
    *("*.pyi", "*.pxd", "*.h", "*.hpp", "*.cuh", "*.cmake", "*/py.typed"),
)
"""Files that are left out, as patterns of their path inside the bundle."""

_KEPT = ("torch/bin/torch_shm_manager*",)
"""Exceptions: torch does not start without it."""

_PLUGINS = {
    "iconengines": ("svgicon",),
    "imageformats": ("gif", "ico", "jpeg", "svg", "webp"),
    "platforminputcontexts": (
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    ),
    "platforms": ("cocoa", "minimal", "offscreen", "wayland", "windows", "xcb"),
    # Not gtk3: it would bring another system's GTK.
    "platformthemes": ("xdgdesktopportal",),
    "styles": ("macstyle", "modernwindowsstyle"),
    "wayland-decoration-client": ("bradient",),
    "wayland-shell-integration": ("xdg-shell",),
}
"""Of Qt's plugins, by their folder; no others are taken."""

_QT_TEXTS = ("qtbase_en.qm", "qtbase_zh_CN.qm")

_OF_THE_SYSTEM = (
    *("ld-linux*", "libc.so*", "libdl.so*", "libm.so*", "libpthread.so*", "librt.so*"),
    *("libresolv.so*", "libutil.so*"),
    *("libgcc_s.so*", "libstdc++.so*"),
    *("libEGL*", "libGL*", "libdrm*", "libgbm*"),
    *("libX11*", "libXau*", "libXdmcp*", "libXext*", "libxcb.so*"),
    *("libfontconfig*", "libfreetype*", "libexpat*", "libharfbuzz*", "libgraphite2*", "libz.so*"),
    *("libdbus-1*", "libsystemd*", "libgcrypt*", "libgpg-error*", "liblz4*", "libcap.so*"),
    *("libglib-2*", "libgthread-2*", "libgobject-2*", "libgio-2*", "libpcre2*", "libblkid*"),
    *("libmount*", "libselinux*", "libwayland-*", "libbrotli*", "libpng16*", "libmd.so*"),
    *("libbsd.so*", "libzstd.so*"),
)
"""Libraries that every Linux desktop has, and that must fit its other parts: its own are used."""

_SOURCE_NEEDED = re.compile(
    r"install_config_module|jit\.script|_overload|boolean_dispatch|onnxscript|getsource"
)
"""Signs of what reads sources when it is imported: TorchScript, ONNX Script, torch's settings."""


def standard_library(folder: Path) -> list[str]:
    """Name the modules of Python's own library that are taken along.

    All of it but tests and the like: a converter that is installed later may import any of it.

    Args:
        folder: The library, such as ``/usr/lib/python3.11``.
    """
    names = {name for name in sys.stdlib_module_names if name not in STANDARD_LIBRARY_LEFT_OUT}
    found = set(names)
    for name in names:
        if (folder / name).is_dir():
            found.update(modules_of(folder / name))
    return sorted(name for name in found if not name.startswith("lib2to3"))


def modules_of(package: Path) -> Iterator[str]:
    """Name a package's modules, its tests and examples left aside.

    Args:
        package: Its folder.
    """
    for file in sorted(package.rglob("*.py")):
        relative = file.relative_to(package.parent).with_suffix("")
        parts = relative.parts[:-1] if relative.name == "__init__" else relative.parts
        name = ".".join(parts)
        if all(part.isidentifier() for part in parts) and is_wanted_module(name):
            yield name


def is_wanted_module(name: str) -> bool:
    """Tell whether a module belongs into the app, if it is of a package that does.

    Args:
        name: Its dotted name.
    """
    if name in EXCLUDED or any(name.startswith(f"{other}.") for other in EXCLUDED):
        return False
    if name.startswith(_TORCH_TESTING):
        return name in _TORCH_TESTING_USED
    if name.startswith(_LEXERS):
        return name.removeprefix(_LEXERS) in _LEXERS_USED
    return _TESTS.search(name) is None


def is_wanted_file(path: str) -> bool:
    """Tell whether a file that PyInstaller has collected is to be in the bundle.

    Args:
        path: Inside the bundle, with ``/`` between folders.
    """
    if any(fnmatch(path, pattern) for pattern in _KEPT):
        return True
    if any(fnmatch(path, pattern) for pattern in _DROPPED):
        return False
    place = PurePosixPath(path)
    if place.parts[0] in {"PySide6", "shiboken6"}:
        return _is_wanted_of_qt(place)
    if place.suffix in {".py", ".pyc"}:
        name = ".".join(place.with_suffix("").parts)
        return is_wanted_module(name.removesuffix(".__init__"))
    if len(place.parts) == 1 and sys.platform.startswith("linux"):
        return not is_of_the_system(place.name)
    return True


def is_of_the_system(name: str) -> bool:
    """Tell whether a library is left to the system that the app runs on (Linux).

    Args:
        name: Of the file.
    """
    return any(fnmatch(name, pattern) for pattern in _OF_THE_SYSTEM)


def _is_wanted_of_qt(place: PurePosixPath) -> bool:
    parts = place.parts
    if "plugins" in parts:
        folder, name = parts[parts.index("plugins") + 1 :][:2]
        plugin = re.sub(r"^(lib)?q?|\.(so|dll|dylib)$", "", name)
        return plugin in _PLUGINS.get(folder, ())
    if "translations" in parts:
        return place.name in _QT_TEXTS
    return True


def needs_source(text: str) -> bool:
    """Tell whether a module of torch and its friends must have its source text at hand.

    Args:
        text: The source.
    """
    return _SOURCE_NEEDED.search(text) is not None


def wanted(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Sift one of PyInstaller's lists.

    Args:
        entries: Path inside the bundle, path here, kind.
    """
    return [entry for entry in entries if is_wanted_file(entry[0].replace("\\", "/"))]
