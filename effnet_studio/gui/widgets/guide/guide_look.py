"""How a page of the guide looks: a style sheet in the part of CSS that Qt's documents know."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

from effnet_studio.gui.theme import (
    FONT_CAPTION,
    FONT_DISPLAY,
    FONT_STRONG,
    FONT_TITLE,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_5,
)

if TYPE_CHECKING:
    from effnet_studio.gui.colors import Theme

MEASURE: Final = 600
"""Widest line, pixels: about 75 letters or 40 Chinese characters."""

_SHEET: Final = Template("""
body { color: $text; font-size: ${body}px; }
h1 { font-size: ${display}px; font-weight: 600; margin-top: 0; margin-bottom: ${space_3}px; }
h2 { font-size: ${title}px; font-weight: 600; margin-top: ${space_5}px;
  margin-bottom: ${space_2}px; }
h3 { font-size: ${body}px; font-weight: 600; margin-top: ${space_4}px;
  margin-bottom: ${space_1}px; }
p { margin-top: 0; margin-bottom: ${space_3}px; line-height: 125%; }
li { margin-bottom: ${space_1}px; line-height: 125%; }
ul, ol { margin-top: 0; margin-bottom: ${space_3}px; }
a { color: $accent_text; text-decoration: none; }
code { font-family: "JetBrains Mono", "Cascadia Mono", "Menlo", "Noto Sans Mono", monospace;
  background-color: $sunken; }
pre { background-color: $sunken; margin-bottom: ${space_3}px; }
blockquote { color: $muted; margin-left: ${space_4}px; margin-right: 0; }
table { border-collapse: collapse; border: 1px solid $border; margin-bottom: ${space_4}px; }
th { background-color: $sunken; text-align: left; }
td, th { border: 1px solid $border; padding: ${space_2}px; }
.caption { color: $muted; font-size: ${caption}px; margin-bottom: ${space_4}px; }
.note { color: $warning; background-color: $warning_soft; margin-bottom: ${space_4}px; }
.picture { margin-top: ${space_2}px; margin-bottom: ${space_1}px; line-height: 100%; }
""")


def guide_style(theme: Theme) -> str:
    """Fill the sheet.

    Args:
        theme: Where the colours come from.

    Returns:
        A default style sheet for a text document.
    """
    colors = {key: value for key, value in vars(theme).items() if isinstance(value, str)}
    return _SHEET.substitute(
        colors,
        caption=FONT_CAPTION,
        body=FONT_STRONG,
        title=FONT_TITLE,
        display=FONT_DISPLAY,
        space_1=SPACE_1,
        space_2=SPACE_2,
        space_3=SPACE_3,
        space_4=SPACE_4,
        space_5=SPACE_5,
    )
