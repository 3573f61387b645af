"""Compiles other people's modules without the texts that explain them to programmers.

In torch and its friends these are a seventh of all compiled code. Nobody reads them in an app
without a Python prompt. They become empty, not missing: some modules add to theirs.
"""

from __future__ import annotations

import ast
import importlib.util
import marshal
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

PACKAGES = (
    "PIL",
    "mpmath",
    "networkx",
    "onnx_ir",
    "pyqtgraph",
    "sympy",
    "timm",
    "torch",
    "torchvision",
)
"""Not NumPy, which looks for words in its own, not ONNX Script, which writes them into models, and
not what the command line makes its help of."""

_UNCHECKED = (1).to_bytes(4, "little")
_EXPLAINED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def without_docstrings(source: str) -> ast.Module:
    """Parse a module and empty its docstrings.

    Args:
        source: Its text.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not isinstance(node, _EXPLAINED) or not node.body:
            continue
        first = node.body[0]
        if (
            isinstance(first, ast.Expr)
            and isinstance(first.value, ast.Constant)
            and isinstance(first.value.value, str)
        ):
            first.value.value = ""
    return tree


def compiled(source: str, name: str) -> bytes:
    """Compile a module as a file that Python loads without comparing it with its source.

    Args:
        source: Its text.
        name: Path that tracebacks show.
    """
    code = compile(without_docstrings(source), name, "exec", dont_inherit=True, optimize=0)
    return importlib.util.MAGIC_NUMBER + _UNCHECKED + bytes(8) + marshal.dumps(code)


def compile_anew(internal: Path, packages: Path, library: Path) -> int:
    """Replace modules of some packages and of Python's library by such without docstrings.

    Args:
        internal: The bundle's folder, in which the modules lie where Python looks for them.
        packages: Where the packages' sources are.
        library: Where the sources of Python's own library are.

    Returns:
        Bytes that are saved.
    """
    saved = 0
    for target in _modules(internal):
        relative = _source_of(target.relative_to(internal))
        home = packages if relative.parts[0] in PACKAGES else library
        source = home / relative
        if not source.is_file():
            continue
        before = target.stat().st_size
        with tokenize.open(source) as text:
            target.write_bytes(compiled(text.read(), relative.as_posix()))
        saved += before - target.stat().st_size
    return saved


def _modules(internal: Path) -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((internal / package).rglob("*.pyc"))
    for name in sorted(sys.stdlib_module_names):
        yield from sorted((internal / name).rglob("*.pyc"))
        if (internal / f"{name}.pyc").exists():
            yield internal / f"{name}.pyc"


def _source_of(module: Path) -> Path:
    if module.parent.name == "__pycache__":
        return module.parent.parent / f"{module.name.split('.')[0]}.py"
    return module.with_suffix(".py")
