"""The private copy of a source, as text whose characters can be counted."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pledgebook.finding import Flaw

LARGEST = 50_000_000
"""The largest file that is read, in bytes: a book of a thousand pages has two million."""

PLAIN = (".txt", ".md")
"""The endings of the files that can be read; the others have to be saved as text first."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Document:
    """A source as it was read: `path` is relative to the tracker's folder.

    `text` keeps its line breaks as they are in the file (a byte order mark is not text), so that
    an offset into it is an offset into the file's characters. `sha256` is of the file's bytes.
    """

    path: str
    text: str
    sha256: str


def read_document(root: Path, relative: str) -> Document | Flaw | None:
    """Read the source's text at `relative`, inside the tracker's folder `root`.

    None means that the file is absent, which is normal: texts are private, and `checked.csv`
    vouches for their quotes (law 4). A file that is there and cannot be read is a flaw:
    `file-outside`, `file-unreadable` or `encoding-unreadable`. Never raises OSError.
    """
    raw = read_bytes(root, relative, PLAIN)
    if raw is None or isinstance(raw, Flaw):
        return raw
    text = decode(raw, relative)
    if isinstance(text, Flaw):
        return text
    return Document(relative, text, hashlib.sha256(raw).hexdigest())


def read_bytes(
    root: Path, relative: str, endings: tuple[str, ...] = (), largest: int = LARGEST
) -> bytes | Flaw | None:
    """The bytes of a file inside `root`, a flaw, or None where there is no such file.

    Only a regular file is opened, and only inside `root` after every symbolic link is followed;
    a device or a pipe can block no one. `endings`: where given, the file's name must have one.
    """
    path = inside(root, relative)
    if isinstance(path, Flaw):
        return path
    descriptor = -1
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return _unreadable(f"{relative} is not a file", "name the file itself")
        if endings and PurePosixPath(relative).suffix.lower() not in endings:
            return _not_plain(relative)
        # what was a file a moment ago may have become a pipe: never wait for its other end
        descriptor = os.open(path, os.O_RDONLY | _flags("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"))
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(f"{relative} is not a file", "name the file itself")
        if status.st_size > largest:
            return _too_large(relative, status.st_size, largest)
        raw = _read_all(descriptor, largest)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return _unreadable(f"{relative}: {error.strerror or error}", "see that it can be opened")
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    return raw if len(raw) <= largest else _too_large(relative, len(raw), largest)


def inside(root: Path, relative: str) -> Path | Flaw:
    """Where `relative` really is, with every symbolic link followed, if that is inside `root`."""
    if not relative or not relative.isprintable():
        return _unreadable(repr(relative), "write the file's path from the tracker's folder")
    if os.path.isabs(relative):
        return _outside(relative, "write the path from the tracker's folder, such as sources/a.txt")
    try:
        home = Path(os.path.realpath(root))
        path = Path(os.path.realpath(home / relative))
    except (OSError, ValueError):
        return _unreadable(relative, "write the file's path from the tracker's folder")
    if not path.is_relative_to(home):
        return _outside(f"{relative}, which leads out of it", "put the file itself under sources/")
    return path


def decode(raw: bytes, relative: str) -> str | Flaw:
    """The text of a file's bytes, without its byte order mark, line breaks as they are."""
    start = len(_BOM) if raw.startswith(_BOM) else 0
    try:
        return raw[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        at = start + error.start
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = "UTF-16"
    else:
        line = raw.count(b"\n", 0, at) + 1
        found = f"0x{raw[at]:02X} at byte {at + 1:,}, in line {line:,}"
    return Flaw(
        "encoding-unreadable",
        f"{relative} is not UTF-8 text",
        expected="UTF-8",
        found=found,
        remedy="save it as UTF-8",
    )


def _read_all(descriptor: int, largest: int) -> bytes:
    parts, size = [], 0
    while size <= largest and (part := os.read(descriptor, 1 << 20)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _flags(*names: str) -> int:
    """Those of the flags that this system has."""
    found = 0
    for name in names:
        found |= int(getattr(os, name, 0))
    return found


def _unreadable(found: str, remedy: str) -> Flaw:
    return Flaw("file-unreadable", "the file cannot be read", found=found, remedy=remedy)


def _outside(relative: str, remedy: str) -> Flaw:
    return Flaw(
        "file-outside",
        "the path leaves the tracker's folder",
        expected="a path inside the tracker's folder",
        found=relative,
        remedy=remedy,
    )


def _not_plain(relative: str) -> Flaw:
    ending = PurePosixPath(relative).suffix
    beside = PurePosixPath(relative).with_suffix(".txt")
    return Flaw(
        "file-unreadable",
        "only plain text is read for now",
        expected="a file that ends in .txt or .md",
        found=f"{ending} in {relative}" if ending else relative,
        remedy=f'save its text beside it and write file = "{beside}"',
    )


def _too_large(relative: str, size: int, largest: int) -> Flaw:
    return Flaw(
        "file-unreadable",
        "the file is too large to be read",
        expected=f"at most {largest:,} bytes",
        found=f"{size:,} bytes in {relative}",
        remedy="keep the part that is quoted",
    )
