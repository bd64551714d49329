"""show() and check(): what goes wrong is a sentence in the learner's language, never a traceback."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course import catalog, notebook, places
from course.answers import AnswerBook
from course.learn import lay
from course.notebook import Board, check, show

pytestmark = pytest.mark.usefixtures("fresh_board", "learner")


@pytest.fixture
def fresh_board(monkeypatch: pytest.MonkeyPatch) -> Board:
    """The board of a kernel that has shown nothing yet."""
    board = Board()
    monkeypatch.setattr(notebook, "_board", board)
    return board


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Lets this process work in a folder of a learner's course, such as ``lessons/en``."""

    def enter(name: str) -> Path:
        folder = tmp_path / "course" / name
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(folder)
        return folder

    return enter


@pytest.fixture
def exercise(go: Callable[[str], Path], tmp_path: Path) -> Path:
    """The folder of m01's exercise as a learner gets it, with this process in it."""
    lay(tmp_path / "course")
    return go("exercises/m01")


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A content folder of this test's own."""
    folder = tmp_path / "content"
    (folder / "m01").mkdir(parents=True)
    monkeypatch.setattr(places, "content", lambda: folder)
    catalog.activity.cache_clear()
    yield folder
    catalog.activity.cache_clear()


def in_chinese(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def said(capsys: pytest.CaptureFixture[str], call: Callable[[], object]) -> str:
    """What a call prints; it must print nothing on stderr."""
    call()
    out, err = capsys.readouterr()
    assert err == ""
    return out


def assert_one_sentence(out: str, *, chinese: bool) -> None:
    assert out.strip() != ""
    assert out.count("\n") == 1
    assert "Traceback" not in out
    assert in_chinese(out) == chinese


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


ODD_IDS: list[Any] = [
    *("m01.nothing", "m99.nothing", "m08", "m01.", ".myths", "", " ", "m01.myths ", "M01.MYTHS", "m01.myths.yaml"),
    *("../m01.myths", "m01/../m01.myths", "m01.\0", "{0}.{item}", "%s.%d", "modules.yaml", "😀.客户", "m01.客户"),
    *(None, 5, 1.5, True, b"m01.myths", [], ["m01.myths"], {"id": "m01.myths"}, ..., "m01." + "x" * 300, "x" * 300 + ".y", "x" * 5000),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("odd", ODD_IDS, ids=lambda odd: ascii(odd)[:30])
def test_an_unknown_activity_is_one_sentence(
    go: Callable[[str], Path], capsys: pytest.CaptureFixture[str], odd: Any, language: str
) -> None:
    folder = go(f"lessons/{language}")
    out = said(capsys, lambda: show(odd))
    assert_one_sentence(re.sub("客户", "", out), chinese=language == "zh")
    assert len(out) < 400
    assert names_in(folder) == set()


def test_an_unknown_activity_is_told_with_those_there_are(go: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    go("lessons/en")
    assert "m01.myths" in said(capsys, lambda: show("m01.mythes"))


def test_an_exercise_in_english_speaks_english_of_what_does_not_exist(exercise: Path, capsys: pytest.CaptureFixture[str]) -> None:
    AnswerBook(exercise / "answers.json", "m01").choose_language("en")
    assert_one_sentence(said(capsys, lambda: show("m01.nothing")), chinese=False)


BROKEN_YAML = {
    "empty": b"",
    "no_yaml": b"kind: [",
    "tabs": b"kind:\n\tscale",
    "not_utf8": "kind: scale\ntitle: 客户".encode("gb18030"),
    "nulls": b"kind: \0",
    "words": b"just words",
    "list": b"- kind: scale",
    "unknown_kind": b"kind: game",
    "no_fields": b"kind: scale",
    "unknown_field": b"kind: quiz\ncolour: red",
    "doubled_key": b"kind: quiz\nkind: scale",
    "list_as_key": b"kind: quiz\n? [a, b]\n: c",
    "no_such_day": b"kind: quiz\ntitle: 2025-13-45",
    "python_tag": b"kind: !!python/object/apply:os.system ['true']",
    "unknown_alias": b"kind: *nothing",
    "alias_of_itself": b"kind: quiz\ntitle: &a {zh: *a, en: x}",
    "deep": b"kind: " + b"[" * 1000,
    "two_documents": b"kind: quiz\n---\nkind: quiz",
    "braces": b"kind: '{0} {reason}'",
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("data", BROKEN_YAML.values(), ids=BROKEN_YAML.keys())
def test_a_broken_content_file_is_a_sentence_for_the_instructor(
    go: Callable[[str], Path], content: Path, capsys: pytest.CaptureFixture[str], data: bytes, language: str
) -> None:
    (content / "m01" / "spoilt.yaml").write_bytes(data)
    go(f"lessons/{language}")
    out = said(capsys, lambda: show("m01.spoilt"))
    assert out.count("\n") <= 2  # a YAML error may bring a line of its own
    assert_one_sentence(out.replace("\n", " ") + "\n", chinese=language == "zh")
    assert "spoilt" in out


def test_a_content_file_that_was_mended_is_shown_by_the_next_run(
    go: Callable[[str], Path], content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    go("lessons/en")
    path = content / "m01" / "myths.yaml"
    path.write_text("kind: [", encoding="utf-8")
    assert "tell your instructor" in said(capsys, lambda: show("m01.myths"))
    path.write_bytes((places.PACKAGE / "content" / "m01" / "myths.yaml").read_bytes())
    assert said(capsys, lambda: show("m01.myths")).startswith("WOULD YOU PASS IT ON?")


@pytest.mark.parametrize(("language", "title"), [("zh", "【服务潜能"), ("en", "SERVICE POTENTIAL")])
def test_a_lesson_speaks_the_language_of_its_folder(
    go: Callable[[str], Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, title: str
) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", {"zh": "en", "en": "zh"}[language])
    go(f"lessons/{language}")
    assert said(capsys, lambda: show("m01.potential")).startswith(title)


def test_showing_writes_nothing(go: Callable[[str], Path], learner: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = go("lessons/zh")
    assert said(capsys, lambda: show("m01.myths"))
    assert names_in(folder) == names_in(learner) == set()


@pytest.mark.parametrize("nowhere", ["/proc/nowhere", "/dev/null/course"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_folder_that_cannot_be_written_is_told_with_the_answer(
    go: Callable[[str], Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fresh_board: Board,
    language: str,
    nowhere: str,
) -> None:
    monkeypatch.setenv("COURSE_FOLDER", nowhere)
    go(f"lessons/{language}")
    assert "Traceback" not in said(capsys, lambda: show("m01.myths"))
    view = fresh_board.views["m01.myths"]
    view._receive(None, {"do": "answer", "answer": {"chosen": {"hardware": ["about"]}}}, [])
    status = view.state["status"]
    assert status["kind"] == "error"
    assert "m01.json" in status["text"]
    assert in_chinese(status["text"]) == (language == "zh")


def test_a_figure_is_shown_with_its_numbers(go: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    go("lessons/en")
    assert said(capsys, lambda: show("m09.return_rates_chart")) != ""


# The language of an exercise


def test_the_language_button_turns_every_view_and_is_remembered(
    exercise: Path, fresh_board: Board, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("m01.check", "m01.potential"):
        show(name)
    check()
    fresh_board.views["m01.check"]._receive(None, {"do": "language"}, [])
    assert [view.language for view in fresh_board.views.values()] == ["en", "en"]
    assert fresh_board.check is not None
    assert fresh_board.check.content["title"] == "What is still open"
    assert json.loads((exercise / "answers.json").read_text(encoding="utf-8"))["language"] == "en"
    capsys.readouterr()
    assert not in_chinese(said(capsys, lambda: show("m01.check")))


def test_a_language_that_cannot_be_remembered_is_told_on_the_page(exercise: Path, fresh_board: Board) -> None:
    AnswerBook(exercise / "answers.json", "m01").save("as_customer", {"texts": {}})
    (exercise / "answers.json").chmod(0o444)
    show("m01.check")
    view = fresh_board.views["m01.check"]
    view._receive(None, {"do": "language", "view": "v", "seq": 1}, [])
    assert view.state["status"]["kind"] == "error"


# check()


def put_exercise(folder: Path, *sources: str) -> None:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    (folder / "exercise.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")


def test_check_lists_the_graded_parts_in_the_order_of_the_exercise(exercise: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, check).splitlines()
    titles = [catalog.activity(name).title.zh for name in ("m01.check", "m01.potential", "m01.as_customer")]
    assert [line[2:].startswith(title) for line, title in zip(out[1:4], titles, strict=True)] == [True, True, True]


def test_the_list_follows_an_answer_by_itself(exercise: Path, fresh_board: Board) -> None:
    show("m01.as_customer")
    check()
    assert fresh_board.check is not None
    before = fresh_board.check.content["rows"][2]
    view = fresh_board.views["m01.as_customer"]
    view._receive(None, {"do": "answer", "answer": {"texts": dict.fromkeys(view.state["open"], "写好了")}}, [])
    after = fresh_board.check.content["rows"][2]
    assert (before["done"], after["done"]) == (False, True)


def test_check_leaves_out_what_gives_no_points(go: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    put_exercise(go("exercises/m01"), "show('m01.myths')", 'show("m01.check")')
    out = said(capsys, check)
    assert catalog.activity("m01.myths").title.zh not in out
    assert catalog.activity("m01.check").title.zh in out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_check_outside_an_exercise_is_one_sentence(go: Callable[[str], Path], capsys: pytest.CaptureFixture[str], language: str) -> None:
    go(f"lessons/{language}")
    assert_one_sentence(said(capsys, check), chinese=language == "zh")


NO_EXERCISES = [
    b"",
    b"{",
    b"\xff",
    b"[]",
    b"{}",
    b"null",
    b'{"cells": 1}',
    b'{"cells": [{}]}',
    b'{"cells": [1]}',
    b'{"cells": [{"cell_type": "code"}]}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("data", NO_EXERCISES, ids=lambda data: repr(data[:30]))
def test_check_of_a_spoilt_notebook_is_one_sentence(go: Callable[[str], Path], capsys: pytest.CaptureFixture[str], data: bytes) -> None:
    (go("exercises/m01") / "exercise.ipynb").write_bytes(data)
    assert_one_sentence(said(capsys, check), chinese=True)


def test_check_of_an_unknown_activity_is_one_sentence(go: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    put_exercise(go("exercises/m01"), 'show("m01.nothing")')
    assert_one_sentence(said(capsys, check), chinese=True)


def test_check_of_a_broken_content_file_is_one_sentence(
    go: Callable[[str], Path], content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / "m01" / "spoilt.yaml").write_text("kind: [", encoding="utf-8")
    put_exercise(go("exercises/m01"), 'show("m01.spoilt")')
    assert_one_sentence(said(capsys, check), chinese=True)


# Under nbgrader


def first_field() -> str:
    """The first text to write in m01.as_customer."""
    activity = catalog.activity("m01.as_customer")
    return activity.open_items(activity.answer_type())[0]


def sevens() -> dict[str, int]:
    """A complete rating of m01.potential."""
    activity = catalog.activity("m01.potential")
    return dict.fromkeys(activity.open_items(activity.answer_type()), 7)


def show_all() -> None:
    """What the exercise's cells do."""
    for name in ("m01.as_customer", "m01.check", "m01.potential"):
        show(name)
    check()


@pytest.fixture
def nbgrader(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when nbgrader runs the notebook."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")


def test_under_nbgrader_an_answer_is_printed_and_nothing_written(
    exercise: Path, learner: Path, fresh_board: Board, nbgrader: None, capsys: pytest.CaptureFixture[str]
) -> None:
    AnswerBook(exercise / "answers.json", "m01").save("as_customer", {"texts": {first_field(): "我的话"}})
    before = {path.name: path.read_bytes() for path in exercise.iterdir()}
    out = said(capsys, show_all)
    assert "   我的话" in out.splitlines()
    assert {path.name: path.read_bytes() for path in exercise.iterdir()} == before
    assert names_in(learner) == set()
    assert fresh_board.views == {}


def test_under_nbgrader_a_missing_file_is_printed_as_unanswered(exercise: Path, nbgrader: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = names_in(exercise)
    assert said(capsys, lambda: show("m01.check")).startswith("【")
    assert names_in(exercise) == before


def test_under_nbgrader_the_learners_own_folder_is_not_read(
    exercise: Path, learner: Path, nbgrader: None, capsys: pytest.CaptureFixture[str]
) -> None:
    ratings = sevens()
    AnswerBook(learner / "answers" / "m01.json", "m01").save("potential", {"ratings": ratings})
    out = said(capsys, lambda: show("m01.potential"))
    assert "还没做完" in out
    assert "7" not in out


@pytest.mark.parametrize("share", [False, True])
def test_under_nbgrader_ratings_are_printed_only_if_shared(
    exercise: Path, nbgrader: None, capsys: pytest.CaptureFixture[str], share: bool
) -> None:
    ratings = sevens()
    AnswerBook(exercise / "answers.json", "m01").save("potential", {"completed": True, "ratings": ratings if share else None})
    assert (": 7\n" in said(capsys, lambda: show("m01.potential"))) == share


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"schema": 9, "activities": {}}', b"[" * 100_000], ids=lambda data: repr(data[:20]))
def test_under_nbgrader_a_bad_file_is_one_sentence_and_left_alone(
    exercise: Path, nbgrader: None, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    (exercise / "answers.json").write_bytes(data)
    before = names_in(exercise)
    assert_one_sentence(said(capsys, lambda: show("m01.check")), chinese=True)
    assert (exercise / "answers.json").read_bytes() == data
    assert names_in(exercise) == before


@pytest.mark.parametrize("entry", [None, 5, {}, {"answer": {"chosen": {"nothing": ["x"]}}, "saved": "2025-01-01T00:00:00Z"}], ids=str)
def test_under_nbgrader_a_bad_entry_is_one_sentence_and_costs_itself_alone(
    exercise: Path, nbgrader: None, capsys: pytest.CaptureFixture[str], entry: Any
) -> None:
    page = {"schema": 1, "module": "m01", "activities": {"check": entry}}
    (exercise / "answers.json").write_text(json.dumps(page), encoding="utf-8")
    assert_one_sentence(said(capsys, lambda: show("m01.check")), chinese=True)
    assert said(capsys, lambda: show("m01.as_customer")).startswith("【")
