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

_LEFT_OUT_OF_PYTHON = (
    # The main module; tests, tools for programmers, windows, the terminal's.
    "__main__ _curses _curses_panel _tkinter antigravity curses ensurepip idlelib lib2to3 "
    "pydoc_data readline test this tkinter turtle turtledemo venv "
    # Of one system or database, or without a library that all systems have.
    "_crypt _dbm _gdbm _msi crypt msilib nis ossaudiodev spwd winsound "
    "xxlimited xxlimited_35 xxsubtype "
    # Gone from later versions of Python: nothing new needs them.
    "aifc asynchat asyncore cgi cgitb chunk distutils imghdr mailcap nntplib pipes smtpd "
    "sndhdr sunau telnetlib uu xdrlib"
)
STANDARD_LIBRARY_LEFT_OUT = frozenset(_LEFT_OUT_OF_PYTHON.split())
"""Of Python, what no converter and no part of the app needs."""

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
    # The app finds its numbers of 8 bits itself.
    *("onnxruntime.quantization",),
    *("onnxruntime.tools", "onnxruntime.transformers"),
    *("pyqtgraph.examples", "pyqtgraph.jupyter", "pyqtgraph.opengl", "pyqtgraph.flowchart"),
    *(
        "sympy.categories",
        "sympy.physics",
        "sympy.vector",
        "sympy.parsing.autolev",
        "sympy.parsing.latex",
    ),
    # Of torch, what is for graphics cards, and what trains on hundreds of machines. Its compiler
    # stays, though the headers for it are not here: writing a .pt2 file imports half of it.
    *("torch._vendor.quack", "torch._inductor.fx_passes.serialized_patterns"),
    *("torch.distributed.pipelining", "torch.distributed._tools", "pydantic.v1", "unittest.test"),
    *("torch.test", "torch.utils.benchmark", "torch.utils.bottleneck", "torch.utils.tensorboard"),
)
"""Modules that PyInstaller is told not to follow."""

_TESTS = re.compile(r"(^|\.)(tests?|conftest|benchmarks)(\.|$)")
_LEXERS = "pygments.lexers."
_LEXERS_USED = ("_mapping", "bash", "c_cpp", "c_like", "data", "javascript", "python", "shell")
_TORCH_TESTING = "torch.testing._internal."
_TORCH_TESTING_USED = frozenset(
    f"{_TORCH_TESTING}{name}"
    for name in ("common_dtype", "distributed", "distributed.fake_pg", "logging_tensor")
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
    r"install_config_module|jit\.script|@\S*_overload(_method)?\b|boolean_dispatch|@\S*\bscript\b"
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
