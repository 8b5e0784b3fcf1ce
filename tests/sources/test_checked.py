"""The list of checked quotes. All ids and quotes here are made up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledgebook.finding import RULES, Finding
from pledgebook.sources import (
    CHECKED,
    Checked,
    fingerprint,
    read_checked,
    vouches,
    write_checked,
)

HASH = "0123456789abcdef" * 4
BOATS = Checked("gazette", HASH, "nor-boats", 10, 31, fingerprint("promised forty boats"))
PLANES = Checked("gazette", HASH, "nor-planes", 4, 9, fingerprint("two planes"))
HEADER = "source,sha256,entry,start,end,words\n"


def row(entry: str, start: int = 1, words: str = "") -> str:
    return f"gazette,{HASH},{entry},{start},99,{words}\n"


def put(root: Path, text: str | bytes) -> Path:
    path = root / CHECKED
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rules(findings: list[Finding]) -> list[tuple[str, int]]:
    assert all(finding.spot.file == CHECKED for finding in findings)
    return [(finding.rule, finding.spot.line) for finding in findings]


def test_rows_are_written_in_order_and_read_back(tmp_path):
    assert write_checked(tmp_path, [BOATS, PLANES, BOATS]) is True
    assert (tmp_path / CHECKED).read_bytes().decode() == (
        HEADER
        + f"gazette,{HASH},nor-planes,4,9,{PLANES.words}\n"
        + f"gazette,{HASH},nor-boats,10,31,{BOATS.words}\n"
    )
    assert read_checked(tmp_path) == ({"nor-boats": BOATS, "nor-planes": PLANES}, [])
    assert os.listdir(tmp_path / "sources") == ["checked.csv"]


def test_a_list_that_says_the_same_is_not_touched(tmp_path):
    write_checked(tmp_path, [BOATS, PLANES])
    before = (tmp_path / CHECKED).stat()
    assert write_checked(tmp_path, [PLANES, BOATS]) is False
    after = (tmp_path / CHECKED).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_tracker_without_checked_quotes_gets_no_list(tmp_path):
    assert write_checked(tmp_path, []) is False
    assert read_checked(tmp_path) == ({}, [])
    assert os.listdir(tmp_path) == []


def test_the_list_can_become_empty(tmp_path):
    write_checked(tmp_path, [BOATS])
    assert write_checked(tmp_path, []) is True
    assert (tmp_path / CHECKED).read_text() == HEADER


def test_an_edited_quote_is_no_longer_vouched_for():
    checked = {BOATS.entry: BOATS}
    assert vouches(checked, "gazette", "nor-boats", "promised  forty\nboats")
    assert not vouches(checked, "gazette", "nor-boats", "promised fifty boats")
    assert not vouches(checked, "herald", "nor-boats", "promised forty boats")
    assert not vouches(checked, "gazette", "nor-planes", "promised forty boats")


def test_a_list_from_before_the_words_vouches_for_the_entry_alone(tmp_path):
    put(tmp_path, f"source,sha256,entry,start,end\ngazette,{HASH},nor-boats,10,31\n")
    checked, findings = read_checked(tmp_path)
    assert findings == []
    assert checked == {"nor-boats": Checked("gazette", HASH, "nor-boats", 10, 31, "")}
    assert vouches(checked, "gazette", "nor-boats", "whatever it says now")


def test_a_byte_order_mark_and_other_line_breaks_are_read(tmp_path):
    text = (HEADER + "\n" + row("nor-boats")).replace("\n", "\r\n")
    put(tmp_path, b"\xef\xbb\xbf" + text.encode())
    checked, findings = read_checked(tmp_path)
    assert (list(checked), findings) == (["nor-boats"], [])


@pytest.mark.parametrize(
    "broken",
    [
        "gazette\n",
        f"gazette,{HASH},x,1,99\n",
        f'gazette,{HASH},"x,1,99,\n',
        f"gazette,{HASH},,1,99,\n",
        f"gazette,{HASH[1:]},x,1,99,\n",
        f"gazette,{HASH},x,one,99,\n",
        f"gazette,{HASH},x,-1,99,\n",
        f"gazette,{HASH},x,99,99,\n",
        f"gazette,{HASH},x,1,{'9' * 5000},\n",
        f"gazette,{HASH},x,1,99,quoted\n",
        f"gazette,{HASH},x\ry,1,99,\n",
        f"gazette,{HASH},{'x' * 200_000},1,{'9' * 20},\n",
    ],
)
def test_a_broken_row_is_found_and_the_others_are_kept(tmp_path, broken):
    path = put(tmp_path, HEADER + row("first") + broken + row("last"))
    checked, findings = read_checked(tmp_path)
    assert list(checked) == ["first", "last"]
    assert rules(findings) == [("file-unreadable", 3)]
    assert len(findings[0].as_text()) < 2000
    before = path.read_bytes()
    assert write_checked(tmp_path, [BOATS]) == findings[0]
    assert path.read_bytes() == before


def test_a_finding_in_the_list_reads_like_the_others(tmp_path):
    put(tmp_path, HEADER + "gazette,abc,nor-boats,1,9,\n")
    assert read_checked(tmp_path)[1][0].as_text() == (
        "sources/checked.csv:2:1: error: a row of the list of checked quotes cannot be read "
        "[file-unreadable]\n"
        "  |\n"
        "2 | gazette,abc,nor-boats,1,9,\n"
        "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  expected   a sha256 of 64 hexadecimal digits\n"
        "  found      abc\n"
        "  remedy     delete the row, and run pledgebook check where the source's text is"
    )


def test_a_merge_conflict_is_found_and_what_it_disputes_is_not_read(tmp_path):
    conflict = "<<<<<<< ours\n" + row("a") + "=======\n" + row("a", 2) + ">>>>>>> theirs\n"
    path = put(tmp_path, HEADER + row("first") + conflict + row("last"))
    checked, findings = read_checked(tmp_path)
    assert (list(checked), rules(findings)) == (["first", "last"], [("merge-conflict", 3)])
    before = path.read_bytes()
    assert write_checked(tmp_path, checked.values()) == findings[0]
    assert path.read_bytes() == before


def test_two_rows_for_one_entry_are_found_unless_they_say_the_same(tmp_path):
    put(tmp_path, HEADER + row("a") + row("a") + row("a", 2))
    checked, findings = read_checked(tmp_path)
    assert (checked["a"].start, rules(findings)) == (1, [("entry-duplicate", 4)])
    assert findings[0].entry == "a"


def test_a_list_that_does_not_begin_with_its_columns_is_one_finding(tmp_path):
    put(tmp_path, "entry,source\n" + row("a") * 3)
    checked, findings = read_checked(tmp_path)
    assert (checked, rules(findings)) == ({}, [("file-unreadable", 1)])


def test_a_list_that_is_not_text_is_a_finding(tmp_path):
    put(tmp_path, HEADER.encode() + b"\xff")
    assert rules(read_checked(tmp_path)[1]) == [("encoding-unreadable", 0)]
    assert isinstance(write_checked(tmp_path, [BOATS]), Finding)


def test_a_link_that_leaves_the_tracker_is_neither_read_nor_written(tmp_path):
    outside, root = tmp_path / "outside", tmp_path / "tracker"
    outside.mkdir()
    root.mkdir()
    (root / "sources").symlink_to(outside)
    assert rules(read_checked(root)[1]) == [("file-outside", 0)]
    result = write_checked(root, [BOATS])
    assert isinstance(result, Finding)
    assert (result.rule, os.listdir(outside)) == ("file-outside", [])


def test_a_link_inside_the_tracker_stays_a_link(tmp_path):
    path = put(tmp_path, HEADER)
    path.rename(tmp_path / "list.csv")
    path.symlink_to("../list.csv")
    assert write_checked(tmp_path, [BOATS]) is True
    assert path.is_symlink()
    assert read_checked(tmp_path) == ({"nor-boats": BOATS}, [])


def test_a_list_that_cannot_be_written_is_a_finding(tmp_path):
    (tmp_path / "sources").write_text("a file, not a folder")
    result = write_checked(tmp_path, [BOATS])
    assert isinstance(result, Finding)
    assert result.flaw.message == "the list of checked quotes cannot be written"
    os.remove(tmp_path / "sources")
    (tmp_path / CHECKED).mkdir(parents=True)
    assert isinstance(write_checked(tmp_path, [BOATS]), Finding)


def test_a_failed_write_leaves_nothing_behind(tmp_path, monkeypatch):
    path = put(tmp_path, HEADER)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = write_checked(tmp_path, [BOATS])
    assert isinstance(result, Finding)
    assert result.flaw.found == "No space left on device"
    assert (os.listdir(path.parent), path.read_text()) == (["checked.csv"], HEADER)


def test_an_id_that_the_list_cannot_hold_is_misuse(tmp_path):
    with pytest.raises(ValueError, match="line break"):
        write_checked(tmp_path, [Checked("gazette", HASH, "a\nb", 0, 1, "")])


IDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=9)
ROWS = st.builds(
    lambda source, entry, start, size, quote: Checked(
        source, HASH, entry, start, start + size, fingerprint(quote)
    ),
    IDS,
    IDS,
    st.integers(0, 10**8),
    st.integers(1, 10**6),
    st.text(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, unique_by=lambda row: row.entry))
def test_what_is_written_is_what_is_read(tmp_path, rows):
    (tmp_path / CHECKED).unlink(missing_ok=True)
    write_checked(tmp_path, rows)
    assert read_checked(tmp_path) == ({row.entry: row for row in rows}, [])


LINES = st.lists(
    st.sampled_from(
        [HEADER, row("a"), row("b", 2), "<<<<<<< x\n", "=======\n", ">>>>>>> y\n", ",\n"]
    ).map(str.encode)
    | st.binary(max_size=20)
).map(b"".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=LINES | LINES.map(HEADER.encode().__add__) | st.binary())
def test_reading_any_bytes_never_raises(tmp_path, raw):
    path = put(tmp_path, raw)
    _, findings = read_checked(tmp_path)
    for finding in findings:
        assert finding.rule in RULES
        assert finding.as_text()
    if findings:  # what cannot be read is never written over
        assert write_checked(tmp_path, [BOATS]) == findings[0]
        assert path.read_bytes() == raw
