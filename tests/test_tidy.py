"""`pledgebook tidy` aligns and orders books; what they say, and every comment, stays."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

from pledgebook.books import tidy as tidy_module
from pledgebook.books.tidy import Tidied, tidy_book
from pledgebook.cli import main
from pledgebook.files import File

EXAMPLE = Path(__file__).parents[1] / "examples" / "haiti"
QUICK = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def tidied(text: str, name: str = "books/a.toml") -> str:
    """What tidying makes of a book."""
    found, raw = tidy_book(File(name, text.encode(), ""))
    assert found.left == ""
    return raw.decode()


# what it does -------------------------------------------------------------------------------


def test_keys_are_put_in_order_and_aligned():
    """What names the entry comes first, what its kind says next, the words last."""
    text = """\
[source]
date=2021-12-17
  id   =   "paper"


[[pledge]]
quote = "will give three million"
amount= "3M USD"
who="fra"
condition = ["vote"]
"""
    assert (
        tidied(text)
        == """\
[source]
id   = "paper"
date = 2021-12-17

[[pledge]]
who       = "fra"
amount    = "3M USD"
condition = ["vote"]
quote     = "will give three million"
"""
    )


def test_a_comment_moves_with_what_it_stands_above():
    text = """\
# the whole book

# M01
[[ask]]
quote = "help us"   # as translated
# Friday is the 17th
date = 2021-12-17 # a Friday
who = "usa"
# whom = "can"
[[ask]]   # twice
who = "can"
# not sure about this one

# and this stands alone


# Chapter two

# M02
[[ask]]
who = "fra"

# the end
"""
    assert (
        tidied(text)
        == """\
# the whole book

# M01
[[ask]]
# Friday is the 17th
date  = 2021-12-17 # a Friday
who   = "usa"
quote = "help us"   # as translated

# whom = "can"
[[ask]]   # twice
who = "can"
# not sure about this one

# and this stands alone


# Chapter two

# M02
[[ask]]
who = "fra"

# the end
"""
    )


def test_comments_that_stand_in_a_column_stay_in_it():
    text = """\
[[pledge]]
who = "fra"                # a state
amount = "3M USD"          # as printed
strength = "promised" # here
quote = "three million"# there
"""
    assert (
        tidied(text)
        == """\
[[pledge]]
who      = "fra"           # a state
amount   = "3M USD"        # as printed
strength = "promised" # here
quote    = "three million"  # there
"""
    )


def test_values_keep_their_spelling():
    """Quotation marks, numbers, escapes and long texts are the writer's own; a list gets one
    space behind each comma."""
    text = """\
[[indicator]]
whom = [ 'hti',"hnp" ,]
about = [
      "one", # first
  "two"

  # and then
  , "three",
]
sensitivity = +1_0
quote = 'as "said" \\ there'
note = \"\"\"
  two
    lines\"\"\"
"""
    assert (
        tidied(text)
        == """\
[[indicator]]
whom        = ['hti', "hnp"]
sensitivity = +1_0
quote       = 'as "said" \\ there'
note        = \"\"\"
  two
    lines\"\"\"
about       = [
    "one",  # first
    "two",
    # and then
    "three",
]
"""
    )


def test_a_field_that_the_kind_does_not_have_goes_last():
    text = '[[ask]]\nzeal = "1"\nanger = "2"\nwho = "usa"\n'
    assert tidied(text) == '[[ask]]\nwho   = "usa"\nzeal  = "1"\nanger = "2"\n'


def test_an_entry_stays_below_its_source():
    """Entries inherit from the source above them, so no paragraph changes its place."""
    text = '[[ask]]\nwho = "b"\n\n[source]\nid = "s"\n\n[[ask]]\nwho = "a"\n'
    assert tidied(text) == text


def test_a_broken_paragraph_stays_byte_for_byte():
    broken = '[[pledge]]   \n\n\n  who="fra\n amount =  "3M USD"\n # why?\n\n\n'
    text = f'[[ask]]\nwho="usa"\n\n\n{broken}[[ask]]\nwho="can"\n'
    found, raw = tidy_book(File("books/a.toml", text.encode(), ""))
    assert raw.decode() == f'[[ask]]\nwho = "usa"\n\n\n{broken}[[ask]]\nwho = "can"\n'
    assert [one.rule for one in found.findings] == ["entry-unreadable"]


def test_a_paragraph_of_no_known_kind_stays_as_it_is():
    text = '[[plegde]]\nwho="usa"\n\n\n[[ask]]\nwho = "usa"\n'
    assert tidied(text) == text


def test_a_merge_conflict_stays_byte_for_byte():
    conflict = '<<<<<<< ours\n[[ask]]\nwho="b"\n=======\n[[ask]]\nwho="c"\n>>>>>>> theirs\n\n\n'
    text = f'[[ask]]\nwho="a"\n\n{conflict}[[ask]]\nwho="d"\n'
    found, raw = tidy_book(File("books/a.toml", text.encode(), ""))
    assert raw.decode() == f'[[ask]]\nwho = "a"\n\n{conflict}[[ask]]\nwho = "d"\n'
    assert [one.rule for one in found.findings] == ["merge-conflict"]


def test_line_ends_and_the_byte_order_mark_are_kept():
    raw = b'\xef\xbb\xbf[[ask]]\r\nwho="usa"\r\nnote = """a\r\nb"""\r\n'
    assert tidy_book(File("books/a.toml", raw, ""))[1] == (
        b'\xef\xbb\xbf[[ask]]\r\nwho  = "usa"\r\nnote = """a\r\nb"""\r\n'
    )


def test_bytes_that_are_no_text_leave_the_file_alone():
    raw = b'[[ask]]\nwho="usa"\n\n[[ask]]\nwho="caf\xe9"\n'
    found, after = tidy_book(File("books/a.toml", raw, ""))
    assert after == raw
    assert found.left == "it is not UTF-8 text"
    assert [one.rule for one in found.findings] == ["encoding-unreadable"]


def test_a_table_gets_its_columns_in_order():
    text = (
        'quote,who,colour, id ,kind\n"will give", fra ,"a, b",p1,pledge\n,,,,\nmore,can,,p2,ask\n'
    )
    assert tidied(text, "books/a.csv") == (
        'kind,id,who,quote,colour\npledge,p1,fra,will give,"a, b"\nask,p2,can,more,\n'
    )


def test_a_table_of_which_a_row_is_broken_stays_as_it_is():
    text = 'quote,id\n a ,b\n"c,d\n'
    found, raw = tidy_book(File("books/ask.csv", text.encode(), ""))
    assert raw == text.encode()
    assert found.left == "a table is tidied as a whole, and a part of it cannot be read"
    assert [one.rule for one in found.findings] == ["entry-unreadable"]


def test_the_example_is_tidy():
    result = run("-t", str(EXAMPLE), "tidy", "--check")
    assert result.exit_code == 0, result.output


# the verb -----------------------------------------------------------------------------------

UNTIDY = '[source]\nid="s"\n\n[[ask]]\nsource = "s"\nwho = "usa"\n'
TIDY = '[source]\nid = "s"\n\n[[ask]]\nsource = "s"\nwho    = "usa"\n'


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    for name, text in {
        "tracker.toml": 'title="Mine"\n',
        "actors.toml": '[[actor]]\nid="un"\n',
        "books/a.toml": UNTIDY,
        "books/old/b.toml": UNTIDY.replace('"s"', '"t"'),
        "books/c.toml": TIDY.replace('"s"', '"u"'),
        "books/d.md": "# no book\n",
        "links.csv": "entry , judgement,other,judge,day,reason\n",
        "rates.csv": "table , currency\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, newline="")
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_all_books_are_tidied_and_nothing_else(folder: Path):
    before = everything(folder)
    result = run("-t", str(folder), "tidy")
    assert result.exit_code == 0
    assert result.output == (
        "tidied actors.toml\ntidied books/a.toml\ntidied books/old/b.toml\n4 books are tidy\n"
    )
    after = everything(folder)
    assert after["books/a.toml"].decode() == TIDY
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"actors.toml", "books/a.toml", "books/old/b.toml"}
    assert after.keys() == before.keys()
    assert run("-t", str(folder), "tidy").output == "4 books are tidy\n"
    assert everything(folder) == after


def test_check_changes_nothing_and_lists_what_would(folder: Path):
    before = everything(folder)
    result = run("-t", str(folder), "tidy", "--check", str(folder / "books"))
    assert result.exit_code == 1
    assert result.output == "books/a.toml is not tidy\nbooks/old/b.toml is not tidy\n"
    assert everything(folder) == before


def test_a_book_is_named_from_here_or_from_the_tracker(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    assert run("-t", str(folder), "tidy", "books/a.toml").output == (
        "tidied books/a.toml\n1 book is tidy\n"
    )
    monkeypatch.chdir(folder / "books")
    assert run("tidy", "old").output == "tidied books/old/b.toml\n1 book is tidy\n"


@pytest.mark.parametrize("name", ["links.csv", "tracker.toml", "books/d.md", "books/x.toml", ".."])
def test_what_is_no_book_is_refused(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(folder.parent if name != ".." else folder / "books")
    if name == "..":
        monkeypatch.chdir(folder)
        (folder.parent / "other").mkdir()
        name = "../other"
    before = everything(folder)
    result = run("-t", str(folder), "tidy", name)
    assert result.exit_code == 2
    assert result.stderr == (
        f"pledgebook: {name} is no TOML or CSV book of this tracker, nor a folder of them\n"
    )
    assert everything(folder) == before


def test_what_is_broken_is_reported_and_ends_with_1(folder: Path):
    (folder / "books/a.toml").write_text('[[ask]]\nwho="usa\n\n[[ask]]\nwho="can"\n')
    result = run("-t", str(folder), "tidy", "books/a.toml")
    assert result.exit_code == 1
    assert "books/a.toml:2:5: error: the value of who does not end where it should" in result.output
    assert "\ntidied books/a.toml\n" in result.output
    assert run("-t", str(folder), "tidy", "--check", "books/a.toml").exit_code == 1


def test_a_file_that_is_no_text_is_named_and_left(folder: Path):
    raw = b'[[ask]]\nwho="caf\xe9"\n'
    (folder / "books/a.toml").write_bytes(raw)
    result = run("-t", str(folder), "tidy")
    assert result.exit_code == 1
    assert "books/a.toml is left as it is: it is not UTF-8 text\n" in result.output
    assert (folder / "books/a.toml").read_bytes() == raw


def test_permissions_are_kept(folder: Path):
    (folder / "books/a.toml").chmod(0o640)
    run("-t", str(folder), "tidy")
    assert stat.S_IMODE((folder / "books/a.toml").stat().st_mode) == 0o640


def test_a_link_out_of_the_tracker_is_not_followed(folder: Path):
    outside = folder.parent / "outside.toml"
    outside.write_text(UNTIDY)
    os.symlink(outside, folder / "books" / "linked.toml")
    result = run("-t", str(folder), "tidy")
    assert result.exit_code == 1
    assert "books/linked.toml: error: the path leaves the tracker's folder" in result.output
    assert outside.read_text() == UNTIDY


def test_a_link_inside_of_the_tracker_stays_a_link(folder: Path):
    (folder / "books" / "shelf").mkdir()
    os.symlink("../a.toml", folder / "books" / "shelf" / "linked.toml")
    run("-t", str(folder), "tidy", "books/shelf")
    assert (folder / "books/shelf/linked.toml").is_symlink()
    assert (folder / "books/a.toml").read_text() == TIDY


def test_what_was_changed_in_the_meantime_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Somebody saves the book between reading and writing."""
    saved = (UNTIDY + "# more\n").encode()
    tidy_one = tidy_module.tidy_book

    def slowly(book: File) -> tuple[Tidied, bytes]:
        if book.name == "books/a.toml":
            (folder / book.name).write_bytes(saved)
        return tidy_one(book)

    monkeypatch.setattr(tidy_module, "tidy_book", slowly)
    result = run("-t", str(folder), "tidy", "books/a.toml")
    assert result.exit_code == 1
    assert result.output == (
        "books/a.toml is left as it is: it was changed in the meantime; tidy it again\n"
    )
    assert (folder / "books/a.toml").read_bytes() == saved


def test_what_cannot_be_written_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def full(path: Path, raw: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tidy_module, "put_in_place", full)
    result = run("-t", str(folder), "tidy", "books/a.toml")
    assert result.exit_code == 1
    assert result.output == (
        "books/a.toml is left as it is: it cannot be written (No space left on device)\n"
    )
    assert (folder / "books/a.toml").read_text() == UNTIDY
