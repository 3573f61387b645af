"""One page of the guide, with its pictures: follows links, theme, language and width."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QPainter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget
from typing_extensions import override

from effnet_studio.gui.i18n import current_language
from effnet_studio.gui.theme import SPACE_5, set_role
from effnet_studio.gui.turns import CallQueue
from effnet_studio.gui.widgets.guide.guide_look import MEASURE, guide_style
from effnet_studio.guide.render import image_html, render
from effnet_studio.guide.search import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.guide.library import Guide, GuidePage

SCHEME: Final = "guide"
_REDRAW_MS: Final = 80
"""After the last change of the width, pictures are drawn anew."""


class GuideReader(QTextBrowser):
    """Shows pages by key; keeps where one was, and leads back there.

    Args:
        guide: The pages.
        theme: Colours.
        parent: Qt's owner.
    """

    page_shown = Signal(str)
    """Key of the page that is shown now."""

    def __init__(self, guide: Guide, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide_reader")
        self._guide = guide
        self._theme = theme
        self._key = ""
        self._words: list[str] = []
        self._look_due = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        set_role(self, "plain")
        self.setOpenExternalLinks(True)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.document().setDocumentMargin(SPACE_5)
        self._pictures = CallQueue(self)
        self._awaited: list[QUrl] = []
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW_MS)
        self._redraw.timeout.connect(self.draw_anew)
        self.sourceChanged.connect(self._on_source_changed)
        theme.changed.connect(self._on_theme_changed)
        self._style()

    @property
    def key(self) -> str:
        """Key of the page shown; empty before the first."""
        return self._key

    @property
    def page(self) -> GuidePage | None:
        """The page shown; None where there is none of that key."""
        return self._guide.page(self.key, current_language())

    def open(self, key: str, fragment: str = "") -> None:
        """Show a page.

        Args:
            key: Of the page.
            fragment: Anchor on it; empty for its top.
        """
        self.setSource(QUrl(self.link(key, fragment)))

    @Slot()
    def draw_anew(self) -> None:
        """Make the page again, in today's language, theme and width, and stay where one is."""
        self._look_due = False
        if not self.key:
            return
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self.reload()
        bar.setValue(round(share * bar.maximum()))
        self._name()

    def set_marks(self, question: str) -> None:
        """Mark these words wherever they stand, and go to the first of them."""
        self._words = split_words(question)
        self._mark()
        marks = self.extraSelections()
        if marks:
            first = min((mark.cursor for mark in marks), key=lambda cursor: cursor.position())
            self.setTextCursor(QTextCursor(self.document()))
            self._show(first)

    # -- for the renderer ----------------------------------------------------------------------

    def link(self, page: str, fragment: str) -> str:
        """Address of a page of the guide."""
        return f"{SCHEME}:///{page}" + (f"#{fragment}" if fragment else "")

    def picture(self, name: str, alt: str) -> str:
        """HTML of a picture: as wide as the text, larger at a click, with what it shows below."""
        file = self._file(name)
        if file is None:
            return f'<p class="caption">{escape(alt)}</p>'
        width = min(self._measure(), QImageReader(str(file)).size().width())
        shown = image_html(f"{SCHEME}:///pictures/{name}", alt, width=width, title=alt)
        larger = QUrl.fromLocalFile(str(file)).toString()
        caption = f'<p class="caption">{escape(alt)}</p>' if alt else ""
        return f'<p class="picture"><a href="{larger}">{shown}</a></p>{caption}'

    @override
    def loadResource(self, type: int, name: QUrl | str) -> object:
        url = QUrl(name)
        path = url.path().removeprefix("/")
        if type == QTextDocument.ResourceType.ImageResource.value:
            return self._picture_soon(url, path.removeprefix("pictures/"))
        return self._html(path)

    def _picture_soon(self, url: QUrl, name: str) -> QImage:
        """Room for a picture, which is loaded in a turn of its own: all of a page take long."""
        file = self._file(name)
        if file is None:
            return QImage()
        pixels, ratio = self._shown_size(QImageReader(str(file)).size())
        room = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
        room.setDevicePixelRatio(ratio)
        room.fill(Qt.GlobalColor.transparent)
        self._awaited.append(url)
        self._pictures.add(partial(self._load_picture, url, name, self._awaited))
        return room

    def _load_picture(self, url: QUrl, name: str, awaited: list[QUrl]) -> None:
        if awaited is self._awaited:  # else another page is shown
            self._set_picture(url, self._image(name))
            self.viewport().update()

    def _set_picture(self, url: QUrl, image: QImage | None) -> None:
        self.document().addResource(QTextDocument.ResourceType.ImageResource, url, image)

    def _forget_pictures(self) -> None:
        """Ask for them again: Qt keeps what it was given, for the page that follows too."""
        for url in self._awaited:
            self._set_picture(url, None)
        self._awaited = []

    def _html(self, key: str) -> str:
        self._forget_pictures()
        page = self._guide.page(key, current_language())
        if page is None:
            title, text = self.tr("This page does not exist"), self.tr("Choose one from the list.")
            return f"<body><h1>{escape(title)}</h1><p>{escape(text)}</p></body>"
        note = ""
        if page.language != current_language():
            text = self.tr("This page is not translated yet; here it is in English.")
            note = f'<p class="note">{escape(text)}</p>'
        return f"<body>{note}{render(page.source, self)}</body>"

    def _file(self, name: str) -> Path | None:
        picture = self._guide.picture(name, current_language())
        if picture is None:
            return None
        return picture.dark if self._theme.theme.dark and picture.dark else picture.light

    def _image(self, name: str) -> QImage:
        """A picture with exactly as many pixels as the screen shows of it: it stays sharp."""
        file = self._file(name)
        image = QImage(str(file)) if file is not None else QImage()
        if image.isNull():
            return image
        pixels, ratio = self._shown_size(image.size())
        if pixels != image.size():
            image = image.convertToFormat(QImage.Format.Format_RGB32)
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(pixels, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            image.setDevicePixelRatio(ratio)
        return _framed(image, self._theme.theme.color("border"))

    def _shown_size(self, size: QSize) -> tuple[QSize, float]:
        """Pixels that the screen shows of a picture of a size, and how many of them make one."""
        ratio = self.devicePixelRatioF()
        width = round(min(self._measure(), size.width()) * ratio)
        if width >= size.width():
            return size, 1.0
        return QSize(width, round(size.height() * width / size.width())), ratio

    # -- look ----------------------------------------------------------------------------------

    def _measure(self) -> int:
        return max(160, min(MEASURE, self._room() - 2 * SPACE_5))

    def _room(self) -> int:
        """What a page has beside its scroll bar, whether that is shown or not."""
        return self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()

    def _style(self) -> None:
        self.document().setDefaultStyleSheet(guide_style(self._theme.theme))

    @Slot()
    def _on_theme_changed(self) -> None:
        self._style()
        # A page that is hidden is made again when what it lies in gets the look of the theme.
        self._look_due = not self.isVisible() and self.window().isVisible()
        if not self._look_due:
            self.draw_anew()

    @Slot(QUrl)
    def _on_source_changed(self, url: QUrl) -> None:
        self._key = url.path().removeprefix("/")
        self._mark()
        self._name()
        self.page_shown.emit(self.key)

    def _name(self) -> None:
        page = self.page
        self.setAccessibleName(page.title if page else self.tr("Guide"))

    def _mark(self) -> None:
        form = QTextCharFormat()
        form.setBackground(self._theme.theme.color("warning_soft"))
        form.setForeground(self._theme.theme.color("warning"))
        self.setExtraSelections([_selection(cursor, form) for cursor in self._places(self._words)])

    def _places(self, words: Sequence[str]) -> list[QTextCursor]:
        places = []
        for word in words:
            cursor = self.document().find(word)
            while not cursor.isNull():
                places.append(cursor)
                cursor = self.document().find(word, cursor)
        return places

    def _show(self, cursor: QTextCursor) -> None:
        """Scroll so that a place stands in the upper part of the window."""
        place = QTextCursor(cursor)
        place.setPosition(cursor.selectionStart())
        top = self.cursorRect(place).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(max(0, top - self.viewport().height() // 3))

    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        width = self._measure() + 2 * SPACE_5
        self.setViewportMargins(max(0, (self._room() - width) // 2), 0, 0, 0)
        if width != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(width)
            self._redraw.start()

    @override
    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        restyled = e.type() == QEvent.Type.StyleChange and self._look_due
        if restyled or e.type() == QEvent.Type.LanguageChange:
            self.draw_anew()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._look_due:
            self.draw_anew()


def _framed(image: QImage, color: QColor) -> QImage:
    """A hairline around a picture of a window, which else would run into the page."""
    framed = image.convertToFormat(QImage.Format.Format_RGB32)
    framed.setDevicePixelRatio(1.0)
    painter = QPainter(framed)
    painter.setPen(color)
    painter.drawRect(framed.rect().adjusted(0, 0, -1, -1))
    painter.end()
    framed.setDevicePixelRatio(image.devicePixelRatio())
    return framed


def _selection(cursor: QTextCursor, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    selection.cursor = cursor
    selection.format = form
    return selection
