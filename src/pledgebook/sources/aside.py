"""Write a file so that at every moment it is wholly the old one or wholly the new one."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path


def put_in_place(path: Path, *parts: bytes, is_cache: bool = False) -> None:
    """Write the parts aside, in the same folder, and put them in the place of `path` at once.

    The permissions of a file that is there are kept. What is only a cache need not outlive a power
    cut, so nobody waits for the disk. Raises OSError, and then `path` is as it was.
    """
    aside = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}")
    try:
        with open(aside, "xb") as file:
            file.writelines(parts)
            file.flush()
            if not is_cache:
                os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            aside.chmod(stat.S_IMODE(path.stat().st_mode))
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
