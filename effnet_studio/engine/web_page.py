"""What the pages have in common that the app writes for a browser: look, escaping, pictures.

A page is one file that needs nothing else: no script, no network, pictures inside it. It follows
the reader's light or dark screen and prints in black on white.
"""

from __future__ import annotations

import base64
import html
import io
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

JPEG_QUALITY: Final = 82

BASE_STYLE: Final = """
:root{--bg:#fff;--card:#f7f8fa;--text:#171a21;--muted:#5b6372;--line:#e3e6ec;--bar:#3b5bdb;
--warn:#8a5a00;--warnbg:#fdf1d8}
@media(prefers-color-scheme:dark){@media screen{:root{--bg:#14161b;--card:#1d2027;--text:#e8eaf0;
--muted:#a2a9b8;--line:#343945;--bar:#7f97ff;--warn:#f0c15a;--warnbg:#3a2f14}}}
*{box-sizing:border-box}body{margin:0 auto;max-width:1080px;padding:32px 24px;background:var(--bg);
color:var(--text);font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif}
h1{font-size:26px;margin:0 0 4px}h2{font-size:19px;margin:36px 0 12px}p{margin:0 0 10px}
.muted{color:var(--muted)}.cards{display:grid;gap:16px;
grid-template-columns:repeat(auto-fill,minmax(188px,1fr))}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px;
break-inside:avoid;overflow-wrap:anywhere}
.card img{width:100%;border-radius:4px;display:block}.card b{display:block;margin-top:6px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:4px}
.errors{grid-template-columns:repeat(auto-fill,minmax(300px,1fr))}
.warn{color:var(--warn);background:var(--warnbg);border-radius:4px;padding:2px 6px;
display:inline-block;font-size:13px;margin-top:4px}
.name{font-size:12px;color:var(--muted)}table{border-collapse:collapse;width:100%}
td,th{padding:6px 10px;border-bottom:1px solid var(--line);text-align:right;
font-variant-numeric:tabular-nums}td:first-child,th:first-child{text-align:left}
.bar{position:relative;height:12px;min-width:180px;background:var(--line);border-radius:3px}
.bar i{position:absolute;inset:0 auto 0 0;background:var(--bar);border-radius:3px;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
.bar u{position:absolute;top:-3px;bottom:-3px;width:2px;background:var(--text)}
p.warn{display:block;padding:6px 10px;font-size:14px}
@media print{body{max-width:none;padding:0;font-size:12px}h2{break-after:avoid}
tr{break-inside:avoid}.cards{grid-template-columns:repeat(5,1fr);gap:8px}
.errors{grid-template-columns:repeat(3,1fr)}@page{margin:14mm}}
"""
"""Colours in light, dark and print, text, cards with pictures, tables, bars of shares."""


_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What a page may load: nothing but the pictures and rules inside it."""


def page(title: str, body: Iterable[str], *, style: str = "", language: str = "en") -> str:
    """Put a page together.

    Args:
        title: Of the window or tab; escaped here.
        body: Pieces of HTML.
        style: Rules beside :data:`BASE_STYLE`.
        language: Of its sentences, such as ``"en"`` or ``"zh_CN"``.

    Returns:
        The whole file.
    """
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escaped(language.replace("_", "-"))}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>{escaped(title)}</title>",
            f"<style>{BASE_STYLE}{style}</style></head><body>",
            *body,
            "</body></html>",
        ]
    )


def escaped(text: str) -> str:
    r"""Make a text safe inside a page, in attributes too.

    Args:
        text: Any; bytes of file names that are no valid text are written as ``\xNN``.

    Returns:
        What a browser shows as that text.
    """
    return html.escape(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def jpeg(pixels: NDArray[np.uint8]) -> bytes:
    """Pack a picture as a small file.

    Args:
        pixels: RGB, uint8, shape (height, width, 3).

    Returns:
        A JPEG file.
    """
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, format="JPEG", quality=JPEG_QUALITY)
    return data.getvalue()


def image(file: bytes, alt: str = "") -> str:
    """A picture inside a page.

    Args:
        file: As from :func:`jpeg`.
        alt: What it shows, for people who cannot see it; empty where the text beside it says so.

    Returns:
        An ``img`` element.
    """
    text = base64.b64encode(file).decode("ascii")
    return f'<img alt="{escaped(alt)}" src="data:image/jpeg;base64,{text}">'
