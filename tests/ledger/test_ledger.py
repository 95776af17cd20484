"""The front: one cursor, one transaction, plain files, and no SQLAlchemy to look at them."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from ledger.made import article, copy, put, revision, standing, update

from provenance.engine import ENGINE
from provenance.errors import NotFoundError, StorageError, StoreBusyError, UsageError
from provenance.ledger import Condition, Ledger
from provenance.ledger.histories import histories
from provenance.ledger.rows import snapshot
from provenance.model import CopyState, State


def test_a_ledger_that_does_not_exist_is_new_and_empty(ledger: Ledger, path: Path) -> None:
    """Looking makes no file: all answers are empty, and the cursor is the empty string."""
    assert Condition.NEW is ledger.condition
    assert ("", "") == (ledger.cursor(), ledger.engine_version())
    assert ([], (), {}) == (list(ledger.articles()), ledger.find("https"), ledger.current([article("a")]))
    assert (0, 0, ()) == (ledger.overview().articles, ledger.overview().revisions, ledger.overview().lines)
    assert [] == list(ledger.histories())
    assert not path.exists()


def test_the_cursor_moves_with_what_it_stands_for(ledger: Ledger) -> None:
    """Conclusions and cursor are written in one transaction."""
    with ledger.writing() as book:
        assert "" == book.cursor
        book.put_revision(revision("a"))
        book.advance("c0ffee")

    assert Condition.READY is ledger.condition
    assert ("c0ffee", ENGINE) == (ledger.cursor(), ledger.engine_version())
    assert 1 == ledger.overview().revisions


def test_an_error_takes_all_of_it_back(ledger: Ledger) -> None:
    """Whatever goes wrong inside leaves the ledger as it was."""
    put(ledger, revision("a"))
    before = ledger.rows()

    def interrupted() -> None:
        with ledger.writing() as book:
            book.put_revision(revision("b"))
            book.advance("further")
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        interrupted()

    assert before == ledger.rows()


def test_conclusions_without_a_cursor_are_refused(ledger: Ledger) -> None:
    """A transaction that does not say what it has read cannot be told from one that never was."""
    with pytest.raises(ValueError, match="advance"), ledger.writing() as book:
        book.put_revision(revision("a"))

    assert [] == list(ledger.articles())


def test_a_cursor_that_another_process_moved_is_said(ledger: Ledger) -> None:
    """Whoever expects a cursor that is no longer there has read the wrong facts."""
    put(ledger, revision("a"))

    with pytest.raises(StoreBusyError), ledger.writing(expected="") as book:
        book.advance("never")

    assert "never" != ledger.cursor()


def test_the_file_is_for_its_owner_alone(ledger: Ledger, path: Path) -> None:
    """A ledger quotes articles that may not be public: mode 0600."""
    put(ledger, revision("a"))

    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    """What the disk will not take is a StorageError, not a traceback."""
    ledger = Ledger.open(tmp_path / "nowhere" / "ledger.sqlite")

    with pytest.raises(StorageError, match="no such file"):
        put(ledger, revision("a"))


def test_a_ledger_is_named_by_a_path_or_a_url(tmp_path: Path) -> None:
    """`sqlite:///` and a path name the same file; what lives in memory is wrong usage, and no URL is no ledger."""
    with Ledger.open(f"sqlite:///{tmp_path}/a.sqlite") as one, Ledger.open(tmp_path / "a.sqlite") as other:
        put(one, revision("a"))

        assert one.rows() == other.rows()
    for wrong in ("sqlite://", "sqlite:///:memory:"):
        with pytest.raises(UsageError, match="memory"):
            Ledger.open(wrong)
    for wrong in ("nosuch://user:secret@host/name", "postgresql://u@h:secret/x", "postgresql://h:secret"):
        with pytest.raises(StorageError, match="not the URL of a database") as caught:
            Ledger.open(wrong)
        assert "secret" not in f"{caught.value} {caught.value.hint}"


def test_an_article_is_found_by_url_id_or_the_beginning_of_one(ledger: Ledger) -> None:
    """A whole name is the only match; % and _ stand for themselves."""
    put(ledger, revision("fire"), revision("fire-2"), revision("flood"))
    ids = {each.article.id for each in ledger.articles()}

    assert {article("fire"), article("fire-2"), article("flood")} == ids
    assert [article("fire")] == [each.article.id for each in ledger.find("https://courier.example/fire")]
    assert {article("fire"), article("fire-2")} == {
        each.article.id for each in ledger.find("https://courier.example/fir")
    }
    assert [article("flood")] == [each.article.id for each in ledger.find(article("flood")[:8])]
    assert () == ledger.find("https://courier.example/f_re") == ledger.find("%") == ledger.find("")


def test_lists_keep_count_of_the_copies(ledger: Ledger) -> None:
    """The row of an article says how many copies it has, how many are behind, and the worst state among them."""
    fix = update("a")
    put(ledger, revision("a"), revision("a", 1), ("a", fix), revision("b"), revision("c"))
    put(
        ledger,
        copy("b", "a", CopyState.BEHIND, [standing(fix)]),
        copy("c", "a", CopyState.CURRENT, [standing(fix, State.CARRIED)]),
    )

    [found] = ledger.find(article("a"))
    assert (2, 2, 1, CopyState.BEHIND) == (found.article.revisions, found.copies, found.behind, found.worst)

    put(ledger, copy("b", "a", CopyState.CURRENT, [standing(fix, State.CARRIED)]))
    [found] = ledger.find(article("a"))
    assert (2, 0, CopyState.CURRENT) == (found.copies, found.behind, found.worst)
    assert (article("a"),) == ledger.find(article("b"))[0].article.copy_of


def test_histories_come_one_by_one(ledger: Ledger, path: Path) -> None:
    """A stream of histories is read page by page, and is what each article gives by itself."""
    fix = update("a")
    put(ledger, *(revision(f"x{n}") for n in range(5)), revision("a"), revision("a", 1), ("a", fix))
    put(ledger, copy("x1", "a", standings=[standing(fix)]))

    with snapshot(path) as rows:
        first = histories(rows, "", size=2)
        found = [*first, *histories(rows, first[-1].article.id, size=99)]

    assert found == list(ledger.histories())
    assert 6 == len(found)
    assert [ledger.history(each.article.id) for each in found] == found
    with pytest.raises(NotFoundError):
        ledger.history(article("unheard of"))


def test_looking_takes_neither_sqlalchemy_nor_alembic(ledger: Ledger, path: Path) -> None:
    """A status must start fast: reading a SQLite file imports the standard library alone."""
    put(ledger, revision("a"))
    code = """if True:
        import sys
        from provenance.ledger import Ledger
        ledger = Ledger.open(sys.argv[1])
        ledger.condition, ledger.cursor(), ledger.overview(), list(ledger.histories()), list(ledger.articles())
        print({"sqlalchemy", "alembic"} & set(sys.modules))
        with ledger.writing() as book:
            book.advance("x")
        print({"alembic"} & set(sys.modules))
    """

    assert "set()\nset()\n" == subprocess.check_output([sys.executable, "-c", code, path], text=True)
