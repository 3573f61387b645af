"""The style sheet: one template, filled with the colours of a theme."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from effnet_studio.paths import resources_dir

if TYPE_CHECKING:
    from effnet_studio.gui.colors import Theme

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog { background: $background; }
QToolTip { background: $surface; color: $text; border: 1px solid $edge;
  padding: 6px 8px; }

QLabel { background: transparent; }
QLabel[role="display"] { font-size: 28px; font-weight: 600; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="strong"] { font-size: 15px; font-weight: 600; }
QLabel[role="figure"] { font-size: 24px; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { color: $muted; font-size: 12px; }
QLabel[role="code"] { font-family: "JetBrains Mono", "Cascadia Mono", "Menlo", "Noto Sans Mono",
  monospace; font-size: 12px; color: $muted; }
QPlainTextEdit[role="code"] { font-family: "JetBrains Mono", "Cascadia Mono", "Menlo",
  "Noto Sans Mono", monospace; font-size: 12px; }
QLabel[role="chip"] { background: $sunken; color: $muted; border-radius: 10px; padding: 2px 8px;
  font-size: 12px; }
QLabel[tone="accent"] { color: $accent_text; }
QLabel[tone="success"] { color: $success; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="danger"] { color: $danger; }
QLabel[role="chip"][tone="accent"] { background: $accent_soft; }
QLabel[role="chip"][tone="success"] { background: $success_soft; }
QLabel[role="chip"][tone="warning"] { background: $warning_soft; }
QLabel[role="chip"][tone="danger"] { background: $danger_soft; }
QLabel:disabled { color: $faint; }

QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[role="card"][selected="true"] { border: 1px solid $accent; }
QFrame[role="sunken"] { background: $sunken; border: none; border-radius: 8px; }
QFrame[role="drop"] { background: $surface; border: 2px dashed $edge;
  border-radius: 12px; }
QFrame[role="drop"][active="true"] { border-color: $accent; background: $accent_soft; }
QFrame[role="banner"] { background: $accent_soft; border: none; border-radius: 8px; }
QFrame[role="banner"][tone="danger"] { background: $danger_soft; }
QFrame[role="banner"][tone="warning"] { background: $warning_soft; }
QFrame[role="banner"][tone="success"] { background: $success_soft; }
QFrame[role="toast"], QFrame[role="popover"] { background: $surface;
  border: 1px solid $edge; border-radius: 8px; }
QFrame[role="sidebar"] { background: $sunken; border: none; border-right: 1px solid $border; }
QFrame[role="bar"] { background: $surface; border: none; border-top: 1px solid $border; }
QFrame[role="rule"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="tick"] { background: $border_strong; border: none; }

QPushButton, QToolButton { background: $surface; border: 1px solid $edge;
  border-radius: 6px; padding: 6px 14px; min-height: 20px; outline: none; }
QToolButton { padding: 6px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $sunken; }
QPushButton:focus { border: 2px solid $focus; padding: 5px 13px; }
QToolButton:focus { border: 2px solid $focus; padding: 5px; }
QPushButton[role="square"] { padding: 6px 7px; }
QPushButton[role="square"]:focus { padding: 5px 6px; }
QPushButton:disabled, QToolButton:disabled { color: $faint; border-color: $border;
  background: $background; }
QPushButton:checked, QToolButton:checked { background: $accent_soft; color: $accent_text;
  border-color: $accent; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 600; padding: 6px 18px; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; }
QPushButton[role="primary"]:focus { border: 2px solid $focus_on_accent; padding: 5px 17px; }
QPushButton[role="primary"]:disabled { background: $sunken; border-color: $border; color: $faint; }
QPushButton[role="danger"] { color: $danger; }
QPushButton[role="danger"]:hover { background: $danger_soft; border-color: $danger; }
QPushButton[role="danger"]:disabled { color: $faint; }
QPushButton[role="ghost"], QToolButton[role="ghost"] { background: transparent;
  border: 1px solid transparent; color: $muted; }
QPushButton[role="ghost"]:hover, QToolButton[role="ghost"]:hover { background: $hover;
  color: $text; }
QPushButton[role="ghost"]:focus, QToolButton[role="ghost"]:focus { border: 2px solid $focus; }
QPushButton[role="ghost"]:checked, QToolButton[role="ghost"]:checked { background: $accent_soft;
  color: $accent_text; border-color: $chosen; }
QPushButton[role="ghost"]:disabled, QToolButton[role="ghost"]:disabled { color: $faint;
  background: transparent; border-color: transparent; }
QToolButton[role="help"] { background: transparent; border: 1px solid transparent; padding: 0;
  min-height: 18px; max-height: 18px; min-width: 18px; max-width: 18px; border-radius: 10px; }
QToolButton[role="help"]:hover { background: $hover; }
QToolButton[role="help"]:focus { border: 2px solid $focus; min-height: 16px; max-height: 16px;
  min-width: 16px; max-width: 16px; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent;
  color: $accent_text; padding: 2px 4px; text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:disabled { color: $faint; background: transparent;
  border-color: transparent; }
QPushButton[role="link"]:focus { border: 2px solid $focus; padding: 1px 3px; }
QPushButton[tight="true"] { padding: 6px 8px; }
QPushButton[tight="true"]:focus { padding: 5px 7px; }
QToolButton[tight="true"] { padding: 3px; }
QToolButton[tight="true"]:focus { padding: 2px; }
QPushButton[role="nav"] { background: transparent; border: 1px solid transparent; color: $muted;
  text-align: left; padding: 8px 12px; border-radius: 6px; }
QPushButton[role="nav"]:hover { background: $hover; color: $text; }
QPushButton[role="nav"]:checked { background: $accent_soft; color: $accent_text;
  border-color: $chosen; font-weight: 600; }
QPushButton[role="nav"]:focus { border: 2px solid $focus; padding: 7px 11px; }
QPushButton[role="nav"]:disabled { color: $faint; background: transparent; }
QPushButton[role="mark"] { background: transparent; border: 1px solid transparent; color: $muted;
  padding: 1px; min-height: 18px; font-size: 12px; border-radius: 6px; }
QPushButton[role="mark"]:hover { background: $hover; color: $text; }
QPushButton[role="mark"]:checked { background: $accent_soft; color: $accent_text;
  border-color: $chosen; font-weight: 600; }
QPushButton[role="mark"]:focus { border: 2px solid $focus; padding: 0; }
QPushButton[role="row"] { background: transparent; border: 1px solid transparent;
  text-align: left; padding: 8px; border-radius: 8px; min-height: 44px; }
QPushButton[role="row"]:hover { background: $hover; }
QPushButton[role="row"]:focus { border: 2px solid $focus; padding: 7px; }
QPushButton[role="choice"] { background: $surface; border: 1px solid $border;
  text-align: left; padding: 0; border-radius: 8px; }
QPushButton[role="choice"]:hover { border-color: $edge; background: $hover; }
QPushButton[role="choice"]:checked { background: $accent_soft; border: 1px solid $accent; }
QPushButton[role="choice"]:focus { border: 2px solid $focus; }
QPushButton[role="choice"]:disabled { background: $background; border-color: $border; }
QPushButton[role="choice"]:checked:disabled { background: $sunken;
  border-color: $edge; }
QToolButton[role="inside"], QToolButton[role="inside"]:hover { background: transparent;
  border: none; padding: 0; min-height: 0; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: $surface;
  border: 1px solid $border_strong; border-radius: 6px; padding: 5px 8px; min-height: 20px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus { border: 2px solid $focus; padding: 4px 7px; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $muted; }
QTextEdit[role="plain"] { background: transparent; border: 2px solid transparent; padding: 0; }
QTextEdit[role="plain"]:focus { border: 2px solid $focus; padding: 0; }
QLineEdit:disabled { placeholder-text-color: $faint; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
  color: $faint; border-color: $border; background: $background; }
QLineEdit[error="true"], QSpinBox[error="true"], QDoubleSpinBox[error="true"],
QComboBox[error="true"] { border-color: $danger; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0; min-height: 0; }
QComboBox { padding-right: 26px; }
QComboBox:focus { padding-right: 25px; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: 24px;
  border: none; }
QComboBox::down-arrow { image: url("$icons/style-chevron-down-$marks.svg"); width: 12px;
  height: 12px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge;
  padding: 4px; outline: none; margin: 0; selection-background-color: $accent_soft;
  selection-color: $accent_text; }
QComboBox QAbstractItemView:focus { border: 1px solid $edge; }
QSpinBox, QDoubleSpinBox { padding-right: 22px; }
QSpinBox:focus, QDoubleSpinBox:focus { padding-right: 21px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border;
  subcontrol-position: top right; width: 20px; border: none; margin: 2px 2px 0 0; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border;
  subcontrol-position: bottom right; width: 20px; border: none; margin: 0 2px 2px 0; }
QSpinBox::up-button:hover, QDoubleSpinBox::up-button:hover, QSpinBox::down-button:hover,
QDoubleSpinBox::down-button:hover { background: $hover; border-radius: 3px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$icons/style-chevron-up-$marks.svg");
  width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
  image: url("$icons/style-chevron-down-$marks.svg"); width: 10px; height: 10px; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; padding: 1px;
  border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator { width: 16px; height: 16px;
  border: 1px solid $border_strong; background: $surface; }
QCheckBox::indicator, QListView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $accent;
  border-color: $accent; image: url("$icons/style-check-$check.svg"); }
QRadioButton::indicator:checked { background: $surface; border: 5px solid $accent;
  width: 8px; height: 8px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled, QListView::indicator:disabled {
  border-color: $edge; background: $background; }
QCheckBox::indicator:checked:disabled, QListView::indicator:checked:disabled {
  background: $faint; border-color: $faint; }
QRadioButton::indicator:checked:disabled { border: 5px solid $faint; }

QSlider { background: transparent; min-height: 20px; border: 2px solid transparent;
  border-radius: 6px; }
QSlider:focus { border-color: $focus; }
QSlider::groove:horizontal { height: 4px; background: $edge; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::sub-page:horizontal:disabled { background: $border_strong; }
QSlider::handle:horizontal { background: $surface; border: 1px solid $border_strong; width: 16px;
  height: 16px; margin: -7px 0; border-radius: 9px; }
QSlider::handle:horizontal:hover { border-color: $accent; }

QProgressBar { background: $track; border: none; border-radius: 3px; min-height: 6px;
  max-height: 6px; text-align: center; color: transparent; }
QFrame[role="banner"] QProgressBar { background: $edge; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QProgressBar[tone="success"]::chunk { background: $success; }
QProgressBar[tone="warning"]::chunk { background: $warning; }
QProgressBar[tone="danger"]::chunk { background: $danger; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#scroll_body { background: transparent; }
QScrollArea[role="read"] { border: 2px solid transparent; border-radius: 8px; }
QScrollArea[role="read"]:focus { border-color: $focus; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QListView, QTreeView, QTableView { background: $surface; border: 1px solid $border; margin: 1px;
  border-radius: 8px; outline: none; gridline-color: $border;
  selection-background-color: $accent_soft; selection-color: $text;
  alternate-background-color: $background; }
QListView[role="plain"], QTreeView[role="plain"], QTableView[role="plain"],
QListView[role="rows"], QListView[role="rows"]:focus {
  background: transparent; border: 2px solid transparent; border-radius: 6px; margin: 0; }
QListView::item, QTreeView::item { padding: 6px 8px; border-radius: 4px; }
QTableView::item { padding: 4px 5px; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
  background: $accent_soft; color: $text; border-top: 1px solid $chosen;
  border-bottom: 1px solid $chosen; }
QListView::item:focus, QTreeView::item:focus { border: 1px solid $focus; padding: 5px 7px; }
QTableView::item:focus { border: 1px solid $focus; padding: 3px 4px; }
QListView:focus, QTreeView:focus, QTableView:focus { border: 2px solid $focus; margin: 0; }
QListView[role="plain"]:focus, QTreeView[role="plain"]:focus, QTableView[role="plain"]:focus {
  border-color: $focus; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $muted; border: none;
  border-bottom: 1px solid $border; padding: 6px 8px; font-size: 12px; font-weight: 500; }
QHeaderView::up-arrow, QHeaderView::down-arrow { width: 8px; height: 8px;
  subcontrol-position: top center; top: 2px; }
QHeaderView::up-arrow { image: url("$icons/style-chevron-up-$marks.svg"); }
QHeaderView::down-arrow { image: url("$icons/style-chevron-down-$marks.svg"); }
QTableView[dense="true"]::item { padding: 4px 0; }
QTableView[dense="true"]::item:focus { padding: 3px 0; }
QTableView[dense="true"] QHeaderView::section { padding: 6px 3px; }
QTableCornerButton::section { background: transparent; border: none; }

QTabWidget::pane { border: none; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 4px 6px 4px;
  margin-right: 16px; border: 2px solid transparent; }
QTabBar[tight="true"]::tab { margin-right: 4px; }
QTabBar::tear { width: 0; border: none; }
QTabBar::tab:hover { color: $text; }
QTabBar QToolButton { padding: 0; min-height: 0; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:selected:focus { border-color: $focus; border-radius: 6px; }

QMenuBar { background: $sunken; border: none; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $edge; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $border; margin: 6px 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 8px; }
QMenu::indicator:checked { image: url("$icons/style-dot-$marks.svg"); }
QSplitter::handle { background: transparent; }
QGroupBox { border: none; margin-top: 24px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
""")


def style_sheet(theme: Theme) -> str:
    """Fill the template.

    Args:
        theme: Where the colours come from.

    Returns:
        The application's style sheet.
    """
    colors = {key: value for key, value in vars(theme).items() if isinstance(value, str)}
    check = "black" if theme.marks == "white" else "white"  # upon the accent
    return _SHEET.substitute(colors, check=check, icons=(resources_dir() / "icons").as_posix())
