"""Compiles other people's modules without the texts that explain them to programmers.

In torch and its friends these are a seventh of all compiled code. Nobody reads them in an app
without a Python prompt. They become empty, not missing: some modules add to theirs.
"""

from __future__ import annotations

import ast
import importlib.util
import marshal
from pathlib import Path

PACKAGES = ("mpmath", "networkx", "pyqtgraph", "sympy", "timm", "torch", "torchvision")
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


def compile_anew(internal: Path, packages: Path) -> int:
    """Replace the compiled modules of some packages by such without docstrings.

    Args:
        internal: The bundle's folder, in which the modules lie where Python looks for them.
        packages: Where the sources are.

    Returns:
        Bytes that are saved.
    """
    saved = 0
    for package in PACKAGES:
        for target in sorted((internal / package).rglob("*.pyc")):
            relative = _source_of(target.relative_to(internal))
            source = packages / relative
            if not source.is_file():
                continue
            before = target.stat().st_size
            target.write_bytes(compiled(source.read_text("utf-8"), relative.as_posix()))
            saved += before - target.stat().st_size
    return saved


def _source_of(module: Path) -> Path:
    if module.parent.name == "__pycache__":
        return module.parent.parent / f"{module.name.split('.')[0]}.py"
    return module.with_suffix(".py")
