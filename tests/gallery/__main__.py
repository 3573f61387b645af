"""Render the gallery: ``python -m tests.gallery [--out DIR] [--only data,train-working]``.

Every page in every state, light and dark, in English and Chinese, as PNG files from real widgets
inside the real window. This is how screens are judged, and where the README's pictures come from.

``--guide`` takes the pictures of the user guide instead, as ``docs/guide/pictures.json`` lists
them. They show where the sample lies: give a ``--cache`` that reads well.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication

    from tests.gallery.material import Material
    from tests.gallery.registry import Scenario

THEMES = ("light", "dark")
CONTRASTS = ("contrast_light", "contrast_dark")
LANGUAGES = ("en", "zh_CN")
SIZES = ("1280x800",)


@dataclass(frozen=True)
class Look:
    """One way to show a state.

    Attributes:
        mode: A theme, such as ``"light"``.
        language: ``"en"`` or ``"zh_CN"``.
        size: Width and height of the window.
    """

    mode: str
    language: str
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """Such as ``"dark-zh_CN-1280x800"``."""
        return f"{self.mode}-{self.language}-{self.size[0]}x{self.size[1]}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the tool.

    Returns:
        0; 2 when a scenario could not be shown, the others are rendered all the same.
    """
    options = _parser().parse_args(argv)
    from tests.gallery.registry import all_scenarios, choose

    if options.list:
        print("\n".join(scenario.name for scenario in all_scenarios()))
        return 0
    if options.guide:
        return 2 if _take_guide_pictures(_words(options.only), options.cache) else 0
    try:
        scenarios = choose(_words(options.only))
        sizes = [_size(word) for word in _words(options.size)]
        themes = _known(
            re.sub(r"\bcontrast\b", ",".join(CONTRASTS), options.theme), (*THEMES, *CONTRASTS)
        )
        languages = _known(options.lang, LANGUAGES)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    looks = [Look(*look) for look in itertools.product(themes, languages, sizes)]
    options.out.mkdir(parents=True, exist_ok=True)
    failed = render(scenarios, looks, options.out, options.cache, options.project)
    if options.sheet:
        _make_sheets(scenarios, options.out)
    return 2 if failed else 0


def render(
    scenarios: Sequence[Scenario],
    looks: Sequence[Look],
    out: Path,
    cache: Path | None = None,
    project: Path | None = None,
) -> list[str]:
    """Take all pictures.

    Args:
        scenarios: Which states.
        looks: In which looks.
        out: Folder for the PNG files, named ``<page>-<state>-<look>.png``.
        cache: Where the sample and its models are kept.
        project: Show this trained project instead of the sample's; it is copied first.

    Returns:
        Names of the scenarios that failed.
    """
    with tempfile.TemporaryDirectory(prefix="gallery-") as name:
        _isolate(Path(name))
        app = _application()
        from tests.gallery.material import Material, default_cache

        material = Material(cache or default_cache(), project)
        failed = []
        for number, scenario in enumerate(scenarios):
            folder = Path(name) / f"{number:03d}"
            folder.mkdir()
            started = time.monotonic()
            problem = _shoot(app, material, folder, scenario, looks, out)
            seconds = time.monotonic() - started
            print(f"{scenario.name:32} {len(looks)} images {seconds:5.1f} s {problem}", flush=True)
            if problem:
                failed.append(scenario.name)
        return failed


def _take_guide_pictures(names: Sequence[str], cache: Path | None) -> list[str]:
    """Take the user guide's pictures, all or some; gives the scenarios that failed."""
    from tests.gallery.guide_pictures import by_scenario, guide_pictures, remove_others, take

    table = guide_pictures()
    remove_others(table)
    wanted = [each for each in table if not names or each.name in names]
    with tempfile.TemporaryDirectory(prefix="gallery-") as name:
        _isolate(Path(name))
        app = _application()
        from tests.gallery.material import Material, default_cache
        from tests.gallery.registry import choose
        from tests.gallery.stage import Stage

        material, failed = Material(cache or default_cache()), []
        for number, (scenario, pictures) in enumerate(by_scenario(wanted)):
            folder = Path(name) / f"{number:03d}"
            folder.mkdir()
            stage = Stage(app, material, folder)
            problem = ""
            try:
                with stage.set_up(choose([scenario])[0]):
                    take(stage, pictures)
            except Exception as error:  # noqa: BLE001 - one broken page must not hide the others
                problem = f"FAILED: {type(error).__name__}: {error}"
                failed.append(scenario)
            finally:
                stage.close()
            print(f"{scenario:32} {problem}", flush=True)
        return failed


def _shoot(  # noqa: PLR0917 - the loop's variables
    app: QApplication,
    material: Material,
    folder: Path,
    scenario: Scenario,
    looks: Sequence[Look],
    out: Path,
) -> str:
    """Take one scenario's pictures; what went wrong is said so that the rest goes on."""
    from tests.gallery.stage import Stage

    stage = Stage(app, material, folder)
    try:
        with stage.set_up(scenario):
            for look in looks:
                picture = stage.picture(mode=look.mode, language=look.language, size=look.size)
                picture.save(str(out / f"{scenario.name}-{look.name}.png"))
    except Exception as error:  # noqa: BLE001 - one broken page must not hide the others
        return f"FAILED: {type(error).__name__}: {error}"
    finally:
        stage.close()
    return ""


def _make_sheets(scenarios: Sequence[Scenario], out: Path) -> None:
    from tests.gallery.sheet import contact_sheet

    for page in dict.fromkeys(scenario.page for scenario in scenarios):
        pictures = [
            file
            for scenario in scenarios
            if scenario.page == page
            for file in sorted(out.glob(f"{scenario.name}-*.png"))
        ]
        if pictures:
            contact_sheet(pictures, out / f"sheet-{page}.png")


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication(["gallery"])


def _isolate(home: Path) -> None:
    """Keep the user's settings, recent projects and caches out of the pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["EFFNET_STUDIO_CACHE"] = str(home / "cache")
    os.environ["EFFNET_STUDIO_DATA"] = str(home / "data")


def _words(text: str) -> list[str]:
    return [word for word in text.replace(" ", ",").split(",") if word]


def _known(text: str, names: Sequence[str]) -> list[str]:
    """The words of an option; each must be one of these names."""
    words = _words(text)
    for word in words:
        if word not in names:
            raise ValueError(f"{word} is not known; choose from {', '.join(names)}.")
    return words


def _size(word: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)x(\d+)", word)
    if found is None:
        raise ValueError(f"{word} is no size; give WIDTHxHEIGHT, such as 1280x800.")
    return int(found[1]), int(found[2])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=Path("build/gallery"), help="folder of the PNGs"
    )
    parser.add_argument("--only", default="", help="pages or scenarios, separated by commas")
    parser.add_argument("--size", default=",".join(SIZES), help="WIDTHxHEIGHT, also several")
    parser.add_argument(
        "--theme", default=",".join(THEMES), help="by default light,dark; also contrast"
    )
    parser.add_argument("--lang", default=",".join(LANGUAGES), help="by default en,zh_CN")
    parser.add_argument("--sheet", action="store_true", help="also one contact sheet per page")
    parser.add_argument("--cache", type=Path, help="where the sample's models are kept")
    parser.add_argument("--project", type=Path, help="a trained project to show instead")
    parser.add_argument("--guide", action="store_true", help="the user guide's pictures instead")
    parser.add_argument("--list", action="store_true", help="only list the scenarios")
    return parser


if __name__ == "__main__":
    sys.exit(main())
