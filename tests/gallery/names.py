"""Names of classes as people give them, and titles of jobs as the app gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Callable

SPECIES = (
    "Ackerhummel", "Baumweißling", "C-Falter", "Distelfalter", "Erdhummel", "Feuerwanze",
    "Goldlaufkäfer", "Hornisse", "Igelspinner", "Junikäfer", "Kohlweißling", "Landkärtchen",
    "Marienkäfer", "Nachtpfauenauge", "Ohrwurm", "Plattbauchlibelle", "Quelljungfer",
    "Rosenkäfer", "Schwalbenschwanz", "Taubenschwänzchen",
)  # fmt: skip
CHINESE = (
    "七星瓢虫", "菜粉蝶", "中华蜜蜂(Apis cerana cerana)", "红蜻", "中国扁蜻指名亚种", "螽斯",
)  # fmt: skip
PAIR = ("healthy", "infested by the spruce bark beetle")


def in_words(context: str, text: str, **values: str) -> Callable[[], str]:
    """A title that follows the window's language, as those of real jobs do.

    Args:
        context: Where the app has it translated.
        text: In English.
        **values: For the fields of the text, English texts of the same kind.
    """

    def title() -> str:
        return QCoreApplication.translate(context, text).format(**values)

    return title
