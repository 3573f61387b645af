"""Stands in for PySide6's modules for OpenGL in the packaged app.

pyqtgraph imports them, 12 MB with their libraries, also where nothing is drawn with them: to derive
classes of which no plot of the app makes an object.
"""

__all__ = ["QOpenGLWidget"]


class QOpenGLWidget:
    """A view that draws with OpenGL; there are none."""

    def __init__(self, *_arguments: object) -> None:
        raise NotImplementedError("this app draws without OpenGL")
