"""What to tell people whose folder cannot be trained on, or not well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.data.sources.layout import Layout, inner_folders
from effnet_studio.engine.errors import FolderError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.data.sources.layout import Candidate
    from effnet_studio.engine.data.sources.scan import Listing


def count_classes(
    listing: Listing,
    layout: Layout,
    pictures: Sequence[Candidate],
    unreadable: list[Problem],
    *,
    least: int = 2,
) -> dict[str, int]:
    """Count the pictures of each class, and refuse a folder that cannot be trained on.

    Args:
        listing: The scanned folder.
        layout: Its meaning.
        pictures: What could be decoded.
        unreadable: What could not.
        least: Classes that are needed.

    Returns:
        Class name to number of pictures, sorted by name.

    Raises:
        DatasetError: If there are fewer classes with pictures, with the likely reason.
    """
    root = listing.root
    counts: dict[str, int] = {}
    for label in sorted(picture.label for picture in pictures):
        counts[label] = counts.get(label, 0) + 1
    if len(counts) >= least:
        return counts
    hint = msg("Give each class a sub-folder with its images, such as bees and ants.")
    if unreadable and not counts:
        raise FolderError(
            msg(
                "None of the {count} images in {path} can be read; the first: {reason}",
                count=len(unreadable),
                path=shown(root),
                reason=str(unreadable[0].message),
            ),
            hint=msg("Check that the copying was finished."),
            path=root,
        )
    if not counts:
        loose = any(file.relative.count("/") == 0 for file in listing.candidates)
        raise FolderError(
            msg("There are no images in sub-folders of {path}.", path=shown(root))
            if loose
            else msg("There are no images in {path}.", path=shown(root)),
            hint=hint,
            path=root,
        )
    only = next(iter(counts))
    inner = {} if layout.parts else inner_folders(listing)
    if len(inner.get(listing.candidates[0].parts[0], ())) >= 2:
        hint = msg(
            "Its sub-folders look like classes: choose {path}.",
            path=shown(root / listing.candidates[0].parts[0]),
        )
    raise FolderError(
        msg(
            "There is only one class with images, {name}; telling apart needs at least two.",
            name=only,
        ),
        hint=hint,
        path=root,
    )


def advise(
    listing: Listing,
    layout: Layout,
    classes: dict[str, int],
    parts: Mapping[tuple[str, Split], int],
) -> list[Problem]:
    """Say what the user should know about classes and folders.

    Args:
        listing: The scanned folder.
        layout: Its meaning.
        classes: Class name to number of pictures.
        parts: Number of pictures of each class in each part.

    Returns:
        Warnings.
    """
    root = listing.root
    depth = 2 if layout.parts else 1
    folders = {item.label: root.joinpath(*item.file.parts[:depth]) for item in layout.candidates}
    advice: list[Problem] = []
    more = msg("Add images of it and import again.")
    for name, count in classes.items():
        if count == 1:
            message = msg("The class {name} has a single image; it cannot be validated.", name=name)
        elif not parts.get((name, "train")):
            message = msg("The class {name} has no image to learn from.", name=name)
        elif not parts.get((name, "val")):
            message = msg("The class {name} has no image to validate on.", name=name)
        else:
            continue
        advice.append(Problem(folders[name], message, more, "warning"))
    known = {item.file.parts[0] for item in layout.candidates}
    for folder in listing.folders:
        if folder not in known:
            message = msg("The folder {name} has no images of a class.", name=shown(folder))
            advice.append(Problem(root / folder, message, None, "warning"))
    for name in sorted({item.label for item in layout.candidates} - set(classes)):
        message = msg("No image of the class {name} can be read.", name=name)
        advice.append(Problem(folders[name], message, more, "warning"))
    return advice
