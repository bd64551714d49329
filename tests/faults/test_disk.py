"""Disks that fill up, folders that may not be written, processes that are killed: the file is always whole, and the learner is told."""

from __future__ import annotations

import errno
import io
import os
import random
import re
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course import answers
from course.answers import AnswerBook
from course.errors import BookError
from course.language import LANGUAGES, explain

OLD, NEW = {"texts": {"a": "以前的"}}, {"texts": {"a": "新写的"}}
SENTENCES = {errno.ENOSPC: "disk_full", errno.EACCES: "not_writable", errno.EIO: "file_trouble"}


@pytest.fixture
def book(tmp_path: Path) -> AnswerBook:
    """A book with an answer to two activities, and a backup."""
    return filled(tmp_path)


def filled(folder: Path) -> AnswerBook:
    book = AnswerBook(folder / "answers.json", "m08")
    book.save("neighbour", {"n": 1})
    book.save("reply", OLD)
    return book


def answers_in(path: Path) -> dict[str, Any]:
    """All answers of a file, which must be whole."""
    page = answers.decode(path.read_bytes(), path, "m08")
    return {name: entry.answer for name in page.activities if (entry := page.entry(name))}


def assert_told(error: BookError, sentence: str, path: Path) -> None:
    assert error.sentence == sentence
    for language in LANGUAGES:
        assert str(path.parent) in explain(error, language)


def assert_whole(book: AnswerBook, before: bytes) -> None:
    """After a failed save: the old file to the byte or all of the new one, a whole backup, no rubbish."""
    if book.path.read_bytes() != before:
        assert answers_in(book.path) == {"neighbour": {"n": 1}, "reply": NEW}
    assert answers_in(book.backup)
    assert {path.name for path in book.path.parent.iterdir()} <= {"answers.json", "answers.json.bak", ".answers.json.lock"}


# Each system call of a save fails, one after the other

CALLS: list[tuple[Any, str]] = [
    (os, "mkdir"),
    (os, "stat"),
    (os, "lstat"),
    (os, "open"),
    (io, "open"),
    (tempfile, "mkstemp"),
    (os, "fdopen"),
    (os, "fsync"),
    (os, "chmod"),
    (os, "replace"),
]


class Failing:
    """Counts the calls of one function that concern a folder, and lets the n-th fail."""

    def __init__(self, real: Callable[..., Any], folder: Path, nth: int | None, number: int) -> None:
        self.real, self.folder, self.nth, self.number = real, folder, nth, number
        self.count = 0

    def concerns(self, args: tuple[Any, ...], named: dict[str, Any]) -> bool:
        first = args[0] if args else named.get("dir")
        if isinstance(first, int):
            return True
        return any(isinstance(value, (str, os.PathLike)) and str(value).startswith(str(self.folder)) for value in (first, named.get("dir")))

    def __call__(self, *args: Any, **named: Any) -> Any:
        if self.concerns(args, named):
            self.count += 1
            if self.count == self.nth:
                raise OSError(self.number, os.strerror(self.number))
        return self.real(*args, **named)


def calls_of_a_save() -> list[tuple[Any, str, int]]:
    """Every call that one save makes: where, its name, the how-manieth."""
    found = []
    for owner, name in CALLS:
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            book = filled(Path(folder))
            counting = Failing(getattr(owner, name), Path(folder), None, 0)
            patch.setattr(owner, name, counting)
            book.save("reply", NEW)
        found += [(owner, name, nth) for nth in range(1, counting.count + 1)]
    return found


CALLS_OF_A_SAVE = calls_of_a_save()


def test_the_calls_of_a_save_are_seen() -> None:
    assert {"stat", "open", "mkstemp", "fdopen", "fsync", "chmod", "replace"} <= {name for _, name, _ in CALLS_OF_A_SAVE}


@pytest.mark.parametrize("number", SENTENCES, ids=errno.errorcode.get)
@pytest.mark.parametrize(("owner", "name", "nth"), CALLS_OF_A_SAVE, ids=[f"{name}-{nth}" for _, name, nth in CALLS_OF_A_SAVE])
def test_whatever_call_fails_the_file_is_whole_and_it_is_told(
    book: AnswerBook, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, nth: int, number: int
) -> None:
    before = book.path.read_bytes()
    monkeypatch.setattr(answers, "LOCK_SECONDS", 0.05)
    failing = Failing(getattr(owner, name), book.path.parent, nth, number)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, failing)
        try:
            book.save("reply", NEW)
        except BookError as error:
            assert_told(error, SENTENCES[number], book.path)
        else:
            # The call could be made good (a lock is tried again, a folder need not be made): then the save must be true.
            assert answers_in(book.path)["reply"] == NEW
    assert failing.count >= nth
    assert_whole(book, before)
    book.save("reply", NEW)
    assert answers_in(book.path) == {"neighbour": {"n": 1}, "reply": NEW}


@pytest.mark.parametrize(
    ("number", "sentence"), [(errno.EDQUOT, "disk_full"), (errno.EROFS, "not_writable"), (errno.EPERM, "not_writable")]
)
def test_quotas_and_read_only_disks_have_their_sentence(
    book: AnswerBook, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkstemp", Failing(tempfile.mkstemp, book.path.parent, 1, number))
        with pytest.raises(BookError) as caught:
            book.save("reply", NEW)
    assert_told(caught.value, sentence, book.path)


class FullFile:
    """A file on a full disk: the named method fails."""

    def __init__(self, file: Any, method: str) -> None:
        self.file, self.method = file, method

    def __enter__(self) -> FullFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        if name == self.method:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return getattr(self.file, name)


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("method", ["write", "flush"])
def test_a_disk_that_fills_up_while_writing_leaves_the_old_file(
    book: AnswerBook, monkeypatch: pytest.MonkeyPatch, method: str, nth: int
) -> None:
    before, real, count = book.path.read_bytes(), os.fdopen, iter(range(1, 10))

    def fdopen(*args: Any) -> Any:
        file = real(*args)
        return FullFile(file, method) if next(count) == nth else file

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", fdopen)
        with pytest.raises(BookError) as caught:
            book.save("reply", NEW)
    assert_told(caught.value, "disk_full", book.path)
    assert book.path.read_bytes() == before
    assert_whole(book, before)


@pytest.mark.parametrize("change", ["restart", "choose_language", "forget"])
@pytest.mark.parametrize("nth", [1, 2, 3, 4])
def test_every_change_is_whole_or_not_at_all(book: AnswerBook, monkeypatch: pytest.MonkeyPatch, change: str, nth: int) -> None:
    changes: dict[str, Callable[[], object]] = {
        "restart": lambda: book.restart("reply", {}),
        "choose_language": lambda: book.choose_language("en"),
        "forget": lambda: book.save("reply", NEW, forget=True),
    }
    before = book.path.read_bytes()
    failing = Failing(os.replace, book.path.parent, nth, errno.ENOSPC)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing)
        try:
            changes[change]()
        except BookError as error:
            assert_told(error, "disk_full", book.path)
        else:
            assert failing.count < nth
    if failing.count >= nth and book.path.read_bytes() != before:
        # Forgetting writes the new state twice, so that the backup holds it, too: the second time the file is new already.
        assert (change, answers_in(book.path)["reply"]) == ("forget", NEW)
    assert answers_in(book.path).keys() == {"neighbour", "reply"}


@pytest.mark.parametrize("name", ["replace", "fsync"])
def test_a_malformed_file_is_never_lost_when_its_rescue_fails(book: AnswerBook, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    book.path.write_bytes(b"{ spoilt")
    kept = book.backup.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, name, Failing(getattr(os, name), book.path.parent, 1, errno.EIO))
        with pytest.raises(BookError):
            book.page()
    assert b"{ spoilt" in [path.read_bytes() for path in book.path.parent.iterdir()]
    assert book.backup.read_bytes() == kept
    assert book.page().activities.keys() == {"neighbour"}


def test_a_file_that_grows_too_large_for_the_system_is_told(tmp_path: Path) -> None:
    """A real limit: the system refuses every byte after the 20,000th."""
    program = """
import resource, signal, sys
from pathlib import Path
from course.answers import AnswerBook
from course.errors import BookError
book = AnswerBook(Path(sys.argv[1]) / "answers.json", "m08")
book.save("reply", {"texts": {"a": "short"}})
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    book.save("reply", {"texts": {"a": "x" * 30_000}})
except BookError as error:
    print(error.sentence, book.entry("reply").answer["texts"]["a"])
"""
    assert run(program, tmp_path) == "file_trouble short"
    assert list(tmp_path.glob(".*.tmp")) == []


# Folders and files that may not be written


def run(program: str, *args: object) -> str:
    """What a Python program prints."""
    done = subprocess.run([sys.executable, "-c", program, *map(str, args)], capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


AS_NOBODY = """
import os, sys, tempfile
from pathlib import Path
from course.answers import AnswerBook
from course.errors import BookError
from course.language import LANGUAGES, explain, interface
# Whatever Python loads late must be loaded while we may read it.
[interface(language) for language in LANGUAGES]
with tempfile.TemporaryDirectory() as warm:
    AnswerBook(Path(warm) / "answers.json", "m08").save("reply", {})
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
def told(action):
    try:
        return repr(action())
    except BookError as error:
        return error.sentence + " " + str("answers.json" in explain(error, "zh") and "answers.json" in explain(error, "en"))
book = AnswerBook(Path(sys.argv[1]) / "answers.json", "m08")
"""


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder that a process other than root may read and not write, with a book in it."""
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        folder = Path(outer) / "closed"
        folder.mkdir()
        filled(folder)
        (folder / ".answers.json.lock").unlink()
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_folder_that_may_not_be_written_is_told_and_its_answers_are_read(closed: Path) -> None:
    before = (closed / "answers.json").read_bytes()
    program = AS_NOBODY + 'print(told(lambda: book.save("reply", {})), told(lambda: book.entry("reply").answer))'
    assert run(program, closed) == f"not_writable True {OLD!r}"
    assert (closed / "answers.json").read_bytes() == before
    assert {path.name for path in closed.iterdir()} == {"answers.json", "answers.json.bak"}


def test_a_folder_that_may_not_even_be_entered_is_told(closed: Path) -> None:
    closed.chmod(0o000)
    program = AS_NOBODY + 'print(told(book.page), told(lambda: book.save("reply", {})))'
    assert run(program, closed) == "not_writable True not_writable True"


def test_a_malformed_file_in_a_closed_folder_is_told_and_left(closed: Path) -> None:
    (closed / "answers.json").write_bytes(b"{")
    assert run(AS_NOBODY + "print(told(book.page))", closed) == "not_writable True"
    assert (closed / "answers.json").read_bytes() == b"{"


def test_a_link_into_a_closed_folder_is_told_or_set_aside(closed: Path) -> None:
    with tempfile.TemporaryDirectory() as own:
        Path(own).chmod(0o777)
        (Path(own) / "answers.json").symlink_to(closed / "answers.json")
        closed.chmod(0o000)
        program = AS_NOBODY + 'print(told(lambda: dict(book.page().activities)), told(lambda: book.save("reply", {}).attempt))'
        assert run(program, own) == "{} 1"


def test_a_folder_that_cannot_be_made_is_told(closed: Path) -> None:
    assert run(AS_NOBODY + 'print(told(lambda: book.save("reply", {})))', closed / "new") == "not_writable True"
    assert not (closed / "new").exists()


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("a file", encoding="utf-8")
    book = AnswerBook(tmp_path / "answers" / "m08.json", "m08")
    actions: list[Callable[[], object]] = [book.page, lambda: book.save("reply", {}), lambda: answers.read(book.path, "m08")]
    for action in actions:
        with pytest.raises(BookError) as caught:
            action()
        assert_told(caught.value, "file_trouble", book.path)
    assert (tmp_path / "answers").read_text(encoding="utf-8") == "a file"


def test_a_write_protected_file_is_left_alone_until_the_protection_is_off(book: AnswerBook) -> None:
    before, backup = book.path.read_bytes(), book.backup.read_bytes()
    book.path.chmod(0o444)
    actions: list[Callable[[], object]] = [
        lambda: book.save("reply", NEW),
        lambda: book.save("reply", NEW, forget=True),
        lambda: book.restart("reply", {}),
        lambda: book.choose_language("en"),
    ]
    for action in actions:
        with pytest.raises(BookError) as caught:
            action()
        assert_told(caught.value, "protected", book.path)
    assert (book.path.read_bytes(), book.backup.read_bytes()) == (before, backup)
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o444
    book.path.chmod(0o644)
    book.save("reply", NEW)
    assert answers_in(book.path)["reply"] == NEW


# Locks


HOLDER = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(book: AnswerBook) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its stdin is closed."""
    lock = book.path.with_name(".answers.json.lock")
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_lock_that_another_process_holds_is_told(
    book: AnswerBook, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LOCK_SECONDS", 0.1)
    before = book.path.read_bytes()
    with pytest.raises(BookError) as caught:
        book.save("reply", NEW)
    assert_told(caught.value, "busy", book.path)
    assert book.path.read_bytes() == before
    assert book.entry("reply") is not None  # reading needs no lock


def test_a_save_waits_for_a_lock_that_is_given_back(book: AnswerBook, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin is not None
    timer = threading.Timer(0.2, holder.stdin.close)
    timer.start()
    book.save("reply", NEW)
    timer.join()
    assert answers_in(book.path)["reply"] == NEW


def test_the_lock_of_a_killed_process_is_free(book: AnswerBook, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch) -> None:
    holder.kill()
    holder.wait()
    monkeypatch.setattr(answers, "LOCK_SECONDS", 1.0)
    book.save("reply", NEW)
    assert answers_in(book.path)["reply"] == NEW


def test_a_failed_save_gives_its_lock_back(book: AnswerBook, monkeypatch: pytest.MonkeyPatch) -> None:
    book.path.chmod(0o444)
    with pytest.raises(BookError):
        book.save("reply", NEW)
    book.path.chmod(0o644)
    monkeypatch.setattr(answers, "LOCK_SECONDS", 0.1)
    AnswerBook(book.path, "m08").save("reply", NEW)
    assert answers_in(book.path)["reply"] == NEW


# A writer is killed

WRITER = """
import os, sys
from pathlib import Path
from course.answers import AnswerBook
# A kill a child: forking spares the imports.
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        print("pid", os.getpid(), flush=True)
        book, n = AnswerBook(Path(sys.argv[1]) / "answers.json", "m08"), int(line)
        while True:
            n += 1
            name = f"part_{n % 3}"
            book.save(name, {"n": n, "text": "客户" * (n % 50)}, forget=n % 7 == 0)
            os.write(1, f"saved {name} {n}\\n".encode())  # one write: a line is whole or absent
    os.waitpid(child, 0)
    print("gone", flush=True)
"""
KILLS = 20


def kill_after(process: subprocess.Popen[str], begin: int, saves: int, wait: float) -> dict[str, int]:
    """Let the writer begin at a number, kill it some time after so many saves; returns the last number acknowledged of each part."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{begin}\n")
    process.stdin.flush()
    pid = int(process.stdout.readline().removeprefix("pid "))
    timer = threading.Timer(wait, os.kill, (pid, signal.SIGKILL))
    acknowledged, started = {}, False
    for line in process.stdout:
        if line == "gone\n":
            break
        match = re.fullmatch(r"saved (part_\d) (\d+)\n", line)
        assert match is not None, line
        acknowledged[match[1]] = int(match[2])
        if not started and int(match[2]) - begin >= saves:
            timer.start()
            started = True
    timer.join()
    return acknowledged


def test_a_writer_killed_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(8)
    known: dict[str, int] = {}
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        for _ in range(KILLS):
            begin = max(known.values(), default=0)
            known |= kill_after(process, begin, saves=3, wait=chance.uniform(0, 0.03))
            book = AnswerBook(tmp_path / "answers.json", "m08")
            kept = {name: answer["n"] for name, answer in answers_in(book.path).items()}
            assert all(kept[name] in (n, n + 3) for name, n in known.items())
            assert book.page() == answers.read(book.path, "m08")
            assert book.notice is None
            assert answers_in(book.backup)
            known = kept
        assert process.stdin is not None
        process.stdin.close()
    assert max(known.values()) > KILLS
    assert list(tmp_path.glob("*.damaged.json")) == []
    AnswerBook(tmp_path / "answers.json", "m08").save("part_0", {"n": 0})
    assert answers_in(tmp_path / "answers.json")["part_0"] == {"n": 0}
