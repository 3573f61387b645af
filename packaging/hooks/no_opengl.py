"""Stands in for ``pyqtgraph.Qt.OpenGLHelpers`` in the packaged app.

pyqtgraph imports Qt's module for OpenGL, 10 MB, also where nothing is drawn with it, only to ask
whether a view is one of this class. None is.
"""

__all__ = ["GraphicsViewGLWidget"]


class GraphicsViewGLWidget:
    """A view that draws with OpenGL; there are none."""
