"""Numbers, shares, sizes and times in the words of the window's language."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

if TYPE_CHECKING:
    from collections.abc import Iterable

_WITHIN_FIGURE: Final = re.compile(
    r"(?<=\d) (?=%|秒|分钟|小时|(?:[kMGT]?B|bytes|ms|s|min|h|px|[MG])(?![A-Za-z]))"
    r"|(?<=[\d%]) (?=– \d)|(?<=[\d%] –) (?=\d)"
)
"""Spaces between a number and its unit, and within a range."""


def count_text(number: int) -> str:
    """A whole number with the language's separators."""
    return QLocale().toString(number)


def percent_text(share: float, decimals: int = 1) -> str:
    """A share in [0, 1] as a percentage."""
    return f"{QLocale().toString(100 * share, 'f', decimals)} %"


def decimal_text(value: float, decimals: int = 1) -> str:
    """A number with so many digits behind the point."""
    return QLocale().toString(float(value), "f", decimals)


def figure_text(value: float, digits: int = 3) -> str:
    """A number with so many digits that count."""
    return QLocale().toString(float(value), "g", digits)


def unbroken(text: str) -> str:
    """A text whose numbers are not torn from their units at the end of a line.

    Args:
        text: Plain or rich text in the window's language.

    Returns:
        The same with no-break spaces between a number and the unit or % sign after it, and in
        ranges such as ``5 % – 10 %``.
    """
    return _WITHIN_FIGURE.sub("\u00a0", text)


def list_text(parts: Iterable[str]) -> str:
    """Things one after the other, as the language lists them."""
    return QCoreApplication.translate("Text", ", ").join(parts)


def sentences_text(sentences: Iterable[str]) -> str:
    """Sentences one after the other, without the empty ones.

    A blank stands between them, but not behind a full-width mark, which brings its own room: so
    Chinese is written without blanks, also where one of the sentences is the system's in English.
    """
    text = ""
    for each in filter(None, sentences):
        text += each if not text or text.endswith(tuple("。！？；：，、）")) else f" {each}"
    return text


def none_text() -> str:
    """The verdict on an image that is none of the classes."""
    return QCoreApplication.translate("Text", "None of these")


def answer_text(label: str, *, rejected: bool) -> str:
    """The answer to an image: its class, or "none of these" and the class that comes nearest."""
    return f"{none_text()} ({label})" if rejected else label


def area_text(value: float, decimals: int = 3) -> str:
    """A figure in [0, 1] that is no percentage, such as an area; a dash where it is undefined."""
    return "–" if math.isnan(value) else QLocale().toString(value, "f", decimals)


def threshold_text(threshold: float) -> str:
    """A probability as a percentage; close to 0 and 1 as exact as tells it from them."""
    if math.isinf(threshold):
        return "∞"
    rest = 1 - threshold
    if 0 < threshold < 1e-3:
        return f"{QLocale().toString(100 * threshold, 'g', 2)} %"
    if 0 < rest < 1e-3:
        return f"100 − {QLocale().toString(100 * rest, 'g', 2)} %"
    return percent_text(threshold)


def bytes_text(size: int) -> str:
    """A number of bytes in the largest fitting unit of 1,000."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def rough_bytes_text(size: int) -> str:
    """A size of which only the first two digits are known, such as ``"1.4 GB"`` or ``"55 MB"``."""
    unit, factor = ("GB", 1e9) if size >= 0.95e9 else ("MB", 1e6)
    value = size / factor
    return f"{QLocale().toString(value, 'f', 1 if value < 10 else 0)} {unit}"


def duration_text(seconds: float) -> str:
    """A length of time, as exact as is useful: seconds, minutes, or hours and minutes."""
    whole = max(0, round(seconds))
    if whole < 60:
        return QCoreApplication.translate("Text", "{n} s").format(n=whole)
    if whole < 600 and whole % 60:
        return QCoreApplication.translate("Text", "{m} min {s} s").format(
            m=whole // 60, s=whole % 60
        )
    minutes = round(whole / 60)
    if minutes < 60:
        return QCoreApplication.translate("Text", "{m} min").format(m=minutes)
    return QCoreApplication.translate("Text", "{h} h {m} min").format(
        h=minutes // 60, m=minutes % 60
    )


def remaining_text(seconds: float | None) -> str:
    """How long something still takes, rounded as honest estimates are; empty while unknown."""
    if seconds is None:
        return ""
    if seconds < 5:
        return QCoreApplication.translate("Text", "a few seconds left")
    return QCoreApplication.translate("Text", "about {time} left").format(
        time=duration_text(rounded_remaining(seconds))
    )


def rounded_remaining(seconds: float) -> float:
    """A remaining time in seconds, rounded to what such estimates are worth."""
    step = 5 if seconds < 60 else 10 if seconds < 180 else 60
    return max(step, step * round(seconds / step))


def rate_text(per_second: float) -> str:
    """A number of things per second, with about three digits."""
    if not math.isfinite(per_second):
        return "–"
    return QLocale().toString(per_second, "f", 0 if per_second >= 100 else 1)


def moment_text(iso: str) -> str:
    """A time stamp as lists show it.

    Args:
        iso: ISO 8601, in any time zone.

    Returns:
        The local time if that is today, else date and time; the input if it is no time stamp.
    """
    try:
        local = datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return iso
    when = QDateTime.fromSecsSinceEpoch(int(local.timestamp()))
    # As the user's country writes them, in the window's language: 25/11/2026 in British English.
    places = QLocale(QLocale().language(), QLocale.system().territory())
    clock = places.toString(when.time(), QLocale.FormatType.ShortFormat)
    if when.date() == QDate.currentDate():
        return QCoreApplication.translate("Text", "today, {clock}").format(clock=clock)
    day = places.toString(when.date(), QLocale.FormatType.ShortFormat)
    return QCoreApplication.translate("Text", "{day}, {clock}").format(day=day, clock=clock)
