"""A new tracker that explains itself, and the schemas by which editors read it."""

from __future__ import annotations

import os
import shutil
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pledgebook.json_schema import schemas
from pledgebook.sources.aside import put_in_place
from pledgebook.tracker import TrackerError

SCHEMAS = ".pledgebook"
"""The folder of a tracker that holds the schemas; the `#:schema` lines of its books lead there."""


def new_tracker(folder: Path) -> None:
    """Make a small tracker in `folder`, which has to be empty or not there yet.

    All that it tells is made up. Raises TrackerError where something is there already, and OSError
    where it cannot be written; what was written up to then is taken away again.
    """
    was_there = os.path.lexists(folder)
    if was_there and (not folder.is_dir() or any(folder.iterdir())):
        what = "holds something already" if folder.is_dir() else "is there already and no folder"
        raise TrackerError(f"{folder} {what}; name a new folder, or an empty one")
    try:
        _copy(resources.files("pledgebook") / "data" / "starter", folder)
        write_schemas(folder)
    except BaseException:
        for written in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(written, ignore_errors=True)
            written.unlink(missing_ok=True)
        if not was_there and folder.is_dir():
            folder.rmdir()
        raise


def write_schemas(root: Path) -> list[str]:
    """Put the schemas of this version into a tracker; the names of the files, which are relative
    to the tracker. Raises OSError."""
    names = []
    (root / SCHEMAS).mkdir(exist_ok=True)
    for name, text in schemas().items():
        names.append(f"{SCHEMAS}/{name}.schema.json")
        put_in_place(root / names[-1], text.encode())
    return names


def _copy(place: Traversable, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for child in place.iterdir():
        # a .gitignore would already be obeyed where this project itself is kept
        target = folder / child.name.replace("gitignore.txt", ".gitignore")
        if child.is_dir():
            _copy(child, target)
        else:
            target.write_bytes(child.read_bytes())
