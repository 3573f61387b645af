"""The guide's page of keys says what the window answers to."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.key_table import markdown
from effnet_studio.paths import guide_dir


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_the_page_of_keys_is_the_table_of_the_window(
    qapp: QApplication, language: str
) -> None:
    install_language(qapp, language)
    title, tables = markdown().split("\n", 1)
    install_language(qapp, "en")
    page = (guide_dir() / language / "shortcuts.md").read_text(encoding="utf-8")
    assert page.startswith(f"{title}\n")
    assert page.endswith(tables), (
        "run python -m effnet_studio.gui.models.key_table LANGUAGE and put its tables on the page"
    )
