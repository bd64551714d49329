"""AnswerBook: what was saved comes back, two writers lose nothing, bad files are kept and told of."""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import answers
from course.answers import KEPT_ATTEMPTS, AnswerBook, merged
from course.errors import BookError
from course.language import LANGUAGES, explain

SAVES = 100

ODD_TEXTS = [
    "客户第一，员工第二",
    "one\ntwo\r\nthree\n",
    "😀 👩‍👩‍👧 🇨🇳",
    "\"quotes\", 'single', “curly”, \\backslash",
    "",
    "tab\tnull\0bell\a",
    "\u2028 line separator, e\u0301 combining, \ufeff mark",
    "𠀀𠮷",
]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where an answers file would stand, in a folder that is empty so far."""
    return tmp_path / "answers.json"


@pytest.fixture
def book(path: Path) -> AnswerBook:
    """A book that nobody has written in."""
    return AnswerBook(path, "m08")


def raw(book: AnswerBook) -> Any:
    """The file as plain JSON."""
    return json.loads(book.path.read_text(encoding="utf-8"))


def put_raw(book: AnswerBook, data: object) -> bytes:
    """Write JSON into the file as a hand would; returns the bytes."""
    book.path.write_text(json.dumps(data), encoding="utf-8")
    return book.path.read_bytes()


def answer_of(book: AnswerBook, name: str) -> dict[str, Any] | None:
    entry = book.entry(name)
    return entry.answer if entry else None


def aside(book: AnswerBook) -> list[Path]:
    """The files that were set aside."""
    return sorted(book.path.parent.glob("answers.*.damaged.json"))


def assert_told_in_both_languages(error: BookError | None, sentence: str, *parts: str) -> None:
    assert error is not None
    assert error.sentence == sentence
    told = {language: explain(error, language) for language in LANGUAGES}
    assert told["zh"] != told["en"]
    assert all(part in text for part in parts for text in told.values())


# Save and read back


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_a_saved_text_comes_back_as_it_was(book: AnswerBook, text: str) -> None:
    book.save("reply", {"texts": {"a": text}})
    assert answer_of(AnswerBook(book.path, "m08"), "reply") == {"texts": {"a": text}}


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(st.dictionaries(st.text(max_size=10), st.text(max_size=30) | st.integers() | st.booleans() | st.none(), max_size=4))
def test_any_json_object_comes_back_as_it_was(answer: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = AnswerBook(Path(folder) / "answers.json", "m08")
        book.save("reply", answer)
        assert answer_of(book, "reply") == answer


def test_chinese_stands_in_the_file_as_chinese(book: AnswerBook) -> None:
    book.save("reply", {"texts": {"a": "客户"}})
    assert "客户" in book.path.read_text(encoding="utf-8")


def test_half_a_character_pair_that_a_hand_wrote_survives_a_save(book: AnswerBook) -> None:
    put_raw(book, {"schema": 1, "module": "m08", "activities": {"x": {"answer": "\ud83d"}}})
    book.save("ticket", {"texts": {"a": "客户"}})
    assert raw(book)["activities"]["x"] == {"answer": "\ud83d"}
    assert answer_of(book, "ticket") == {"texts": {"a": "客户"}}


def test_an_answer_has_the_file_its_place_and_its_moment(book: AnswerBook) -> None:
    saved = book.save("ticket", {"order": ["a"]})
    assert (raw(book)["schema"], raw(book)["module"]) == (1, "m08")
    assert saved.attempt == 1
    assert saved.saved.tzinfo is not None
    assert book.entry("ticket") == saved
    assert saved.clock == saved.saved.strftime("%H:%M")


def test_a_missing_file_is_an_empty_page_and_stays_missing(book: AnswerBook) -> None:
    assert book.page().activities == {}
    assert book.entry("ticket") is None
    assert list(book.path.parent.iterdir()) == []


def test_missing_folders_are_made(tmp_path: Path) -> None:
    book = AnswerBook(tmp_path / "new" / "answers" / "m08.json", "m08")
    book.save("ticket", {})
    assert answer_of(book, "ticket") == {}


def test_others_may_read_the_file(book: AnswerBook) -> None:
    book.save("ticket", {})
    book.save("ticket", {})
    assert {path.stat().st_mode & 0o777 for path in (book.path, book.backup)} == {0o644}


def test_the_backup_holds_the_generation_before(book: AnswerBook) -> None:
    book.save("ticket", {"n": 1})
    assert not book.backup.exists()
    for n in (2, 3):
        before = book.path.read_bytes()
        book.save("ticket", {"n": n})
        assert book.backup.read_bytes() == before


def test_a_save_leaves_nothing_else_in_the_folder(book: AnswerBook) -> None:
    for n in range(3):
        book.save("ticket", {"n": n})
    assert {path.name for path in book.path.parent.iterdir()} - {".answers.json.lock"} == {"answers.json", "answers.json.bak"}


def test_a_new_attempt_keeps_the_earlier_one(book: AnswerBook) -> None:
    first = book.save("ticket", {"n": 1})
    again = book.restart("ticket", {})
    assert (again.attempt, again.answer) == (2, {})
    assert [(old.answer, old.saved) for old in again.earlier] == [({"n": 1}, first.saved)]


def test_saving_in_a_new_attempt_keeps_number_and_earlier_ones(book: AnswerBook) -> None:
    book.save("ticket", {"n": 1})
    book.restart("ticket", {})
    entry = book.save("ticket", {"n": 2})
    assert entry.attempt == 2
    assert [old.answer for old in entry.earlier] == [{"n": 1}]


def test_the_last_five_attempts_are_kept(book: AnswerBook) -> None:
    for n in range(8):
        book.save("ticket", {"n": n})
        book.restart("ticket", {})
    entry = book.entry("ticket")
    assert entry is not None
    assert entry.attempt == 9
    assert [old.answer["n"] for old in entry.earlier] == [3, 4, 5, 6, 7]
    assert len(entry.earlier) == KEPT_ATTEMPTS == 5


def test_a_new_attempt_of_nothing_is_the_first(book: AnswerBook) -> None:
    entry = book.restart("ticket", {})
    assert (entry.attempt, entry.earlier) == (1, [])


def test_what_is_forgotten_stands_in_no_file(book: AnswerBook) -> None:
    book.save("potential", {"ratings": {"smile": "SECRET"}})
    book.save("ticket", {"n": 1})
    book.save("potential", {"ratings": None}, forget=True)
    assert all(b"SECRET" not in path.read_bytes() for path in book.path.parent.iterdir())
    assert book.backup.read_bytes() == book.path.read_bytes()
    assert answer_of(book, "ticket") == {"n": 1}


def test_the_language_is_remembered_through_saves(book: AnswerBook) -> None:
    book.choose_language("en")
    book.save("ticket", {})
    book.restart("ticket", {})
    assert AnswerBook(book.path, "m08").page().language == "en"


def test_a_book_writes_its_language_into_a_file_that_has_none(book: AnswerBook) -> None:
    AnswerBook(book.path, "m08", language="en").save("ticket", {})
    AnswerBook(book.path, "m08", language="zh").save("reply", {})
    assert book.page().language == "en"


def test_a_byte_order_mark_is_no_damage(book: AnswerBook) -> None:
    book.save("ticket", {"字": "客"})
    book.path.write_bytes(b"\xef\xbb\xbf" + book.path.read_bytes())
    assert answer_of(book, "ticket") == {"字": "客"}
    assert aside(book) == []


def test_two_pages_that_change_one_answer_keep_both_changes(book: AnswerBook) -> None:
    base = book.save("essay", {"texts": {"a": "一"}, "compared": False}).answer
    book.save("essay", {"texts": {"a": "一", "b": "二"}, "compared": False}, base=base)
    entry = book.save("essay", {"texts": {"a": "改", "c": "三"}, "compared": True}, base=base)
    assert entry.answer == {"texts": {"a": "改", "b": "二", "c": "三"}, "compared": True}
    assert answer_of(book, "essay") == entry.answer


def test_two_pages_that_grade_one_sheet_keep_both_grades() -> None:
    base = {"sheets": {"s1": {"grades": {"eyes": 3}, "remark": ""}}}
    mine = {"sheets": {"s1": {"grades": {"eyes": 3, "words": 4}, "remark": ""}}}
    theirs = {"sheets": {"s1": {"grades": {"eyes": 2}, "remark": "seen"}, "s2": {"grades": {}, "remark": ""}}}
    both = {"s1": {"grades": {"eyes": 2, "words": 4}, "remark": "seen"}, "s2": {"grades": {}, "remark": ""}}
    assert merged(base, mine, theirs) == {"sheets": both}


ITEMS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2))
SHEETS = st.dictionaries(st.sampled_from("xy"), st.fixed_dictionaries({"grades": ITEMS, "remark": st.sampled_from(["", "r"])}))
ANSWERS = st.fixed_dictionaries({"ratings": ITEMS, "order": st.lists(st.sampled_from("abc")), "sheets": SHEETS})


@given(base=ANSWERS, mine=ANSWERS)
def test_merging_without_a_second_change_gives_mine(base: dict[str, Any], mine: dict[str, Any]) -> None:
    assert merged(base, mine, base) == mine


@given(base=ANSWERS, theirs=ANSWERS)
def test_merging_without_a_change_of_mine_gives_theirs(base: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert merged(base, base, theirs) == theirs


def test_beginning_again_with_nothing_answered_evicts_no_earlier_answer(book: AnswerBook) -> None:
    book.save("essay", {"texts": {"a": "一"}})
    for _ in range(9):
        entry = book.restart("essay", {"texts": {}})
    assert (entry.attempt, [earlier.answer for earlier in entry.earlier]) == (2, [{"texts": {"a": "一"}}])


def test_a_folder_that_was_moved_away_is_told_and_not_made_anew(tmp_path: Path) -> None:
    home = tmp_path / "course"
    home.mkdir()
    book = AnswerBook(home / "answers" / "m08.json", "m08", within=home)
    book.save("ticket", {})
    home.rename(tmp_path / "moved")
    with pytest.raises(BookError, match="folder_gone"):
        book.save("ticket", {"n": 1})
    assert not home.exists()


def test_choosing_a_language_leaves_the_answers(book: AnswerBook) -> None:
    before = book.save("ticket", {"n": 1})
    book.choose_language("en")
    assert book.entry("ticket") == before


def test_an_unknown_language_is_none(book: AnswerBook) -> None:
    put_raw(book, {"schema": 1, "module": "m08", "language": ["fr"], "activities": {}})
    assert book.page().language is None


def test_what_a_save_does_not_know_survives_it(book: AnswerBook) -> None:
    strange = {"from_later": {"answer": {"x": [1, None]}, "saved": "?", "more": {"中": 1.5}}, "number": 7, "nothing": None}
    put_raw(book, {"schema": 1, "module": "m08", "language": None, "activities": strange})
    book.save("ticket", {"n": 1})
    activities = raw(book)["activities"]
    assert activities.pop("ticket")["answer"] == {"n": 1}
    assert activities == strange


def test_what_was_acknowledged_can_be_read_back_however_long_it_is(book: AnswerBook) -> None:
    book.save("ticket", {"n": 1})
    long = {"texts": {"a": "字" * (answers.MOST_BYTES // 3)}}
    try:
        book.save("essay", long)
    except BookError:
        assert answer_of(book, "ticket") == {"n": 1}
    else:
        assert answer_of(book, "essay") == long


# Two writers


def save_many(book: AnswerBook, writer: str) -> None:
    """Save many answers to activities of one's own, some of them more than once."""
    for n in range(SAVES):
        book.save(f"{writer}_{n % 20}", {"n": n})


def save_many_at(path: str, writer: str) -> None:
    save_many(AnswerBook(Path(path), "m08"), writer)


def assert_all_saved(book: AnswerBook, *writers: str) -> None:
    last = {f"{writer}_{n % 20}": {"n": n} for writer in writers for n in range(SAVES)}
    assert {name: answer_of(book, name) for name in book.page().activities} == last


def test_two_books_on_one_file_merge(path: Path) -> None:
    one, two = AnswerBook(path, "m08"), AnswerBook(path, "m08")
    for n in range(5):
        one.save(f"a_{n}", {"n": n})
        two.save(f"b_{n}", {"n": n})
    assert len(one.page().activities) == len(two.page().activities) == 10


def run_together(targets: list[tuple[AnswerBook, str]]) -> None:
    threads = [threading.Thread(target=save_many, args=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_threads_of_one_book_lose_nothing(book: AnswerBook) -> None:
    run_together([(book, "a"), (book, "b")])
    assert_all_saved(book, "a", "b")


def test_two_books_in_two_threads_lose_nothing(path: Path) -> None:
    run_together([(AnswerBook(path, "m08"), "a"), (AnswerBook(path, "m08"), "b")])
    assert_all_saved(AnswerBook(path, "m08"), "a", "b")


def test_two_processes_lose_nothing(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=save_many_at, args=(str(path), writer)) for writer in ("a", "b")]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert_all_saved(AnswerBook(path, "m08"), "a", "b")


def test_a_reader_never_sees_half_a_file(book: AnswerBook) -> None:
    book.save("a_0", {"n": 0})
    writer = threading.Thread(target=save_many, args=(AnswerBook(book.path, "m08"), "a"))
    writer.start()
    seen = []
    while writer.is_alive():
        entry = answers.read(book.path, "m08").entry("a_0")
        assert entry is not None
        seen.append(entry.answer["n"])
    writer.join()
    assert seen == sorted(seen)
    assert book.notice is None


# Malformed files


def malformed_files() -> dict[str, bytes]:
    good = answers.encode(answers.Page("m08", "zh", {}))
    return {
        "empty": b"",
        "white_space": b" \n",
        "not_utf8": "客户".encode("gb18030"),
        "utf16": good.decode().encode("utf-16"),
        "nulls": b"\0" * 512,
        "list": b"[]",
        "number": b"1",
        "null": b"null",
        "no_schema": b'{"module": "m08", "activities": {}}',
        "schema_of_words": b'{"schema": "1", "module": "m08", "activities": {}}',
        "schema_zero": b'{"schema": 0, "module": "m08", "activities": {}}',
        "no_activities": b'{"schema": 1, "module": "m08"}',
        "activities_as_list": b'{"schema": 1, "module": "m08", "activities": []}',
        "other_module": b'{"schema": 1, "module": "m09", "language": null, "activities": {"ticket": 1}}',
        "two_files_in_one": good + good,
        "endless_number": b'{"schema": 1' + b"1" * 5000 + b"}",
        "deep": b"[" * 100_000,
        "deep_and_closed": b'{"schema": 1, "module": "m08", "activities": {"x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
    }


MALFORMED = malformed_files()


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_file_is_set_aside_whole_and_told_once(book: AnswerBook, data: bytes) -> None:
    book.path.write_bytes(data)
    assert book.page().activities == {}
    (kept,) = aside(book)
    assert kept.read_bytes() == data
    assert_told_in_both_languages(book.take_notice(), "set_aside", "answers.json", kept.name)
    assert book.page().activities == {}
    assert book.take_notice() is None


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_save_over_a_malformed_file_keeps_both(book: AnswerBook, data: bytes) -> None:
    book.path.write_bytes(data)
    book.save("ticket", {"n": 1})
    assert [kept.read_bytes() for kept in aside(book)] == [data]
    assert answer_of(book, "ticket") == {"n": 1}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
def test_the_backup_takes_the_place_of_a_malformed_file(book: AnswerBook, data: bytes) -> None:
    book.save("ticket", {"n": 1})
    book.save("ticket", {"n": 2})
    book.path.write_bytes(data)
    assert answer_of(book, "ticket") == {"n": 1}
    (kept,) = aside(book)
    assert kept.read_bytes() == data
    assert_told_in_both_languages(book.take_notice(), "restored", "answers.json", kept.name)
    assert AnswerBook(book.path, "m08").page() == book.page()
    assert book.take_notice() is None


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
def test_marking_reads_a_malformed_file_as_an_error_and_leaves_it(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(BookError) as caught:
        answers.read(path, "m08")
    assert_told_in_both_languages(caught.value, "malformed_file", "answers.json")
    assert [(found.name, found.read_bytes()) for found in path.parent.iterdir()] == [("answers.json", data)]


def test_an_aside_has_the_date_in_its_name(book: AnswerBook) -> None:
    book.path.write_bytes(b"")
    book.page()
    assert aside(book)[0].match("answers.20[0-9][0-9]-[01][0-9]-[0-3][0-9]_*.damaged.json")


def test_a_second_malformed_file_does_not_replace_the_first(book: AnswerBook) -> None:
    for data in (b"one", b"two"):
        book.path.write_bytes(data)
        book.page()
    assert [kept.read_bytes() for kept in aside(book)] == [b"one", b"two"]


def test_a_file_cut_at_any_byte_costs_one_generation_at_most() -> None:
    whole = answers.encode(answers.Page("m08", "zh", {"ticket": {"answer": {"字": "客"}, "saved": "2025-01-01T00:00:00Z"}}))
    body = whole.rstrip()
    for length in range(len(body)):
        with tempfile.TemporaryDirectory() as folder:
            book = AnswerBook(Path(folder) / "answers.json", "m08")
            book.path.write_bytes(whole[:length])
            book.backup.write_bytes(whole)
            assert answer_of(book, "ticket") == {"字": "客"}, length
            assert [kept.read_bytes() for kept in aside(book)] == [whole[:length]]


def test_a_missing_file_comes_back_from_its_backup(book: AnswerBook) -> None:
    book.save("ticket", {"n": 1})
    book.save("ticket", {"n": 2})
    book.path.unlink()
    assert answer_of(book, "ticket") == {"n": 1}
    assert_told_in_both_languages(book.take_notice(), "restored_missing", "answers.json")


def test_both_malformed_begins_anew_and_keeps_the_file(book: AnswerBook) -> None:
    book.path.write_bytes(b"{")
    book.backup.write_bytes(b"[")
    book.save("ticket", {"n": 1})
    assert [kept.read_bytes() for kept in aside(book)] == [b"{"]
    assert_told_in_both_languages(book.take_notice(), "set_aside", aside(book)[0].name)
    assert answer_of(book, "ticket") == {"n": 1}


def only_book_errors(data: bytes) -> None:
    """Put these bytes in the file's place: everything that can be done with a book works or raises BookError."""
    with tempfile.TemporaryDirectory() as folder:
        book = AnswerBook(Path(folder) / "answers.json", "m08")
        actions: list[Callable[[], object]] = [
            lambda: answers.read(book.path, "m08").entry("ticket"),
            lambda: book.entry("ticket"),
            lambda: book.restart("ticket", {}),
            lambda: book.save("ticket", {"n": 1}),
        ]
        book.path.write_bytes(data)
        errors = []
        for action in actions:
            try:
                action()
            except BookError as error:
                errors.append(error.sentence)
                assert all(explain(error, language) for language in LANGUAGES)
        kept = [path.read_bytes() for path in book.path.parent.iterdir()]
        assert "newer_schema" in errors or answer_of(book, "ticket") == {"n": 1}
        # What stood there is still somewhere: in its place, aside, in the backup, or it was sound and changed by us.
        if "newer_schema" in errors or "malformed_file" in errors:
            assert data in kept


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_raise_nothing_but_book_errors(data: bytes) -> None:
    only_book_errors(data)


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(JSON)
def test_arbitrary_json_raises_nothing_but_book_errors(data: object) -> None:
    only_book_errors(json.dumps(data).encode())


@settings(max_examples=80, deadline=None, database=None, derandomize=True)
@given(JSON)
def test_an_arbitrary_entry_raises_nothing_but_book_errors(entry: object) -> None:
    only_book_errors(json.dumps({"schema": 1, "module": "m08", "activities": {"ticket": entry}}).encode())


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(["answer", "saved", "attempt", "earlier", "more"]), JSON))
def test_an_entry_with_arbitrary_fields_raises_nothing_but_book_errors(entry: dict[str, Any]) -> None:
    whole = {"answer": {}, "saved": "2025-01-01T00:00:00Z", **entry}
    only_book_errors(json.dumps({"schema": 1, "module": "m08", "activities": {"ticket": whole}}).encode())


@pytest.mark.parametrize("depth", [50, 150, 300, 600, *range(800, 1000, 15)])
def test_a_deeply_nested_neighbour_never_breaks_a_save(book: AnswerBook, depth: int) -> None:
    book.path.write_text('{"schema": 1, "module": "m08", "activities": {"x": ' + "[" * depth + "]" * depth + "}}", encoding="utf-8")
    before = book.path.read_bytes()
    book.save("ticket", {"n": 1})
    assert answer_of(book, "ticket") == {"n": 1}
    assert "x" in raw(book)["activities"] or [kept.read_bytes() for kept in aside(book)] == [before]


def test_a_huge_file_is_set_aside_unread(book: AnswerBook) -> None:
    data = answers.encode(answers.Page("m08", None, {"x": "字" * 2_000_000}))
    assert len(data) > 6_000_000
    book.path.write_bytes(data)
    assert book.page().activities == {}
    assert [kept.stat().st_size for kept in aside(book)] == [len(data)]


def test_a_folder_in_the_files_place_is_set_aside_with_what_is_in_it(book: AnswerBook) -> None:
    book.path.mkdir()
    (book.path / "letter.txt").write_text("keep me", encoding="utf-8")
    book.save("ticket", {"n": 1})
    assert answer_of(book, "ticket") == {"n": 1}
    assert (aside(book)[0] / "letter.txt").read_text(encoding="utf-8") == "keep me"


def test_a_folder_in_the_backups_place_does_not_stop_saving(book: AnswerBook) -> None:
    book.save("ticket", {"n": 1})
    book.backup.mkdir()
    book.save("ticket", {"n": 2})
    assert answer_of(book, "ticket") == {"n": 2}


@pytest.mark.parametrize("target", ["other.json", "missing.json", ".", "answers.json", "x" * 300], ids=lambda t: t[:12])
def test_a_link_is_not_followed_neither_to_read_nor_to_write(book: AnswerBook, target: str) -> None:
    other = book.path.parent / "other.json"
    other.write_bytes(answers.encode(answers.Page("m08", None, {"ticket": {"answer": {"n": 0}, "saved": "2025-01-01T00:00:00Z"}})))
    before = other.read_bytes()
    book.path.symlink_to(target)
    assert book.page().activities == {}
    book.save("reply", {"n": 1})
    assert not book.path.is_symlink()
    assert other.read_bytes() == before
    assert list(book.page().activities) == ["reply"]


def test_a_pipe_is_set_aside_and_never_waited_for(book: AnswerBook) -> None:
    os.mkfifo(book.path)
    assert book.page().activities == {}
    assert len(aside(book)) == 1


# A newer course


@pytest.mark.parametrize("schema", [2, 99, 10**30])
def test_a_file_of_a_newer_course_is_left_alone(book: AnswerBook, schema: int) -> None:
    data = put_raw(book, {"schema": schema, "module": "?", "activities": {"ticket": {"later": True}}})
    changes: list[Callable[[], object]] = [
        lambda: book.page(),
        lambda: book.save("ticket", {}),
        lambda: book.save("ticket", {}, forget=True),
        lambda: book.restart("ticket", {}),
        lambda: book.choose_language("en"),
        lambda: answers.read(book.path, "m08"),
    ]
    for change in changes:
        with pytest.raises(BookError) as caught:
            change()
        assert_told_in_both_languages(caught.value, "newer_schema", "answers.json", str(book.path.parent))
    assert book.path.read_bytes() == data
    assert not book.backup.exists()
    assert aside(book) == []


# One entry changed by hand


BAD_ENTRIES: list[Any] = [
    None,
    [],
    "words",
    {},
    {"answer": {}},
    {"answer": [], "saved": "2025-01-01T00:00:00Z"},
    {"answer": {}, "saved": "yesterday"},
    {"answer": {}, "saved": "2025-01-01T00:00:00Z", "attempt": 0},
    {"answer": {}, "saved": "2025-01-01T00:00:00Z", "attempt": "1"},
    {"answer": {}, "saved": "2025-01-01T00:00:00Z", "more": 1},
    {"answer": {}, "saved": "2025-01-01T00:00:00Z", "earlier": [1]},
]


@pytest.mark.parametrize("bad", BAD_ENTRIES, ids=lambda bad: json.dumps(bad)[:40])
def test_an_entry_spoilt_by_hand_costs_its_activity_alone(book: AnswerBook, bad: Any) -> None:
    book.save("ticket", {"n": 1})
    page = raw(book)
    page["activities"]["reply"] = bad
    spoilt = put_raw(book, page)
    with pytest.raises(BookError) as caught:
        book.entry("reply")
    assert_told_in_both_languages(caught.value, "damaged_entry", "m08.reply")
    assert answer_of(book, "ticket") == {"n": 1}
    assert aside(book) == []
    book.save("ticket", {"n": 2})
    assert raw(book)["activities"]["reply"] == bad
    assert book.backup.read_bytes() == spoilt


@pytest.mark.parametrize("bad", BAD_ENTRIES, ids=lambda bad: json.dumps(bad)[:40])
def test_answering_a_spoilt_entry_keeps_the_old_file_aside(book: AnswerBook, bad: Any) -> None:
    book.save("ticket", {"n": 1})
    page = raw(book)
    page["activities"]["reply"] = bad
    spoilt = put_raw(book, page)
    book.save("reply", {"n": 2})
    (kept,) = aside(book)
    assert kept.read_bytes() == spoilt
    assert_told_in_both_languages(book.take_notice(), "entry_set_aside", kept.name)
    assert (answer_of(book, "reply"), answer_of(book, "ticket")) == ({"n": 2}, {"n": 1})


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2025-01-01T00:00:00"])
def test_any_moment_that_can_be_read_can_be_shown(book: AnswerBook, moment: str) -> None:
    put_raw(book, {"schema": 1, "module": "m08", "activities": {"ticket": {"answer": {}, "saved": moment}}})
    try:
        entry = book.entry("ticket")
    except BookError as error:
        assert error.sentence == "damaged_entry"
    else:
        assert entry is not None
        assert len(entry.clock) == 5
