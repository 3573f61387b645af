"""Keeps the window's translations complete and fresh.

``python -m tests.check_translations`` fails when a text is not translated, a translation is stale,
or a compiled file is older than its source. ``--update`` collects new texts, keeps what is
translated, and compiles. ``--fill FILE`` does the same and takes translations from a JSON object
of source texts (``{"Train": "训练"}``; ``"Context|Train"`` where one word has two translations; a
list for the forms of a plural).

Texts of the window are split by owner into groups, one pair of ``.ts`` files each, so that people
who work on different pages do not edit the same file. Texts of the engine (``msg("…")`` literals,
titles and descriptions of settings) are collected into ``gui/engine_strings.py`` first.
"""

from __future__ import annotations

import argparse
import ast
import fnmatch
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "effnet_studio"
FOLDER = ROOT / "resources" / "i18n"
ENGINE_STRINGS = PACKAGE / "gui" / "engine_strings.py"

GROUPS: dict[str, tuple[str, ...]] = {
    "engine": ("gui/engine_strings.py",),
    "train": (
        "gui/*train*",
        "gui/pages/models.py",
        "gui/widgets/architectures/*",
        "gui/widgets/plots/*",
        "gui/models/*catalog*",
        "gui/models/*run_list*",
        "gui/models/*series*",
        "gui/dialogs/*weights*",
    ),
    "evaluate": (
        "gui/*evaluat*",
        "gui/widgets/evaluate/*",
    ),
    "results": (
        "gui/pages/predict.py",
        "gui/pages/export.py",
        "gui/widgets/predict/*",
        "gui/widgets/export/*",
        "gui/*explain*",
        "gui/*explanation*",
        "gui/*channel*",
        "gui/*predict*",
        "gui/*result*",
    ),
}
"""Files of a group, as patterns below the package; ``base`` has all the others."""

LANGUAGES = ("zh_CN", "en")
"""English has a file too: for plurals."""


# -- what the engine says ------------------------------------------------------------------------


def engine_texts() -> list[str]:
    """All sentences of the engine: literals given to ``msg()``, settings' titles and so on."""
    texts: set[str] = set()
    files = sorted([*(PACKAGE / "engine").rglob("*.py"), *(PACKAGE / "gui").rglob("*.py")])
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in {"msg", "Message"} and node.args:
                texts.update(_literals(node.args[0]))
            elif name == "Field":
                for keyword in node.keywords:
                    if keyword.arg in {"title", "description"}:
                        texts.update(_literals(keyword.value))
                    elif keyword.arg == "json_schema_extra" and isinstance(keyword.value, ast.Dict):
                        texts.update(_units(keyword.value))
            elif name == "ModelStage":
                texts.update(_literals(node.args[0]) if node.args else [])
    return sorted(texts)


def _literals(node: ast.expr) -> list[str]:
    """The string(s) an expression stands for, where it is written out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return []


def _units(node: ast.Dict) -> list[str]:
    return [
        text
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value in {"unit", "zero"}
        for text in _literals(value)
    ]


def engine_module(texts: list[str]) -> str:
    """The Python file in which lupdate finds the engine's texts."""
    lines = [
        '"""Texts of the engine for the translation tools; made by tests/check_translations.py."""',
        "",
        "# ruff: noqa: E501, Q003",
        "# fmt: off",
        "from __future__ import annotations",
        "",
        "from effnet_studio.gui.i18n import QT_TRANSLATE_NOOP",
        "",
        "ENGINE_STRINGS = (",
        *(
            f'    QT_TRANSLATE_NOOP("engine", {json.dumps(text, ensure_ascii=False)}),'
            for text in texts
        ),
        ")",
        "",
    ]
    return "\n".join(lines)


# -- the .ts files -------------------------------------------------------------------------------


def group_files() -> dict[str, list[Path]]:
    """The source files of each group."""
    groups: dict[str, list[Path]] = {"base": [], **{name: [] for name in GROUPS}}
    for file in sorted([*(PACKAGE / "gui").rglob("*.py"), PACKAGE / "app.py"]):
        relative = file.relative_to(PACKAGE).as_posix()
        owner = next(
            (
                name
                for name, patterns in GROUPS.items()
                if any(fnmatch.fnmatch(relative, pattern) for pattern in patterns)
            ),
            "base",
        )
        groups[owner].append(file)
    return groups


def update_ts(target: Path, files: list[Path], language: str) -> None:
    """Let lupdate put the texts of these files into a .ts file; translations are kept."""
    plurals = ["-pluralonly"] if language == "en" else []
    relative = [os.path.relpath(file, FOLDER) for file in files]
    _run_tool(
        "lupdate",
        "-silent",
        *plurals,
        "-no-obsolete",
        "-locations",
        "none",
        "-source-language",
        "en",
        "-target-language",
        language,
        *relative,
        "-ts",
        str(target),
    )


def unfinished(ts: Path) -> list[str]:
    """Texts of a .ts file without a finished translation."""
    missing = []
    for message in ET.parse(ts).iter("message"):
        translation = message.find("translation")
        forms = [] if translation is None else translation.findall("numerusform")
        texts = [form.text for form in forms] or [None if translation is None else translation.text]
        done = translation is not None and translation.get("type") != "unfinished"
        if not done or not all(texts):
            missing.append(message.findtext("source") or "")
    return missing


def bare_counts(ts: Path) -> list[str]:
    """Plural forms that would show 10000 instead of 10,000."""
    forms = ET.parse(ts).iter("numerusform")
    return [form.text for form in forms if form.text and "%n" in form.text]


def broken_fields(ts: Path) -> list[str]:
    """Translations whose ``{fields}`` differ from their source's."""
    broken = []
    for message in ET.parse(ts).iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        forms = [] if translation is None else [translation, *translation.findall("numerusform")]
        for form in forms:
            text = form.text or ""
            if text.strip() and _fields(text) != _fields(source):
                broken.append(source)
    return broken


def _fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)[^}]*\}", text))


def tools_installed() -> bool:
    """Whether Qt's translation tools can run on this machine."""
    try:
        _run_tool("lrelease", "-version")
        _run_tool("lupdate", "-version")
    except (OSError, SystemExit):
        return False
    return True


def _run_tool(tool: str, *arguments: str) -> None:
    name = f"{tool}.exe" if sys.platform == "win32" else tool
    folder = Path(PySide6.__file__).parent
    places = [folder / name, folder / "Qt" / "libexec" / name]
    program = next((str(place) for place in places if place.exists()), name)
    done = subprocess.run(
        [program, *arguments], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{tool} failed:\n{done.stdout}{done.stderr}")


def compile_ts(ts: Path, target: Path) -> None:
    """Compile a .ts file; running windows keep the old one, which they have mapped into memory."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        fresh = Path(folder) / target.name
        _run_tool("lrelease", "-silent", str(ts), "-qm", str(fresh))
        fresh.replace(target)


def fill(translations: dict[str, str | list[str]], language: str) -> int:
    """Put translations into the .ts files of a language.

    Args:
        translations: ``"Context|source text"`` to translation (or its plural forms); with the
            source text alone, only what is not translated yet is filled in.
        language: Code of the language.

    Returns:
        How many texts were filled in or changed.
    """
    changed = 0
    for ts in sorted(FOLDER.glob(f"*.{language}.ts")):
        tree = ET.parse(ts)
        before = changed
        pairs = [
            (context.findtext("name") or "", message)
            for context in tree.iter("context")
            for message in context.iter("message")
        ]
        for context, message in pairs:
            source = message.findtext("source") or ""
            translation = message.find("translation")
            wanted = translations.get(f"{context}|{source}")
            if wanted is None and translation is not None and translation.get("type"):
                wanted = translations.get(source)
            if wanted is None or translation is None:
                continue
            forms = [wanted] if isinstance(wanted, str) else wanted
            slots = translation.findall("numerusform") or [translation]
            for slot, text in zip(slots, forms, strict=True):
                changed += slot.text != text
                slot.text = text
            # lupdate guesses from other contexts and leaves the guess unfinished.
            changed += translation.attrib.pop("type", None) is not None
        if changed != before:
            tree.write(ts, encoding="utf-8", xml_declaration=True)
    return changed


# -- the two commands ----------------------------------------------------------------------------


def update() -> None:
    """Collect, keep, compile."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    ENGINE_STRINGS.write_text(engine_module(engine_texts()), encoding="utf-8")
    for group, files in group_files().items():
        for language in LANGUAGES:
            ts = FOLDER / f"{group}.{language}.ts"
            update_ts(ts, files, language)
            compile_ts(ts, ts.with_suffix(".qm"))


def problems() -> list[str]:
    """Everything that is stale, missing or broken, one line each."""
    found = []
    if not ENGINE_STRINGS.exists() or ENGINE_STRINGS.read_text(encoding="utf-8") != engine_module(
        engine_texts()
    ):
        found.append("gui/engine_strings.py is stale")
    for group, files in group_files().items():
        for language in LANGUAGES:
            found += _problems_of(FOLDER / f"{group}.{language}.ts", files, language)
    return found


def _problems_of(ts: Path, files: list[Path], language: str) -> list[str]:
    if not ts.exists():
        return [f"{ts.name} is missing"]
    found = [f"{ts.name}: not translated: {text!r}" for text in unfinished(ts)]
    found += [f"{ts.name}: fields differ: {text!r}" for text in broken_fields(ts)]
    found += [f"{ts.name}: %n has no separators, %Ln has: {text!r}" for text in bare_counts(ts)]
    with tempfile.TemporaryDirectory(dir=FOLDER.parent) as folder:
        fresh = Path(folder) / ts.name
        fresh.write_bytes(ts.read_bytes())
        update_ts(fresh, files, language)
        if fresh.read_bytes() != ts.read_bytes():
            found.append(f"{ts.name} is stale")
        compiled = Path(folder) / "compiled.qm"
        compile_ts(ts, compiled)
        shipped = ts.with_suffix(".qm")
        if not shipped.exists() or shipped.read_bytes() != compiled.read_bytes():
            found.append(f"{shipped.name} is stale")
    return found


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true", help="collect, keep, compile")
    parser.add_argument("--fill", type=Path, help="take translations from a JSON object first")
    parser.add_argument("--language", default="zh_CN", help="language of --fill")
    parser.add_argument("--only", default="", help="show the problems of one group")
    arguments = parser.parse_args()
    if arguments.fill:
        update()
        texts = json.loads(arguments.fill.read_text(encoding="utf-8"))
        print(f"{fill(texts, arguments.language)} texts filled in")
    if arguments.update or arguments.fill:
        update()
    found = [line for line in problems() if line.startswith(arguments.only)]
    for line in found:
        print(line)
    print("translations are complete and fresh" if not found else f"{len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
