"""What is known of a single picture, for whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.data.schema import connected
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from effnet_studio.engine.project import Project


@dataclass(frozen=True)
class ImageDetails:
    """Facts of a file that the index does not hold as columns.

    Attributes:
        format: Told by the content, such as ``"JPEG"``.
        mode: Pillow's name of the pixel layout.
        taken: When it was taken by the camera's clock, seconds since 1970 read as UTC, or None.
        camera: Make and model, or empty.
        found_class: What the folder or table called its class.
        copies: Other pictures of the dataset that show the same.
    """

    format: str
    mode: str
    taken: float | None
    camera: str
    found_class: str
    copies: int


def load_details(project: Project, number: int) -> ImageDetails:
    """Read what is known of a picture.

    Args:
        project: An open project.
        number: Of the picture.

    Returns:
        The facts.

    Raises:
        DatasetError: If there is no such picture.
    """
    query = """
        SELECT f.format, f.mode, f.taken, ifnull(f.camera, ''), i.found_class,
            (SELECT count(*) FROM present p WHERE p.duplicate = i.duplicate AND p.id != i.id)
        FROM images i JOIN files f USING (id) WHERE i.id = ?
    """
    with connected(project) as database:
        row = database.execute(query, (number,)).fetchone()
    if row is None:
        raise DatasetError(msg("This image is no longer in the project."), path=project.root)
    return ImageDetails(*row)
