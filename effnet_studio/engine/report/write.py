"""Writing reports and model cards to disk, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine import atomic
from effnet_studio.engine.report.build import build_report
from effnet_studio.engine.report.card import model_card
from effnet_studio.engine.report.html import report_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.report.facts import Facts


def write_html(
    path: Path, facts: Facts, *, words: Callable[[Message], str] = str, language: str = "en"
) -> None:
    """Write a report for a browser.

    Args:
        path: The file, ``.html`` by custom.
        facts: What it says.
        words: Says messages in the reader's language.
        language: Which that is, such as ``"zh_CN"``.

    Raises:
        StorageError: If it cannot be written.
    """
    atomic.write_text(path, report_html(build_report(facts), words=words, language=language))


def write_card(path: Path, facts: Facts, *, words: Callable[[Message], str] = str) -> None:
    """Write a model card.

    Args:
        path: The file, ``.md`` by custom.
        facts: What it says.
        words: Says messages in the reader's language.

    Raises:
        StorageError: If it cannot be written.
    """
    atomic.write_text(path, model_card(facts, words=words))
