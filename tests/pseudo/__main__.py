"""Audit the gallery: ``python -m tests.pseudo [--only data] [--lang pseudo,en,zh_CN] [--rtl]``.

Every scenario is shown in each language and size, and what is wrong is printed: texts that were not
translated (in the language nobody speaks), texts without room, widgets in each other's way.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.gallery.__main__ import _application, _isolate, _size, _words
from tests.gallery.registry import choose

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the tool.

    Returns:
        0 where nothing was found, else 1.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.pseudo", description=__doc__)
    parser.add_argument("--only", default="", help="pages or scenarios, separated by commas")
    parser.add_argument("--skip", default="", help="scenarios to leave out")
    parser.add_argument("--lang", default="pseudo", help="pseudo, en, zh_CN; also several")
    parser.add_argument("--size", default="1280x800,1024x700", help="WIDTHxHEIGHT; also several")
    parser.add_argument("--rtl", action="store_true", help="lay out from right to left")
    parser.add_argument("--out", type=Path, help="also keep pictures in this folder")
    parser.add_argument("--cache", type=Path, help="where the sample's models are kept")
    options = parser.parse_args(argv)
    sizes = [_size(word) for word in _words(options.size)]
    skipped = _words(options.skip)
    scenarios = [each for each in choose(_words(options.only)) if each.name not in skipped]
    seen: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="pseudo-") as name:
        _isolate(Path(name))
        app = _application()
        from tests.gallery.material import Material, default_cache
        from tests.pseudo.audit import Way, audit

        material = Material(options.cache or default_cache())
        ways = [
            Way(language, size, right_to_left=options.rtl)
            for language in _words(options.lang)
            for size in sizes
        ]
        for number, scenario in enumerate(scenarios):
            folder = Path(name) / f"{number:03d}"
            folder.mkdir()
            try:
                found = audit(app, material, folder, scenario, ways, options.out)
            except Exception as error:  # noqa: BLE001 - one broken page must not hide the others
                found = {f"FAILED: {type(error).__name__}: {error}": ""}
            new = {key: where for key, where in found.items() if key not in seen}
            seen.update(dict.fromkeys(new, scenario.name))
            print(f"== {scenario.name}: {len(found)}, new {len(new)}", flush=True)
            for key, where in new.items():
                print(f"   {where}: {key}", flush=True)
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
