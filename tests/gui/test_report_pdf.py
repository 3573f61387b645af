"""Pages of a PDF report: nothing is cut, nothing lost, heads come again."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, StorageError, StudioError
from effnet_studio.engine.report.build import build_report
from effnet_studio.engine.report.content import Bar, Column, Table
from effnet_studio.gui import report_pdf as module
from effnet_studio.gui.i18n import install_language, translate_message
from effnet_studio.gui.pdf_pages import Piece, Text, column_widths, paginate, pt, text_width
from effnet_studio.gui.pdf_tables import table_pieces
from effnet_studio.gui.report_pdf import Style, report_pdf, write_pdf
from tests.engine.report.made import HOSTILE, make_facts

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def _pages(file: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", file))


def _nothing(_painter: QPainter, _y: float) -> None:
    pass


@given(
    heights=st.lists(st.tuples(st.floats(1, 40), st.floats(0, 9), st.booleans()), max_size=60),
    headed=st.booleans(),
)
def test_that_pieces_stay_whole_in_order_and_below_each_other(
    heights: list[tuple[float, float, bool]], headed: object
) -> None:
    head = Piece(5, _nothing) if headed else None
    pieces = [
        Piece(height, _nothing, space, keeps=keeps, head=head) for height, space, keeps in heights
    ]
    pages = paginate(pieces, 100)
    assert [piece for page in pages for _, piece in page if piece is not head] == pieces
    for number, page in enumerate(pages):
        bottom = 0.0
        for top, piece in page:
            assert top >= bottom - 1e-9
            bottom = top + piece.height
        assert bottom <= 100 + 1e-9 or len(page) == 1
        if head is not None and number:
            assert page[0][1] is head


def test_that_a_heading_is_not_left_behind() -> None:
    heading, text = Piece(10, _nothing, 5, keeps=True), Piece(30, _nothing, 5)
    pages = paginate([Piece(60, _nothing), heading, text], 100)
    assert [[piece for _, piece in page] for page in pages][1] == [heading, text]


@given(st.lists(st.floats(1, 500), min_size=1, max_size=9), st.floats(50, 1000))
def test_that_columns_fill_the_room_and_only_the_widest_give_way(
    natural: list[float], room: float
) -> None:
    widths = column_widths(natural, room)
    assert sum(widths) == pytest.approx(room)
    assert all(width > 0 for width in widths)
    if sum(natural) > room:
        lost = [width < before - 1e-6 for width, before in zip(widths, natural, strict=True)]
        kept = [before for before, less in zip(natural, lost, strict=True) if not less]
        assert all(
            before >= max(kept, default=0) - 1e-6
            for before, less in zip(natural, lost, strict=True)
            if less
        )


def test_that_a_word_too_long_is_broken_and_nothing_of_it_is_lost(qapp: QApplication) -> None:
    font = QFont(qapp.font())
    font.setPixelSize(100)
    word = "Donaudampfschifffahrtsgesellschaft" * 4
    narrow, wide = (Text(word, font, width, QColor("black")) for width in (800, 100_000))
    assert narrow.height >= (text_width(word, font) / 800 - 1) * wide.height


def test_that_a_table_begins_each_page_with_its_head(qapp: QApplication) -> None:
    rows = tuple((f"class {number}", "1", Bar(0.5, 0.2, 0.8)) for number in range(300))
    table = Table("t", (Column("Class"), Column("Images", number=True), Column("")), rows)
    pieces = list(table_pieces(table, str, Style(QFont(qapp.font())), pt(480)))
    pages = paginate(pieces, pt(700))
    assert len(pages) > 5
    assert len({id(page[0][1]) for page in pages}) == 1
    assert sum(len(page) for page in pages) == 300 + len(pages)


def test_that_a_report_is_painted_where_it_belongs(qapp: QApplication) -> None:
    """Every page that was asked for has ink, and none beyond its edge."""
    facts = make_facts([0, 1, 2, 3] * 8, [1, 2, 3, 0] * 8, HOSTILE)
    report = build_report(facts)
    layout = module._Layout(qapp.font(), str, "t")
    pieces = list(layout.report(report))
    for page in paginate(pieces, layout.paper.height)[:3]:
        image = QImage(2480, 3508, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.scale(0.25, 0.25)
        for top, piece in page:
            piece.paint(painter, top)
        painter.end()
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        ink = np.frombuffer(grey.constBits(), np.uint8).reshape(3508, grey.bytesPerLine()) < 250
        right, bottom = round(layout.paper.width / 4) + 4, round(layout.paper.height / 4) + 4
        assert ink.sum() > 2000
        assert not ink[bottom:].any()
        assert not ink[:, right:2480].any()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_a_file_is_written_in_each_language(
    qapp: QApplication, tmp_path: Path, english: None, language: str
) -> None:
    install_language(qapp, language)
    facts = make_facts([0, 1, 2, 3] * 8, [1, 2, 3, 0] * 8, HOSTILE)
    file = tmp_path / "r.pdf"
    write_pdf(file, facts, words=translate_message)
    written = file.read_bytes()
    assert written.startswith(b"%PDF-")
    assert _pages(written) >= 5
    assert str(tmp_path).encode() not in written


def test_that_letters_and_numbers_can_be_copied_out(qapp: QApplication, tmp_path: Path) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("needs pdftotext (poppler)")
    file = tmp_path / "r.pdf"
    write_pdf(file, make_facts([0, 1, 1], [0, 1, 0], ("flowers", "fish")))
    shown = subprocess.run([reader, str(file), "-"], capture_output=True, check=True, timeout=60)
    text = " ".join(shown.stdout.decode("utf-8").split())
    for words in ("flowers", "fish", "20260101-000000-efficientnet_b0", "it recognises 3 test"):
        assert words in text


def test_that_it_may_be_made_in_another_thread(qapp: QApplication) -> None:
    report = build_report(make_facts([0, 1, 1], [0, 1, 0]))
    made: list[bytes] = []
    thread = threading.Thread(target=lambda: made.append(report_pdf(report)))
    thread.start()
    thread.join(60)
    assert _pages(made[0]) == _pages(report_pdf(report))


def test_that_it_can_be_stopped_between_pages(qapp: QApplication, tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        write_pdf(tmp_path / "r.pdf", make_facts([0], [0]), cancel=token)
    assert not list(tmp_path.iterdir())


def test_that_without_fonts_it_says_so(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.QFontDatabase, "families", list)
    with pytest.raises(StudioError, match="no font"):
        report_pdf(build_report(make_facts([0], [0])))


def test_that_a_place_that_cannot_be_written_is_told(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError):
        write_pdf(tmp_path / "file" / "r.pdf", make_facts([0], [0]))
