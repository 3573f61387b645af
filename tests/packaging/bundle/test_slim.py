"""What is done to a bundle after PyInstaller."""

import importlib.util
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from bundle import docstrings, icu, slim

PACKAGES = Path(sysconfig.get_path("purelib"))
HEAD = (
    (32).to_bytes(2, "little") + bytes([0xDA, 0x27]) + bytes(8) + b"CmnD" + bytes(16)
)  # 32 bytes in all


def run_module(folder: Path, name: str) -> str:
    """Import a module in another Python and let it speak."""
    code = f"import sys; sys.dont_write_bytecode = True; import {name}; print({name}.say())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def compile_beside(source: Path) -> None:
    """A compiled module in the place of its source, as PyInstaller leaves it."""
    code = compile(source.read_text(), source.name, "exec")
    import marshal

    source.with_suffix(".pyc").write_bytes(
        importlib.util.MAGIC_NUMBER + b"\0\0\0\0timesize" + marshal.dumps(code)
    )


def test_that_a_source_gets_its_compiled_module_where_python_looks(tmp_path: Path) -> None:
    source = tmp_path / "speaking.py"
    source.write_text("import inspect\ndef say():\n    return inspect.getsource(say)[:9]\n")
    compile_beside(source)
    slim.settle_modules(tmp_path)
    assert not source.with_suffix(".pyc").exists()
    twin = Path(importlib.util.cache_from_source(str(source)))
    before = twin.read_bytes()
    source.touch()  # a package has no times
    assert run_module(tmp_path, "speaking") == "def say()"
    assert twin.read_bytes() == before
    slim.settle_modules(tmp_path)  # done twice nothing is lost
    assert source.exists()


def test_that_modules_without_source_are_alike_from_build_to_build(tmp_path: Path) -> None:
    source = tmp_path / "quiet.py"
    source.write_text("def say():\n    return 'quiet'\n")
    compile_beside(source)
    source.unlink()
    slim.settle_modules(tmp_path)
    assert b"timesize" not in (tmp_path / "quiet.pyc").read_bytes()
    assert run_module(tmp_path, "quiet") == "quiet"


def test_that_sources_that_nobody_reads_go_but_those_for_other_pythons(tmp_path: Path) -> None:
    lonely, inside = tmp_path / "lonely.py", tmp_path / "effnet_studio" / "inside.py"
    inside.parent.mkdir()
    for file in (lonely, inside):
        file.write_text("x = 1\n")
    slim.settle_modules(tmp_path)
    assert not lonely.exists()
    assert inside.exists()


def test_that_docstrings_of_others_become_empty_and_code_stays() -> None:
    source = (
        '"""Of the module."""\nfrom __future__ import annotations\n'
        'class A:\n    """Of the class."""\n    def f(self):\n        """Of f."""\n'
        '        return "a text"\nB = A.__doc__ + "added"\n'
    )
    content = docstrings.compiled(source, "m.py")
    assert b"Of the" not in content
    assert b"Of f" not in content
    assert b"a text" in content
    import marshal

    names: dict[str, object] = {}
    exec(marshal.loads(content[16:]), names)
    assert names["B"] == "added"
    assert content == docstrings.compiled(source, "m.py")


def test_that_pip_runs_from_its_archive(tmp_path: Path) -> None:
    slim.put_pip(tmp_path, PACKAGES)
    told = subprocess.run(
        [sys.executable, "-I", str(tmp_path / slim.PIP), "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.startswith("pip ")
    first = (tmp_path / slim.PIP).read_bytes()
    slim.put_pip(tmp_path, PACKAGES)
    assert (tmp_path / slim.PIP).read_bytes() == first
    with zipfile.ZipFile(tmp_path / slim.PIP) as archive:
        assert not [name for name in archive.namelist() if name.endswith((".exe", ".pyc"))]


def test_that_libraries_that_only_unneeded_ones_need_go_too() -> None:
    needs = {
        "program": ["liba.so"],
        "liba.so": ["libc.so.6"],
        "libgtk.so": ["libpango.so"],
        "libpango.so": ["libcairo.so"],
        "libcairo.so": [],
        "plugin.so": [],
    }
    droppable = ["liba.so", "libgtk.so", "libpango.so", "libcairo.so"]
    assert slim.unneeded(needs, droppable) == {"libgtk.so", "libpango.so", "libcairo.so"}


def test_that_libraries_that_desktops_lack_are_noticed() -> None:
    assert slim.surprises(["libGL.so.1", "libtirpc.so.3", "libc.so.6"]) == ["libtirpc.so.3"]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("root.res", True),
        ("zh.res", True),
        ("zh_Hans_CN.res", True),
        ("de.res", False),
        ("supplementalData.res", True),
        ("zoneinfo64.res", True),
        ("nfkc.nrm", True),
        ("ibm-37_P100-1995.cnv", False),
        ("coll/zh.res", True),
        ("coll/ucadata.icu", True),
        ("coll/ja.res", False),
        ("lang/root.res", True),
        ("brkitr/thaidict.dict", False),
        ("translit/root.res", False),
    ],
)
def test_that_tables_of_the_apps_languages_are_kept(name: str, *, wanted: bool) -> None:
    assert icu.is_wanted_table(name) is wanted


def test_that_tables_are_left_out_of_a_package_and_the_others_found() -> None:
    tables = {
        "icudt73l/de.res": b"German" * 9,
        "icudt73l/root.res": b"root",
        "icudt73l/zh.res": b"Chinese" * 5,
    }
    package = icu.write_tables(HEAD, tables)
    head, found = icu.read_tables(package)
    assert head == HEAD
    assert {name: table.rstrip(b"\0") for name, table in found.items()} == tables
    _, kept = icu.read_tables(icu.lessen(package))
    assert list(kept) == ["icudt73l/root.res", "icudt73l/zh.res"]
    assert kept["icudt73l/zh.res"].rstrip(b"\0") == b"Chinese" * 5
    with pytest.raises(ValueError, match="not tables"):
        icu.read_tables(bytes(64))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt has its own ICU on Linux only")
def test_that_qt_sorts_chinese_with_the_smaller_tables(tmp_path: Path) -> None:
    (library,) = (PACKAGES / "PySide6" / "Qt" / "lib").glob("libicudata.so.*")
    copy = tmp_path / library.name
    shutil.copyfile(library, copy)
    assert icu.lessen_library(copy) > 20_000_000
    code = (
        "from PySide6.QtCore import QCollator, QLocale\n"
        "for name in ('zh_CN', 'en_GB', 'de_DE'):\n"
        "    c = QCollator(QLocale(name))\n"
        "    print([c.compare(*pair) for pair in ('中文', 'äz', 'aB', '一丁')])\n"
        "print(open('/proc/self/maps').read().count('/small/') and 'small')\n"
    )
    small = tmp_path / "small"
    small.mkdir()
    copy.rename(small / copy.name)
    answers = []
    for preload in ("", str(small / copy.name)):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={"PATH": "/usr/bin:/bin", "LD_PRELOAD": preload, "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=True,
        )
        answers.append(done.stdout.splitlines())
    assert answers[0][:3] == answers[1][:3]
    assert answers[1][3] == "small"
