"""Review of a model's answers, the least certain first, and its way back into the dataset."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from typing_extensions import override

from effnet_studio.engine.messages import msg
from effnet_studio.gui.models.results import Order
from effnet_studio.gui.undo.history import Reversible
from effnet_studio.gui.widgets.predict.review_bar import Obstacle, ReviewBar

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from pathlib import Path

    from effnet_studio.engine.data.reviewed import Intake, Reviewed
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.image_judge import ImageJudge
    from effnet_studio.gui.models.predict_items import Item
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.predict.answers_view import AnswersView


class Reviewer(QObject):
    """Asks about one image after the other, and remembers what was said.

    Args:
        session: Its project gets what was said.
        judge: Has the images.
        view: Shows them; owns this.
        theme: Icons.
    """

    def __init__(
        self, session: Session, judge: ImageJudge, view: AnswersView, theme: ThemeManager
    ) -> None:
        super().__init__(view)
        self._session, self._judge, self._list = session, judge, view.items
        self.reviews: dict[Hashable, str] = {}
        self._given: dict[Hashable, str] = {}
        self._item: Item | None = None
        self._by_key: dict[Hashable, Item] = {}
        self._taking: _Taking | None = None
        self._awaited: tuple[tuple[Path, str], ...] = ()
        self._words: _Outcome | None = None
        self.bar = ReviewBar(theme, view)
        self.bar.hide()
        view.insert_bar(self.bar)
        self._list.set_reviews(self.reviews)
        self._shortcuts = [
            self._shortcut(view, keys, slot)
            for keys, slot in (
                (Qt.Key.Key_Return, self.bar.accept),
                (Qt.Key.Key_Enter, self.bar.accept),
                (Qt.Key.Key_Right, self._on_confirmed),
                (Qt.Key.Key_Left, self._on_back),
            )
        ]
        for view_of_list in self._list.views:
            view_of_list.installEventFilter(self)
        self._connect()

    def _shortcut(self, view: AnswersView, key: Qt.Key, slot: Any) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), view)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setEnabled(False)
        shortcut.activated.connect(slot)
        return shortcut

    def _connect(self) -> None:
        self._list.review.toggled.connect(self._on_toggled)
        self._list.item_chosen.connect(self._on_chosen)
        self._judge.judged.connect(self._on_judged)
        self._judge.cleared.connect(self._on_cleared)
        self.bar.confirmed.connect(self._on_confirmed)
        self.bar.corrected.connect(self._on_corrected)
        self.bar.back_asked.connect(self._on_back)
        self.bar.add_asked.connect(self._on_add)
        self.bar.undo_asked.connect(self._on_undo)
        self._session.editor.edited.connect(self._on_edited)
        self._session.editor.failed.connect(self._on_edit_failed)
        self._session.import_finished.connect(self._on_imported)
        self._session.project_changed.connect(self._on_project_changed)

    def set_classes(self, names: Sequence[str]) -> None:
        """Offer the classes of the model that answers."""
        self.bar.set_classes(names)

    @property
    def active(self) -> bool:
        """Whether images are being reviewed."""
        return self._list.review.isChecked()

    # -- one image after the other -------------------------------------------------------------

    @Slot(bool)
    def _on_toggled(self, active: bool) -> None:  # noqa: FBT001 - a slot
        self.bar.setVisible(active)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(active)
        if active:
            self._list.bar.set_order(Order.UNSURE)
            self._go(start=0)
            self._list.focus()
        self._tell()

    @Slot(object)
    def _on_chosen(self, item: Item) -> None:
        self._item = item
        self._show_answer()

    @Slot(int)
    def _on_judged(self, first: int) -> None:
        self._take(self._judge.items[first:])
        self._show()

    def _take(self, items: Sequence[Item]) -> None:
        self._by_key.update((item.key, item) for item in items if item.standing is not None)

    @Slot()
    def _on_cleared(self) -> None:
        """What was said is kept while another model answers about the same images."""
        self._item = None
        self._by_key.clear()
        self._take(self._judge.items)
        if not self._judge.items and not self._judge.again:
            self.reviews.clear()
            self._given.clear()
        self._show()

    @Slot()
    def _on_confirmed(self) -> None:
        if self._item is not None and self._item.standing is not None:
            self._say(self._item.standing.label)

    @Slot(str)
    def _on_corrected(self, label: str) -> None:
        self._say(label)
        self._list.focus()

    def _say(self, label: str) -> None:
        """Note what an image is, and go to the next that was not looked at."""
        item = self._item
        if item is None or item.standing is None:
            return
        before = self.reviews.get(item.key)
        self.reviews[item.key] = label
        rows = self._list.rows
        start = rows.index(item) + 1 if item in rows else 0
        self._list.tell_review(item)
        self._go(start=start)
        self._show()
        back, forth = (
            partial(self._set_answer, item, before),
            partial(self._set_answer, item, label),
        )
        done = Reversible(msg("Answer to an image: {label}", label=label), back, forth, ("review",))
        self._session.undo.take(done)

    def _set_answer(self, item: Item, label: str | None) -> None:
        """Say something else of an image, or nothing, and show it."""
        if label is None:
            self.reviews.pop(item.key, None)
        else:
            self.reviews[item.key] = label
        rows = self._list.rows
        if item in rows:
            self._list.tell_review(item)
            self._list.choose(rows.index(item))
        self._show()

    def _go(self, *, start: int) -> None:
        """Look at the next image that was not reviewed, from a row on and then from the first."""
        rows = self._list.rows
        for row in chain(range(start, len(rows)), range(start)):
            if rows[row].standing is not None and rows[row].key not in self.reviews:
                self._list.choose(row)
                return

    @Slot()
    def _on_back(self) -> None:
        rows = self._list.rows
        if self._item in rows:
            self._list.choose(rows.index(self._item) - 1)

    def _show_answer(self) -> None:
        """What is said of the image on view."""
        standing = self._item.standing if self._item is not None else None
        said = self.reviews.get(self._item.key) if self._item is not None else None
        self.bar.set_answer(said or (standing.label if standing is not None else None))

    def _show(self) -> None:
        if not self.active:
            return
        self._show_answer()
        done = len(self.reviews.keys() & self._by_key.keys())
        chosen, dataset = self._addable(), self._session.dataset
        known = dataset.classes if dataset is not None else ()
        new = sorted({self.reviews[key] for key in chosen}.difference(known))
        self.bar.set_counts(done, len(self._by_key), len(chosen), new)

    # -- into the dataset ----------------------------------------------------------------------

    def _addable(self) -> dict[Hashable, Item]:
        """The reviewed images whose class has not been given to the dataset yet."""
        if not self._possible or self._taking is not None or self._awaited:
            return {}
        return {
            key: self._by_key[key]
            for key, label in self.reviews.items()
            if key in self._by_key and self._given.get(key) != label
        }

    @property
    def _possible(self) -> bool:
        project = self._session.project
        return project is not None and not project.read_only

    @Slot()
    def _on_add(self) -> None:
        from effnet_studio.engine.data.reviewed import Reviewed

        chosen = self._addable()
        images = [
            Reviewed(item.source, self.reviews[key])
            for key, item in chosen.items()
            if item.source is not None
        ]
        if images and self._session.import_job is None:
            self._taking = _Taking(images, {key: self.reviews[key] for key in chosen})
            self._words = None
            self._tell()
            self._session.editor.carry_out(self._taking)
            self._show()

    @Slot(object)
    def _on_edited(self, _images: object) -> None:
        """An edit was made: maybe the one asked for here, after which copies are imported."""
        taking = self._taking
        if taking is None or taking.intake is None:
            return
        self._taking, intake = None, taking.intake
        self._given.update(taking.labels)
        self._words = _Outcome(intake)
        self._awaited = intake.copies
        if intake.copies:
            self._import()
        self._tell()

    @Slot(object)
    def _on_edit_failed(self, _error: object) -> None:
        """The window says why; the dataset got nothing."""
        if self._taking is not None and self._taking.begun:
            self._taking = None
            self._tell()

    def _import(self) -> None:
        from effnet_studio.engine.data.importer import ImportOptions
        from effnet_studio.engine.data.shots import shots_folder

        project = self._session.project
        if project is not None:
            folder = shots_folder(project)
            job = self._session.import_folder(folder, ImportOptions(mode="add"))
            if job is None:
                self._awaited = ()
            else:
                job.finished.connect(self._on_import_ended)

    @Slot(object)
    def _on_imported(self, _result: object) -> None:
        if self._awaited and self._words is not None:
            self._words.copies = self._awaited
            self._session.editor.carry_out(_Labelling(self._awaited))

    @Slot()
    def _on_import_ended(self) -> None:
        """The copies are in the dataset, or the window says why not and they can be added again."""
        self._awaited = ()
        if self._words is not None and not self._words.copies:
            self._given.clear()
            self._words = None
        self._tell()

    @Slot()
    def _on_undo(self) -> None:
        """Take the classes back, and leave the added images out; both stand in the edit log."""
        words = self._words
        if words is None:
            return
        last = self._session.editor.last
        if words.intake.edit is not None and last is not None and last.id == words.intake.edit.id:
            self._session.editor.undo()
        if words.copies:
            self._session.editor.carry_out(_LeavingOut([path for path, _ in words.copies]))
        self._words = None
        self._given.clear()
        self._tell()

    @Slot(object)
    def _on_project_changed(self, _project: object) -> None:
        self._taking, self._awaited, self._words = None, (), None
        self._given.clear()
        self._tell()

    def _tell(self) -> None:
        """Say what became of the images, or why nothing can."""
        project, words = self._session.project, self._words
        obstacle = Obstacle.PROJECT if project is None else None
        if project is not None and project.read_only:
            obstacle = Obstacle.READ_ONLY
        self.bar.set_outcome(
            words.intake if words is not None else None,
            obstacle,
            undoable=words is not None and not self._awaited,
        )
        self._show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters typed over the images begin the name of a class."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.active:
            text = event.text()
            if text.strip() and text.isprintable() and not event.modifiers() & _COMMANDS:
                self.bar.begin_typing(text)
                return True
        return super().eventFilter(watched, event)


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class _Outcome:
    """What the dataset got last, so that it can be taken back."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.copies: tuple[tuple[Path, str], ...] = ()


class _Taking:
    """Gives reviewed images to a project, among its other edits."""

    def __init__(self, images: list[Reviewed], labels: dict[Hashable, str]) -> None:
        self._images = images
        self.labels = labels
        self.begun = False
        self.intake: Intake | None = None

    def __call__(self, project: Project) -> None:
        from effnet_studio.engine.data.reviewed import take_reviewed

        self.begun = True
        self.intake = take_reviewed(project, self._images)


class _Labelling:
    """Gives imported copies the classes that folders cannot be called by."""

    def __init__(self, copies: tuple[tuple[Path, str], ...]) -> None:
        self._copies = copies

    def __call__(self, project: Project) -> None:
        from effnet_studio.engine.data.reviewed import give_labels

        give_labels(project, self._copies)


class _LeavingOut:
    """Leaves images out of the dataset."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths = paths

    def __call__(self, project: Project) -> None:
        from effnet_studio.engine.data import edits
        from effnet_studio.engine.data.reviewed import numbers_of

        edits.exclude(project, numbers_of(project, self._paths))
