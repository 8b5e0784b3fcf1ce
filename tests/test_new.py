"""`pledgebook new DIR` makes a small tracker that passes `check` and explains itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pledgebook import starter
from pledgebook.books import read_book
from pledgebook.cli import main
from pledgebook.files import list_files, read_file
from pledgebook.kinds import KINDS
from pledgebook.starter import new_tracker

ROOT = Path(__file__).parents[1]
FILES = {
    ".gitignore",
    ".pledgebook/book.schema.json",
    ".pledgebook/tracker.schema.json",
    "activities.toml",
    "actors.toml",
    "books/2024.toml",
    "links.csv",
    "sources/2024-05-02-paper.txt",
    "sources/2024-09-20-gazette.txt",
    "tracker.toml",
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    new_tracker(folder)
    return folder


def test_it_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    result = run("new", "my tracker")
    assert result.exit_code == 0
    told, *commands = result.output.splitlines()
    assert (
        told == "my tracker is a tracker now. What it tells is made up: replace it with your own."
    )
    assert commands == [
        "  pledgebook -t 'my tracker' check",
        "  pledgebook -t 'my tracker' board",
        "  pledgebook -t 'my tracker' show promises",
    ]
    assert files(tmp_path / "my tracker") == FILES


def test_it_passes_check_without_a_finding(folder: Path):
    result = run("-t", str(folder), "check")
    assert (result.exit_code, result.output) == (0, "no findings\n")
    # every quote was found in its source, and that is remembered
    assert (folder / "sources" / "checked.csv").read_text().count("\n") == 9


def test_it_is_tidy(folder: Path):
    result = run("-t", str(folder), "tidy", "--check")
    assert (result.exit_code, result.output) == (0, "3 books are tidy\n")


def test_every_question_of_a_beginner_has_an_answer(folder: Path):
    def show(question: str, *options: str) -> list[dict[str, object]]:
        result = run("-t", str(folder), "show", question, "--format", "json", *options)
        assert result.exit_code == 0
        return json.loads(result.stdout)

    sums = {row["unit"]: row for row in show("promises")}
    assert [sums["boats"][name] for name in ("pledged", "delivered", "outstanding")] == [4, 1, 3]
    assert [sums["USD"][name] for name in ("pledged", "disbursed")] == [1_500_000, 600_000]
    # before the vote both promises wait, and the file says how to ask for it
    book = (folder / "books" / "2024.toml").read_text()
    assert "pledgebook show promises --as-of 2024-08-31" in book
    before = show("promises", "--as-of", "2024-08-31")
    assert {row["conditional"] for row in before} == {4, 1_500_000}
    assert {row["pledged"] for row in before} == {0}
    assert [row["verdict"] for row in show("totals")] == ["holds"]
    assert {row["state"] for row in show("conditions")} == {"met"}
    assert [row["answer"] for row in show("asks")] == ["yes"]
    board = run("-t", str(folder), "board").output
    assert "Northland to Coast Guard of Southland, disbursed  [northland-paid]  HOLDS" in board


def test_every_paragraph_is_explained(folder: Path):
    """A comment stands above each entry of the book, and each file begins with one."""
    for name in ("tracker.toml", "actors.toml", "activities.toml", "books/2024.toml"):
        schema, comment, *_ = (folder / name).read_text().splitlines()
        assert re.fullmatch(r"#:schema (\.|\.\.)/\.pledgebook/\w+\.schema\.json", schema)
        assert (folder / name).parent.joinpath(schema.removeprefix("#:schema ")).is_file()
        assert comment.startswith("# ")
    lines = (folder / "books" / "2024.toml").read_text().splitlines()
    headers = [number for number, line in enumerate(lines) if line.startswith("[[")]
    assert len(headers) == 10
    assert all(lines[number - 1].startswith("# ") for number in headers)


def test_it_says_that_all_of_it_is_made_up(folder: Path):
    for name in FILES - {".gitignore", "links.csv", "tracker.toml"}:
        if name.endswith((".toml", ".txt")):
            assert "made up" in (folder / name).read_text().lower()
    # nobody that exists is named
    books = [read_file(folder, book.name) for book in list_files(folder).books]
    entries = [entry for book in books for entry in read_book(book)[0]]
    assert {entry.kind for entry in entries} <= KINDS.keys()
    own = {entry.values.get("id") for entry in entries if entry.kind == "actor"}
    for entry in entries:
        assert {entry.values.get("who"), entry.values.get("whom")} - {None} <= own


def test_git_keeps_the_texts_of_sources_out(folder: Path):
    (folder / "sources" / "checked.csv").write_text("source,sha256,entry,start,end,words\n")
    run("-t", str(folder), "check")
    git = ["git", "-c", "core.excludesFile=/dev/null", "-C", str(folder)]
    subprocess.run([*git, "init", "-q"], check=True)
    said = subprocess.run(
        [*git, "ls-files", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    private = {name for name in FILES if name.startswith("sources/")}
    assert set(said.stdout.split()) == FILES - private | {"sources/checked.csv"}


def test_an_empty_folder_may_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert run("new", ".").exit_code == 0
    assert files(tmp_path) == FILES


def test_a_folder_that_holds_something_is_refused(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    result = run("new", str(tmp_path))
    assert result.exit_code == 2
    assert result.stderr == (
        f"pledgebook: {tmp_path} holds something already; name a new folder, or an empty one\n"
    )
    assert files(tmp_path) == {"notes.txt"}


def test_a_file_is_refused(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    result = run("new", str(tmp_path / "notes.txt"))
    assert result.exit_code == 2
    assert "notes.txt is there already and no folder; name a new folder" in result.stderr


def test_what_cannot_be_finished_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(starter, "put_in_place", full)
    with pytest.raises(OSError, match="No space left"):
        new_tracker(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


def test_the_package_brings_it_along(tmp_path: Path):
    """The wheel holds every file of it, and none that a run leaves behind."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    place = "pledgebook/data/starter/"
    names = {
        name.removeprefix(place).replace("gitignore.txt", ".gitignore")
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith(place)
    }
    assert names == {name for name in FILES if not name.startswith(".pledgebook")}
