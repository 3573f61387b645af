"""Forms generated from a settings schema: one row per field, the expert's fields folded away."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, get_args

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.i18n import translate_text
from effnet_studio.gui.layout_parts import row_labels
from effnet_studio.gui.models.setting_words import unit_text
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, repolish, set_role, set_tone
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.help_mark import PAGE_PROPERTY, HelpMark, help_row
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.log_axis import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo
    from PySide6.QtGui import QWheelEvent

    from effnet_studio.gui.theme import ThemeManager

Editor = QSpinBox | QDoubleSpinBox | QComboBox | QCheckBox | QLineEdit

_INT_LIMIT: Final = 2**31 - 1
_LEAST_FIELD: Final = 120
_MOST_LABEL: Final = 156
"""A longer label does not move the fields of all others, pixels."""
_OPTIONAL: Final = "optional"
"""Property of a spin box whose least value means None."""


class _CalmInt(QSpinBox):
    """Does not change when a page is scrolled past it."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _CalmFloat(QDoubleSpinBox):
    """As many digits as needed, steps that suit the size, and deaf to the wheel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(7)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)

    @override
    def textFromValue(self, val: float) -> str:
        return plain_number(val)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SettingsForm(QWidget):
    """Edits the fields of a pydantic model.

    Titles are row labels, descriptions are tool-tips, units are suffixes, bounds are the ranges of
    spin boxes, enums are combo boxes; fields marked ``advanced`` are folded away. Each editor's
    object name is ``field_<name>``. It is made by :meth:`build`.

    Args:
        schema: The model class.
        theme: Icon of the folding button.
        fields: Which fields, in order; all by default.
        choices: Fixed answers for text fields: name to (value, title) pairs.
        groups: Headings of the folded fields, in the context ``SettingsForm``, with their names.
        help_pages: Name of a field to key of the page of the guide that explains it.
        parent: Qt's owner.
    """

    changed = Signal(str)
    """Name of the field whose value the user or :meth:`set_values` changed."""

    def __init__(
        self,
        schema: type[BaseModel],
        theme: ThemeManager,
        *,
        fields: Iterable[str] | None = None,
        choices: Mapping[str, Iterable[tuple[str, str]]] | None = None,
        groups: Mapping[str, Iterable[str]] | None = None,
        help_pages: Mapping[str, str] | None = None,
        folds: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settings_form")
        self._schema = schema
        self._theme = theme
        self._folds = folds
        self._choices = {name: list(rows) for name, rows in (choices or {}).items()}
        self._groups = {title: list(names) for title, names in (groups or {}).items()}
        self._help_pages = dict(help_pages or {})
        self._headings: dict[str, QLabel] = {}
        self._names = list(fields) if fields is not None else list(schema.model_fields)
        self._editors: dict[str, Editor] = {}
        # Qt would turn the members of a string enumeration into plain strings.
        self._answers: dict[str, list[Any]] = {}
        self._labels: dict[str, QLabel] = {}
        self._errors: dict[str, QLabel] = {}
        self._lines: dict[str, QHBoxLayout] = {}
        self._made = False

    def build(self) -> Iterator[None]:
        """Lay it out and set its texts, in steps."""
        yield from self._build_ui()
        self._retranslate()
        self._made = True

    def editor(self, name: str) -> Editor:
        """The control of a field."""
        return self._editors[name]

    def value(self) -> dict[str, Any]:
        """The values as they stand, by field name; an empty optional number is None."""
        return {name: self._read(name) for name in self._editors}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Put values into the controls; names the form does not have are ignored."""
        for name, value in values.items():
            if name in self._answers:
                self._choose(name, value)
            elif name in self._editors:
                _write(self._editors[name], value)

    def set_error(self, name: str, text: str) -> None:
        """Mark a field as wrong and say why below it; an empty text takes the mark away."""
        editor, label = self._editors[name], self._errors[name]
        label.setText(text)
        label.setVisible(bool(text))
        editor.setProperty("error", bool(text))
        repolish(editor)
        if text and _is_advanced(self._schema.model_fields[name]):
            self._fold.setChecked(True)

    def unfold(self) -> None:
        """Show the settings that are folded in."""
        self._fold.setChecked(True)

    def add_beside(self, name: str, widget: QWidget) -> None:
        """Put a widget, such as a button, at the right of a field's control."""
        self._lines[name].addWidget(widget)

    def set_choices(self, name: str, rows: Iterable[tuple[str, str]]) -> None:
        """Offer other answers; the present one stays, even if it is not among them.

        Args:
            name: A field that was given choices.
            rows: Values and titles.
        """
        editor = self._editors[name]
        if not isinstance(editor, QComboBox):
            return
        present, kept = self._read(name), list(rows)
        if present not in [value for value, _ in kept]:
            kept.append((present, str(present)))
        editor.blockSignals(True)
        editor.clear()
        for value, title in kept:
            editor.addItem(title, value)
        self._answers[name] = [value for value, _ in kept]
        editor.setCurrentIndex(self._answers[name].index(present))
        editor.blockSignals(False)

    def set_choice_titles(self, name: str, titles: Mapping[str, str]) -> None:
        """Name the answers of a combo box, by value, in the window's language."""
        editor = self._editors[name]
        if not isinstance(editor, QComboBox):
            return
        for row in range(editor.count()):
            data = editor.itemData(row)
            editor.setItemText(row, titles.get(str(getattr(data, "value", data)), str(data)))

    def _build_ui(self) -> Iterator[None]:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_3)
        self._rows = _form_layout()
        self._advanced = named(QWidget(self), "advanced_fields")
        self._advanced_rows = _form_layout()
        self._advanced.setLayout(self._advanced_rows)
        self._fold = named(QPushButton(self), "advanced_toggle")
        self._fold.setCheckable(True)
        set_role(self._fold, "ghost")
        self._theme.set_icon(self._fold, "settings")
        self._fold.toggled.connect(self._on_folded)
        grouped = [name for names in self._groups.values() for name in names]
        for name in (name for name in self._names if name not in grouped):
            yield
            info = self._schema.model_fields[name]
            target = self._advanced_rows if _is_advanced(info) else self._rows
            self._add_row(target, name, info)
        for title, names in self._groups.items():
            yield
            heading = self._headings[title] = Label(self)
            set_role(heading, "strong")
            heading.setWordWrap(True)
            heading.setContentsMargins(0, SPACE_3, 0, 0)
            self._advanced_rows.addRow(heading)
            for name in names:
                yield
                self._add_row(self._advanced_rows, name, self._schema.model_fields[name])
        layout.addLayout(self._rows)
        layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._advanced)
        self._advanced.setVisible(not self._folds)
        self._fold.setVisible(self._folds and self._advanced_rows.rowCount() > 0)

    def _add_row(self, target: QFormLayout, name: str, info: FieldInfo) -> None:
        editor = self._make_editor(name, info)
        editor.setObjectName(f"field_{name}")
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        error = named(Label(holder), f"error_{name}")
        set_role(error, "caption")
        set_tone(error, "danger")
        error.setWordWrap(True)
        error.hide()
        line = self._lines[name] = QHBoxLayout()
        line.setSpacing(SPACE_1)
        line.addWidget(editor, 1)
        column.addLayout(line)
        column.addWidget(error)
        label = Label(self)
        label.setBuddy(editor)
        if name in self._help_pages:
            mark = named(HelpMark(self._help_pages[name], self._theme, self), f"help_{name}")
            QWidget.setTabOrder(mark, editor)  # in the order in which one sees them
            editor.setProperty(PAGE_PROPERTY, mark.page)
            head = QWidget(self)
            head.setLayout(help_row(label, mark))
            target.addRow(head, holder)
        else:
            target.addRow(label, holder)
        # The longest text that a field could hold would push short labels into a line above it.
        editor.setMinimumWidth(_LEAST_FIELD)
        self._editors[name], self._labels[name], self._errors[name] = editor, label, error

    def _make_editor(self, name: str, info: FieldInfo) -> Editor:
        kind, optional = _kind_of(info)
        editor: Editor
        if name in self._choices or (isinstance(kind, type) and issubclass(kind, Enum)):
            editor = self._make_combo(name, kind)
        elif kind is bool:
            editor = QCheckBox(self)
            editor.toggled.connect(self._on_edited)
        elif kind in {int, float}:
            editor = _make_spin_box(info, whole=kind is int, optional=optional)
            editor.valueChanged.connect(self._on_edited)
        else:
            editor = QLineEdit(self)
            editor.textEdited.connect(self._on_edited)
        default = info.get_default(call_default_factory=True)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(default)))
        else:
            _write(editor, default)
        return editor

    def _make_combo(self, name: str, kind: Any) -> QComboBox:
        combo = CalmCombo(f"field_{name}", self)
        rows = self._choices.get(name)
        if rows is None:
            rows = [(each, str(each.value)) for each in kind]
        for value, title in rows:
            combo.addItem(title, value)
        self._answers[name] = [value for value, _ in rows]
        combo.currentIndexChanged.connect(self._on_edited)
        return combo

    def _read(self, name: str) -> Any:
        editor = self._editors[name]
        if isinstance(editor, QComboBox):
            row = editor.currentIndex()
            return self._answers[name][row] if 0 <= row < len(self._answers[name]) else None
        return _read(editor)

    def _choose(self, name: str, value: Any) -> None:
        editor = self._editors[name]
        if not isinstance(editor, QComboBox):
            return
        if name in self._choices and value not in self._answers[name]:
            editor.addItem(str(value), value)  # such as a teacher that is of another project
            self._answers[name].append(value)
        if value in self._answers[name]:
            editor.setCurrentIndex(self._answers[name].index(value))

    @Slot()
    def _on_edited(self) -> None:
        sender = self.sender()
        name = sender.objectName().removeprefix("field_") if sender else ""
        if name in self._editors:
            self.set_error(name, "")
            self._write_unit(name)
            self.changed.emit(name)

    @Slot(bool)
    def _on_folded(self, opened: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._advanced.setVisible(opened)

    def _retranslate(self) -> None:
        self._fold.setText(self.tr("Advanced"))
        for title, heading in self._headings.items():
            heading.setText(QCoreApplication.translate("SettingsForm", title))
        for name, editor in self._editors.items():
            info = self._schema.model_fields[name]
            title = translate_text(info.title or name)
            description = translate_text(info.description or "")
            self._labels[name].setText(title)
            self._labels[name].setToolTip(description)
            editor.setAccessibleName(title)
            editor.setAccessibleDescription(description)
            editor.setToolTip(description)
            if isinstance(editor, QSpinBox | QDoubleSpinBox):
                self._write_unit(name)
                if editor.property(_OPTIONAL):
                    editor.setSpecialValueText(self.tr("automatic"))
                elif zero := _extra(info).get("zero"):
                    editor.setSpecialValueText(translate_text(zero))
        self._align()

    def _align(self) -> None:
        """Have the fields of both lists begin at the same place."""
        heads = [*row_labels(self._rows), *row_labels(self._advanced_rows)]
        for head in heads:
            head.setMinimumWidth(0)
        widths = [head.sizeHint().width() for head in heads]
        widest = max((width for width in widths if width <= _MOST_LABEL), default=0)
        for head, width in zip(heads, widths, strict=True):
            # A wider one stands above its field; Qt forgets the gap when it looks for room.
            head.setMinimumWidth(widest if width <= _MOST_LABEL else width + SPACE_3)

    def _write_unit(self, name: str) -> None:
        """Say what is counted, as it is said of one or of many."""
        editor, unit = self._editors[name], _extra(self._schema.model_fields[name]).get("unit", "")
        if isinstance(editor, QSpinBox | QDoubleSpinBox):
            word = unit_text(unit, editor.value())
            editor.setSuffix(f" {word}" if word else "")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._made:
            self._retranslate()


def _form_layout() -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(SPACE_3)
    form.setVerticalSpacing(SPACE_2)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _extra(info: FieldInfo) -> dict[str, Any]:
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def _is_advanced(info: FieldInfo) -> bool:
    return bool(_extra(info).get("advanced"))


def _kind_of(info: FieldInfo) -> tuple[Any, bool]:
    """The plain type of a field, and whether it may be None."""
    parts = get_args(info.annotation)
    if type(None) in parts:
        return next(part for part in parts if part is not type(None)), True
    return info.annotation, False


def _bound(info: FieldInfo, *names: str) -> float | None:
    for constraint in info.metadata:
        for name in names:
            found = getattr(constraint, name, None)
            if found is not None:
                return float(found)
    return None


def _make_spin_box(info: FieldInfo, *, whole: bool, optional: bool) -> QSpinBox | QDoubleSpinBox:
    """A spin box with the field's bounds; one step below the least means None where allowed."""
    least, most = _bound(info, "ge", "gt"), _bound(info, "le", "lt")
    low = least if least is not None else -_INT_LIMIT
    high = most if most is not None else _INT_LIMIT
    box: QSpinBox | QDoubleSpinBox
    if whole:
        box = _CalmInt()
        box.setRange(int(low) - int(optional), int(min(high, _INT_LIMIT)))
    else:
        box = _CalmFloat()
        box.setRange(low - 0.1 * optional, high)
    if optional:
        box.setSpecialValueText("–")
        box.setProperty(_OPTIONAL, True)
    box.lineEdit().setTextMargins(6, 0, 0, 0)  # style sheets do not reach it
    box.setKeyboardTracking(False)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box


def _read(editor: QSpinBox | QDoubleSpinBox | QCheckBox | QLineEdit) -> Any:
    if isinstance(editor, QSpinBox | QDoubleSpinBox):
        unset = editor.property(_OPTIONAL) and editor.value() == editor.minimum()
        value = None if unset else editor.value()
        return round(value, 7) if isinstance(value, float) else value
    return editor.isChecked() if isinstance(editor, QCheckBox) else editor.text()


def _write(editor: Editor, value: Any) -> None:
    if isinstance(editor, QSpinBox):
        editor.setValue(editor.minimum() if value is None else int(value))
    elif isinstance(editor, QDoubleSpinBox):
        editor.setValue(editor.minimum() if value is None else float(value))
    elif isinstance(editor, QCheckBox):
        editor.setChecked(bool(value))
    elif isinstance(editor, QLineEdit):
        editor.setText("" if value is None else str(value))
