"""Writing in the rows of lists."""

from PySide6.QtWidgets import QAbstractItemView


def edit_current(view: QAbstractItemView) -> None:
    """Let the user write in the current row, where there is one.

    Who writes there already goes on: Qt would refuse a second time, with a warning. It is asked for
    where a button takes no focus when it is clicked, as on macOS.

    Args:
        view: Its model must let the row be edited.
    """
    index = view.currentIndex()
    if index.isValid() and view.state() is not QAbstractItemView.State.EditingState:
        view.edit(index)
