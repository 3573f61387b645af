"""What a report says, as plain values that every way of writing it understands.

Words are messages, so that each writer can say them in the reader's language; names (of classes,
files, projects) are plain strings and shown as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from effnet_studio.engine.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

Text = Message | str
"""A sentence or word of the app, or a name."""

_DIRECTIONS: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Embeddings, overrides and isolates of the direction of writing, and their ends."""

Tone = Literal["plain", "muted", "warning"]
Dash = Literal["solid", "dashed", "dots", "bars"]


@dataclass(frozen=True)
class Paragraph:
    """A few sentences.

    Attributes:
        text: What it says.
        tone: ``warning`` for what must not be overlooked.
    """

    text: Text
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bullets:
    """Sentences below each other."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class KeyFigure:
    """A number that is read first.

    Attributes:
        title: What it is.
        value: The number, as text.
        note: Its interval or what it is of.
    """

    title: Text
    value: str
    note: Text = ""


@dataclass(frozen=True)
class KeyFigures:
    """Numbers side by side."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Bar:
    """A share as the length of a bar; the number itself stands in a column beside it.

    Attributes:
        value: In [0, 1].
        low: Lower end of its interval; None: there is none.
        high: Upper end.
    """

    value: float
    low: float | None = None
    high: float | None = None


Cell = Message | str | Bar


@dataclass(frozen=True)
class Column:
    """Head of a column.

    Attributes:
        title: Its name; empty above bars.
        number: Whether it holds numbers, which are set flush right.
    """

    title: Text
    number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows and columns; the first cell of a row says what the row is about.

    Attributes:
        caption: What it shows; always there for a reader who hears it.
        columns: Their heads.
        rows: Cells, as many as there are columns.
        headed: Whether the heads are shown.
        titled: Whether the caption is shown: not where the heading above says the same.
    """

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    headed: bool = True
    titled: bool = False


@dataclass(frozen=True)
class Matrix:
    """A confusion matrix small enough to be read.

    Attributes:
        caption: What it shows.
        classes: Names.
        counts: One tuple for each true class, with the images by predicted class.
    """

    caption: Text
    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Series:
    """Points of a chart.

    Attributes:
        title: For the legend; empty: none.
        x: Places.
        y: Values.
        color: Number of its colour.
        style: How it is drawn: a line, dots, or bars.
        base: What bars stand on; empty: on zero.
        low: Lower ends of the intervals; empty: none are drawn.
        high: Upper ends.
    """

    title: Text
    x: tuple[float, ...]
    y: tuple[float, ...]
    color: int = 0
    style: Dash = "solid"
    base: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True)
class Chart:
    """Curves, dots or bars over an axis.

    Attributes:
        title: Above it.
        alt: What it shows in a sentence, for people who cannot see it.
        x_title: Of the axis at the bottom.
        series: What is drawn; the first lies at the bottom.
        x_range: Ends of the axis at the bottom; None: as the values need.
        y_range: Ends of the axis at the left.
        percent: Axes whose numbers are shares in [0, 1] and shown as per cent.
        whole: Whether only whole numbers are marked at the bottom, as of epochs.
        diagonal: Whether a line marks where both axes agree.
        mark: A place at the bottom with a vertical line; None: none.
        mark_title: What the line means.
    """

    title: Text
    alt: Text
    x_title: Text
    series: tuple[Series, ...]
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    percent: Literal["", "x", "y", "xy"] = ""
    whole: bool = False
    diagonal: bool = False
    mark: float | None = None
    mark_title: Text = ""


@dataclass(frozen=True)
class Charts:
    """Charts beside each other where there is room."""

    items: tuple[Chart, ...]


@dataclass(frozen=True)
class Picture:
    """A small picture.

    Attributes:
        file: JPEG.
        alt: What it shows.
    """

    file: bytes
    alt: Text


@dataclass(frozen=True)
class Card:
    """Pictures of one image, and what is said of it.

    Attributes:
        title: The answer.
        pictures: Of the same size; none where the image cannot be read.
        notes: Less important lines.
    """

    title: Text
    pictures: tuple[Picture, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """Cards beside and below each other."""

    cards: tuple[Card, ...]


Block = Paragraph | Bullets | KeyFigures | Table | Matrix | Charts | Sheet


@dataclass(frozen=True)
class Section:
    """A part under a heading.

    Attributes:
        key: Stable name, for links.
        title: The heading.
        blocks: What it holds, in order.
    """

    key: str
    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """The whole.

    Attributes:
        title: Its heading.
        subtitle: Which run and which images.
        opening: What comes before the first section.
        sections: In order.
    """

    title: Text
    subtitle: Text
    opening: tuple[Block, ...]
    sections: tuple[Section, ...]


def spoken(text: Text, words: Callable[[Message], str]) -> str:
    r"""A text in the reader's language.

    Args:
        text: A message, or a name, which has no language.
        words: Says a message in that language.

    Returns:
        The text; bytes of a name that are no valid text are written as ``\xNN``, and signs that
        would turn round what stands behind a name (Unicode Annex 9, section 2) are left out.
    """
    said = words(text) if isinstance(text, Message) else text
    return said.encode("utf-8", "backslashreplace").decode("utf-8").translate(_DIRECTIONS)
