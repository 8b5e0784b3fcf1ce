"""Reading the private copy of a source. All texts here are made up."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledgebook.finding import RULES, Flaw
from pledgebook.sources import Document, document, read_document

TEXT = "Made up: Norland promised 40 boats.\r\nNone has arrived.\r\n"


def write(root: Path, raw: bytes, name: str = "sources/a.txt") -> str:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return name


def read(root: Path, relative: str) -> Document:
    found = read_document(root, relative)
    assert isinstance(found, Document)
    return found


def flaw(root: Path, relative: str) -> Flaw:
    found = read_document(root, relative)
    assert isinstance(found, Flaw)
    assert found.rule in RULES
    assert str(root) not in found.message + found.found + found.remedy + found.expected
    return found


def test_a_source_keeps_its_line_breaks_and_the_hash_of_its_bytes(tmp_path):
    raw = TEXT.encode()
    name = write(tmp_path, raw)
    assert read(tmp_path, name) == Document(name, TEXT, hashlib.sha256(raw).hexdigest())


def test_a_byte_order_mark_is_not_text_but_is_hashed(tmp_path):
    raw = b"\xef\xbb\xbf" + TEXT.encode()
    found = read(tmp_path, write(tmp_path, raw, "sources/a.MD"))
    assert (found.text, found.sha256) == (TEXT, hashlib.sha256(raw).hexdigest())


@pytest.mark.parametrize("name", ["sources/none.txt", "sources/none.pdf", "a.txt/b.txt"])
def test_an_absent_source_is_no_flaw(tmp_path, name):
    write(tmp_path, b"", "a.txt")
    assert read_document(tmp_path, name) is None


@pytest.mark.parametrize("name", ["sources/a.pdf", "sources/a.html", "sources/noending"])
def test_only_plain_text_is_read_for_now(tmp_path, name):
    found = flaw(tmp_path, write(tmp_path, b"%PDF made up", name))
    assert (found.rule, found.message) == ("file-unreadable", "only plain text is read for now")
    assert f'file = "{name.removesuffix(".pdf").removesuffix(".html")}.txt"' in found.remedy


def test_bytes_that_are_not_utf_8_are_found_at_their_place(tmp_path):
    found = flaw(tmp_path, write(tmp_path, b"made up\ncaf\xe9 latin"))
    assert (found.rule, found.found) == ("encoding-unreadable", "0xE9 at byte 12, in line 2")


def test_a_byte_order_mark_does_not_move_the_byte_that_is_found(tmp_path):
    found = flaw(tmp_path, write(tmp_path, b"\xef\xbb\xbfcaf\xe9"))
    assert found.found == "0xE9 at byte 7, in line 1"


def test_utf_16_is_called_by_its_name(tmp_path):
    assert flaw(tmp_path, write(tmp_path, "made up".encode("utf-16"))).found == "UTF-16"


@pytest.mark.parametrize("name", ["../a.txt", "sources/../../a.txt", "/etc/hostname"])
def test_a_path_that_leaves_the_tracker_is_not_followed(tmp_path, name):
    write(tmp_path, b"outside", "a.txt")
    assert flaw(tmp_path / "tracker", name).rule == "file-outside"


def test_a_link_that_leaves_the_tracker_is_not_followed(tmp_path):
    write(tmp_path, b"outside", "a.txt")
    root = tmp_path / "tracker"
    root.mkdir()
    (root / "a.txt").symlink_to(tmp_path / "a.txt")
    (root / "sources").symlink_to(tmp_path)
    assert flaw(root, "a.txt").rule == "file-outside"
    assert flaw(root, "sources/a.txt").rule == "file-outside"


def test_a_link_inside_the_tracker_is_followed(tmp_path):
    write(tmp_path, TEXT.encode())
    (tmp_path / "b.txt").symlink_to("sources/a.txt")
    assert read(tmp_path, "b.txt").text == TEXT


def test_a_tracker_that_is_itself_a_link_is_read(tmp_path):
    write(tmp_path, TEXT.encode(), "real/sources/a.txt")
    (tmp_path / "link").symlink_to("real")
    assert read(tmp_path / "link", "sources/a.txt").text == TEXT


def test_links_that_lead_in_a_circle_are_a_flaw(tmp_path):
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert flaw(tmp_path, "a.txt").rule == "file-unreadable"


def test_what_is_no_file_is_not_opened(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("folder.txt", "pipe.txt", "."):
        assert flaw(tmp_path, name).found.endswith("is not a file")


@pytest.mark.parametrize("name", ["", "a\0.txt", "a\n.txt", "\ud800.txt", "x" * 5000 + ".txt"])
def test_a_name_that_no_file_can_have_is_a_flaw(tmp_path, name):
    assert flaw(tmp_path, name).rule == "file-unreadable"


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    os.truncate(path, document.LARGEST + 1)
    assert flaw(tmp_path, "a.txt").expected == "at most 50,000,000 bytes"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(), raw=st.binary())
def test_reading_never_raises(tmp_path, name, raw):
    read_document(tmp_path, name)
    assert isinstance(document.decode(raw, "a.txt"), str | Flaw)
