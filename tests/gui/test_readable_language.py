"""Chinese is shown where a font has it; elsewhere the window stays English and says why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

from effnet_studio.gui.readable_language import has_glyphs, install_readable_language

_DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
_PROGRAM = """
import json
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from effnet_studio.app import make_window
from effnet_studio.gui.settings import Settings

app = QApplication([])
settings = Settings(parent=app)
settings.set_value("language", "zh_CN")
window = make_window(app, settings)
window.show()
app.processEvents()

def said():
    return [label.text() for label in window.errors.findChildren(QLabel) if label.text()]

begun = said()
settings.set_value("language", "en")
window.errors.clear()
settings.set_value("language", "zh_CN")
app.processEvents()
train = window.findChild(QPushButton, "nav_train").text()
print(json.dumps({"begun": begun, "chosen": said(), "train": train}))
window.session.jobs.shutdown()
window.close()
"""


@pytest.mark.skipif(not _DEJAVU.is_dir(), reason="DejaVu's fonts are not installed")
def test_that_without_a_chinese_font_the_window_is_english_and_says_why(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{_DEJAVU}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    env = {**os.environ, "FONTCONFIG_FILE": str(fonts), "EFFNET_STUDIO_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env={**env, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    for words in (found["begun"], found["chosen"]):
        assert any("no font with Chinese characters" in text for text in words), found
    assert found["train"] == "Train"


@pytest.mark.skipif(sys.platform != "linux", reason="fonts are asked of fontconfig")
def test_that_with_a_chinese_font_the_window_becomes_chinese(qapp, english) -> None:
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        pytest.skip("no Chinese font here")
    assert has_glyphs("简体中文")
    assert install_readable_language(qapp, "zh_CN") is None


def test_that_characters_of_no_font_are_missed(qapp) -> None:
    assert has_glyphs("Train")
    assert not has_glyphs("Train \U0010fffd")
