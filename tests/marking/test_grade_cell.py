from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import catalog
from course.activities import Quiz, Ranking
from course.errors import CourseError, KeyError_, LearnerError
from course.language import LANGUAGES, Language, explain, say
from course.marking import mark
from tests.samples import Spec, answers_file, entry

RANKING_ID, QUIZ_ID, SCALE_ID = "m08.ticket", "m01.check", "m01.potential"
WRITING_ID, FIGURE_ID = "m01.as_customer", "m09.return_rates_chart"
any_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
)


def ranking_key() -> Spec:
    """A key that fits, and not the real one: the order in which the items are first shown."""
    activity = catalog.activity(RANKING_ID)
    assert isinstance(activity, Ranking)
    return {"order": [[item] for item in activity.ids], "can": activity.ids[:1]}


def ranking_answer() -> Spec:
    """The answer that is wholly right by ``ranking_key``."""
    ids = [tier[0] for tier in ranking_key()["order"]]
    return {"order": ids, "tags": {item: item == ids[0] for item in ids}}


def quiz_key() -> Spec:
    """A key that fits, and not the real one: always the first option."""
    activity = catalog.activity(QUIZ_ID)
    assert isinstance(activity, Quiz)
    numeric = {"value": 1.0, "tolerance": 0.0}
    return {"questions": {q.id: {"right": [q.options[0].id]} if q.options else numeric for q in activity.questions}}


def quiz_answer() -> Spec:
    """The answer that is wholly right by ``quiz_key``."""
    questions = quiz_key()["questions"]
    chosen = {name: key["right"] for name, key in questions.items() if "right" in key}
    return {"chosen": chosen, "typed": {name: "1" for name in questions if name not in chosen}}


MARKED: dict[str, tuple[Callable[[], Any], Callable[[], Spec]]] = {
    RANKING_ID: (ranking_key, ranking_answer),
    QUIZ_ID: (quiz_key, quiz_answer),
    SCALE_ID: (lambda: None, lambda: {"completed": True}),
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of one submission, where the grade cells run."""
    folder = tmp_path / "submission"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def hand_in(folder: Path, activity_id: str, answer: Any, **changes: Any) -> Path:
    """An answers file with one activity's entry in it."""
    module, _, name = activity_id.partition(".")
    return answers_file(folder, module, {name: answer}, **changes)


def marked(activity_id: str) -> float:
    return mark(activity_id, MARKED[activity_id][0]())


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed: one sentence, and nothing on stderr, which nbgrader would take for a failure."""
    out, err = capsys.readouterr()
    assert err == ""
    assert out.endswith("\n")
    assert out.count("\n") == 1
    return out.strip()


def title(activity_id: str, language: Language) -> str:
    return catalog.activity(activity_id).title.of(language)


def is_nothing(points: float) -> bool:
    return type(points) is float and points == 0.0


# A sound submission.


@pytest.mark.parametrize("activity_id", MARKED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_right_earns_all_points(desk: Path, capsys: pytest.CaptureFixture[str], activity_id: str, language: Language) -> None:
    hand_in(desk, activity_id, entry(MARKED[activity_id][1]()), language=language)
    points = marked(activity_id)
    assert type(points) is float
    assert points == catalog.activity(activity_id).points
    assert title(activity_id, language) in said(capsys)


def test_partly_right_earns_part_of_the_points(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ranking_answer()
    hand_in(desk, RANKING_ID, entry({"order": answer["order"]}))
    points = marked(RANKING_ID)
    activity = catalog.activity(RANKING_ID)
    assert isinstance(activity, Ranking)
    assert type(points) is float
    assert points == activity.points - activity.tag_points
    assert f"{points:g}" in said(capsys)


@pytest.mark.parametrize("activity_id", MARKED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_not_attempted_is_0_and_says_so(desk: Path, capsys: pytest.CaptureFixture[str], activity_id: str, language: Language) -> None:
    hand_in(desk, activity_id, entry({}), language=language)
    assert is_nothing(marked(activity_id))
    assert said(capsys) == f"{title(activity_id, language)}: {say(language, 'mark.not_attempted')}"


@pytest.mark.parametrize("activity_id", MARKED)
def test_no_file_is_not_attempted_and_no_file_is_made(desk: Path, capsys: pytest.CaptureFixture[str], activity_id: str) -> None:
    assert is_nothing(marked(activity_id))
    assert say("zh", "mark.not_attempted") in said(capsys)
    assert list(desk.iterdir()) == []


def test_where_no_language_is_known_chinese_is_spoken(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in(desk, QUIZ_ID, entry({}), language=None)
    marked(QUIZ_ID)
    assert said(capsys).startswith(title(QUIZ_ID, "zh"))


# A submission that cannot be read.


@pytest.mark.parametrize(
    ("activity_id", "answer", "item"),
    [
        (RANKING_ID, {"order": ["nobody"]}, "nobody"),
        (RANKING_ID, {"order": ["sleep", "sleep"]}, "sleep"),
        (RANKING_ID, {"tags": {"nobody": True}}, "nobody"),
        (QUIZ_ID, {"chosen": {"nobody": []}}, "nobody"),
        (QUIZ_ID, {"chosen": {"who": ["driver", "driver"]}}, "driver"),
        (SCALE_ID, {"completed": True, "ratings": {"nobody": 1}}, "nobody"),
        (SCALE_ID, {"completed": 1}, "completed"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_or_doubled_id_is_0_and_named(
    desk: Path, capsys: pytest.CaptureFixture[str], activity_id: str, answer: Spec, item: str, language: Language
) -> None:
    hand_in(desk, activity_id, entry(answer), language=language)
    assert is_nothing(marked(activity_id))
    sentence = said(capsys)
    assert sentence.startswith(f"{title(activity_id, language)}: ")
    assert item in sentence
    assert say(language, "mark.trouble", reason="")[:5] in sentence


@pytest.mark.parametrize("activity_id", MARKED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_entry_is_0_and_says_why(desk: Path, capsys: pytest.CaptureFixture[str], activity_id: str, language: Language) -> None:
    hand_in(desk, activity_id, {"answer": 5}, language=language)
    assert is_nothing(marked(activity_id))
    assert explain(LearnerError("damaged_entry", activity=activity_id), language) in said(capsys)


@pytest.mark.parametrize("damage", [5, None, {"answer": []}, entry({"order": 5}), entry({"nobody": 1})])
def test_a_broken_entry_leaves_the_others_their_points(desk: Path, damage: Any) -> None:
    answers_file(desk, "m01", {"check": damage, "potential": entry({"completed": True})})
    assert (marked(QUIZ_ID), marked(SCALE_ID)) == (0.0, catalog.activity(SCALE_ID).points)


def malformed(path: Path) -> None:
    path.write_text('{"schema": 1, "module": "m08", "activ', encoding="utf-8")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def not_utf_8(path: Path) -> None:
    path.write_bytes('{"schema": 1, "名": 1}'.encode("gb18030"))


def of_another_module(path: Path) -> None:
    answers_file(path.parent, "m02", {"ticket": entry(ranking_answer())})


def of_an_older_schema(path: Path) -> None:
    answers_file(path.parent, "m08", {"ticket": entry(ranking_answer())}, schema=0)


def schema_is_a_word(path: Path) -> None:
    answers_file(path.parent, "m08", {"ticket": entry(ranking_answer())}, schema="1")


def a_list(path: Path) -> None:
    path.write_text("[]", encoding="utf-8")


def activities_are_a_list(path: Path) -> None:
    answers_file(path.parent, "m08", {}, activities=[])


def a_link_to_a_sound_file(path: Path) -> None:
    elsewhere = path.parent.parent
    sound = answers_file(elsewhere, "m08", {"ticket": entry(ranking_answer())})
    path.symlink_to(sound)


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere.json")


def a_folder(path: Path) -> None:
    path.mkdir()


def six_megabytes(path: Path) -> None:
    answers_file(path.parent, "m08", {"ticket": entry(ranking_answer())})
    with path.open("ab") as file:
        file.write(b" " * 6_000_000)


def nested_beyond_reading(path: Path) -> None:
    path.write_text('{"schema": 1, "module": "m08", "activities": {"ticket": ' + "[" * 100_000, encoding="utf-8")


UNREADABLE = [
    malformed,
    empty,
    not_utf_8,
    of_another_module,
    of_an_older_schema,
    schema_is_a_word,
    a_list,
    activities_are_a_list,
    a_link_to_a_sound_file,
    a_link_to_nothing,
    a_folder,
    six_megabytes,
    nested_beyond_reading,
]


@pytest.mark.parametrize("spoil", UNREADABLE)
def test_an_unreadable_file_is_0_and_says_why(desk: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None]) -> None:
    spoil(desk / "answers.json")
    assert is_nothing(marked(RANKING_ID))
    reason = explain(LearnerError("malformed_file", file="answers.json", folder=desk), "zh")
    assert said(capsys) == f"{title(RANKING_ID, 'zh')}: {say('zh', 'mark.trouble', reason=reason)}"


def test_a_file_just_below_the_limit_is_read(desk: Path) -> None:
    path = hand_in(desk, RANKING_ID, entry(ranking_answer()))
    with path.open("ab") as file:
        file.write(b" " * (4_900_000 - path.stat().st_size))
    assert marked(RANKING_ID) == catalog.activity(RANKING_ID).points


def test_a_file_of_a_newer_course_is_0_and_says_so(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in(desk, RANKING_ID, entry(ranking_answer()), schema=2)
    assert is_nothing(marked(RANKING_ID))
    assert explain(LearnerError("newer_schema", file="answers.json", folder=desk), "zh") in said(capsys)


@pytest.mark.parametrize("spoil", UNREADABLE)
def test_marking_leaves_a_submission_as_it_is(desk: Path, spoil: Callable[[Path], None]) -> None:
    spoil(desk / "answers.json")
    before = [(path.name, path.lstat().st_size, path.lstat().st_mtime_ns) for path in desk.iterdir()]
    marked(RANKING_ID)
    assert [(path.name, path.lstat().st_size, path.lstat().st_mtime_ns) for path in desk.iterdir()] == before


@settings(max_examples=50)
@given(st.one_of(st.binary(), any_json.map(lambda data: json.dumps(data).encode())), any_json)
def test_whatever_a_file_holds_the_points_are_a_float_in_range(content: bytes, answer: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), contextlib.redirect_stdout(None):
        Path("answers.json").write_bytes(content)
        assert is_nothing(marked(RANKING_ID))
        hand_in(Path(folder), RANKING_ID, answer)
        assert is_nothing(marked(RANKING_ID))


# The instructor's mistakes.


BAD_KEYS: list[tuple[str, Any]] = [
    (RANKING_ID, None),
    (RANKING_ID, {}),
    (RANKING_ID, {"order": [["sleep"], ["nobody"]], "can": ["sleep"]}),
    (QUIZ_ID, None),
    (QUIZ_ID, {"questions": {}}),
    (QUIZ_ID, {"order": []}),
    (SCALE_ID, {"completed": True}),
    (WRITING_ID, None),
    (WRITING_ID, {"texts": {}}),
    (FIGURE_ID, None),
    (FIGURE_ID, {}),
]


@pytest.mark.parametrize(("activity_id", "key"), BAD_KEYS)
@pytest.mark.parametrize("answer", [entry({}), entry({"nobody": 1}), 5])
def test_a_wrong_or_missing_key_is_an_error_whatever_was_answered(desk: Path, activity_id: str, key: Any, answer: Any) -> None:
    hand_in(desk, activity_id, answer)
    with pytest.raises(KeyError_) as caught:
        mark(activity_id, key)
    assert str(caught.value).startswith(f"{activity_id}: ")


@pytest.mark.parametrize(("activity_id", "key"), BAD_KEYS)
@pytest.mark.parametrize("spoil", [None, malformed, a_folder, six_megabytes])
def test_a_wrong_or_missing_key_is_an_error_even_when_the_file_is_missing_or_broken(
    desk: Path, activity_id: str, key: Any, spoil: Callable[[Path], None] | None
) -> None:
    if spoil:
        spoil(desk / "answers.json")
    with pytest.raises(KeyError_) as caught:
        mark(activity_id, key)
    assert str(caught.value).startswith(f"{activity_id}: ")


def test_writing_is_refused_with_what_to_do_instead(desk: Path) -> None:
    hand_in(desk, WRITING_ID, entry({"texts": {"happened": "x"}}))
    with pytest.raises(KeyError_, match="give it a task cell"):
        mark(WRITING_ID)


@pytest.mark.parametrize("activity_id", ["m01.nothing", "", "../x", "m01."])
def test_an_unknown_activity_is_an_error(desk: Path, activity_id: str) -> None:
    with pytest.raises(CourseError):
        mark(activity_id)


# Marking is light.


def test_importing_and_marking_loads_no_widgets_no_plotly_and_no_numpy(tmp_path: Path) -> None:
    program = (
        "import sys; from course.marking import mark; points = mark('m01.potential');"
        "print(points, [name for name in ('anywidget', 'ipywidgets', 'plotly', 'numpy', 'pandas', 'IPython') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "0.0 []"
