"""Write a file so that at every moment it is wholly the old one or wholly the new one."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path


def put_in_place(path: Path, raw: bytes) -> None:
    """Write the bytes aside, in the same folder, and put them in the place of `path` at once.

    The permissions of a file that is there are kept. Raises OSError, and then `path` is as it was.
    """
    aside = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}")
    try:
        with open(aside, "xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            aside.chmod(stat.S_IMODE(path.stat().st_mode))
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
