from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import catalog, places
from course.errors import ContentError, LearnerError
from course.language import LANGUAGES, Language, explain, in_language
from tests.samples import SPECS, both, refusal, write
from tests.samples.quizzes import graded_quiz_spec, quiz_spec
from tests.samples.rankings import graded_ranking_spec, ranking_spec
from tests.samples.scales import poles_spec

FILES = {f"{path.parent.name}.{path.stem}": path for path in catalog.activity_files()}


def raw_refusal(folder: Path, content: str | bytes) -> str:
    """What an author reads of a file with exactly this content, after the file's name."""
    path = write(folder, {})
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    with pytest.raises(ContentError) as caught:
        catalog.read_activity(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


# The course's own content.


def test_there_are_activities() -> None:
    assert len(FILES) >= 10


@pytest.mark.parametrize("activity_id", FILES)
def test_every_activity_file_loads_and_knows_its_place(activity_id: str) -> None:
    activity = catalog.read_activity(FILES[activity_id])
    assert activity.id == activity_id
    assert catalog.activity(activity_id) == activity


@pytest.mark.parametrize("activity_id", FILES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_activity_can_be_shown_before_anything_is_answered(activity_id: str, language: Language) -> None:
    activity = catalog.activity(activity_id)
    empty = activity.read_answer({})
    assert not activity.attempted(empty)
    assert json.loads(json.dumps(in_language(activity.for_learner(), language), allow_nan=False))


def test_every_activity_stands_in_a_module_of_the_course_map() -> None:
    assert {activity_id.partition(".")[0] for activity_id in FILES} <= {module.id for module in catalog.modules()} | {"gallery"}


def test_modules_are_numbered_in_order_and_their_lessons_are_there_in_both_languages() -> None:
    modules = catalog.modules()
    assert [module.id for module in modules] == [f"m{n:02}" for n in range(1, len(modules) + 1)]
    lessons = [module.lesson for module in modules if module.lesson]
    missing = [(lesson, lang) for lesson in lessons for lang in LANGUAGES if not (places.lessons(lang) / f"{lesson}.ipynb").is_file()]
    assert missing == []


def test_a_module_is_found_by_its_id() -> None:
    assert catalog.module("m08").title.en == "Help and retain"


@pytest.mark.parametrize("module_id", ["", "m99", "M08", "m08.ticket", "../m08", "m" * 5000])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_module_is_told_in_words(module_id: str, language: Language) -> None:
    with pytest.raises(LearnerError) as caught:
        catalog.module(module_id)
    assert caught.value.sentence == "unknown_module"
    assert "m08" in explain(caught.value, language)
    assert len(explain(caught.value, language)) < 400


# Ids that do not exist, whatever they look like.

HOSTILE = [
    *("", ".", "..", "m01", "m01.", ".potential", "m01.nothing", "m99.potential", "potential", "m01.potential.yaml", "m01.Potential"),
    *("M01.potential", " m01.potential", "m01.potential ", "m01. potential", "m01..potential", "m01.potential\n", "m01.potential\x00"),
    *("../x", "../m01.potential", "m01/../m01.potential", "m01.../m08/ticket", "m01./etc/passwd", "/etc.passwd", "m01.\\potential"),
    *("..modules", ".modules", "content.modules", "m01.*", "*.potential", "m01.potenti?l", "~.x", "$HOME.x", "%2e.x", "m01.пароль"),
    *("m01.\ud800", "ｍ０１.potential", "m01.服务", "{activity}.{known}", "m01.{known}"),
]
VERY_LONG = ["m01." + "x" * 300, "m01." + "x" * 100_000, "m" * 300 + ".x", "m" * 100_000, "m01." + "/x" * 5000]


@pytest.mark.parametrize("activity_id", HOSTILE)
def test_an_unknown_id_is_a_learner_error(activity_id: str) -> None:
    with pytest.raises(LearnerError) as caught:
        catalog.activity(activity_id)
    assert caught.value.sentence == "unknown_activity"
    assert all(explain(caught.value, language) for language in LANGUAGES)


@pytest.mark.parametrize("activity_id", VERY_LONG, ids=["name", "longer name", "module", "longer module", "path"])
def test_a_very_long_id_is_a_learner_error_of_sane_length(activity_id: str) -> None:
    with pytest.raises(LearnerError) as caught:
        catalog.activity(activity_id)
    assert all(len(explain(caught.value, language)) < 500 for language in LANGUAGES)


@given(st.one_of(st.text(), st.text(st.characters()), st.text("m01.potential/_")).filter(lambda text: text not in FILES))
def test_any_text_that_is_no_id_is_a_learner_error(activity_id: str) -> None:
    with pytest.raises(LearnerError):
        catalog.activity(activity_id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_error_for_a_wrong_name_lists_the_modules_activities(language: Language) -> None:
    with pytest.raises(LearnerError) as caught:
        catalog.activity("m01.potentail")
    assert "m01.potentail" in explain(caught.value, language)
    assert "m01.potential" in explain(caught.value, language)


# Files that do not hold: the file and the field, or the line, are named.


@pytest.mark.parametrize("name", sorted(SPECS))
def test_every_sample_can_be_written_and_read(tmp_path: Path, name: str) -> None:
    activity = catalog.read_activity(write(tmp_path, SPECS[name](), name))
    assert activity.id == f"m01.{name}"
    assert activity.title.model_dump() == both(f"{activity.kind} title")


def test_the_id_does_not_stand_in_the_file(tmp_path: Path) -> None:
    assert refusal(tmp_path, {"id": "m01.sample", **poles_spec()}).startswith("id: leave it out")


@pytest.mark.parametrize("kind", ["scales", "Scale", "", None, ["scale"], {"scale": 1}, 5, True])
def test_an_unknown_kind_is_refused_and_the_kinds_are_listed(tmp_path: Path, kind: object) -> None:
    message = refusal(tmp_path, {**poles_spec(), "kind": kind})
    assert message.startswith(f"kind: {kind!r} is not one of")
    assert "scale, ranking, quiz, writing, figure" in message


def test_no_kind_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, {"title": both("x")}).startswith("kind: None is not one of")


def test_a_graded_ranking_with_a_key_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, {**graded_ranking_spec(), "key": ranking_spec()["key"]}).startswith("key: ")


def test_a_graded_quiz_with_right_and_why_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, {**quiz_spec(), "points": 4}).startswith("questions.one: the key and explanations")


def test_a_practice_quiz_without_right_and_why_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, {**graded_quiz_spec(), "points": 0}).startswith("questions.one: every option needs right and why")


@pytest.mark.parametrize("name", ["Sample", "1st", "with-dash", "服务"])
def test_a_file_name_that_makes_no_id_is_refused(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, poles_spec(), name)
    with pytest.raises(ContentError) as caught:
        catalog.read_activity(path)
    assert str(caught.value).startswith(f"{path}: id: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        catalog.read_activity(tmp_path / "nothing.yaml")
    assert str(caught.value) == f"{tmp_path / 'nothing.yaml'}: there is no such file"


@pytest.mark.parametrize("content", ["", "# only a remark\n", "---\n", "~", "- kind: scale\n", "just words", "5", "[]"])
def test_a_file_without_an_activity_is_refused(tmp_path: Path, content: str) -> None:
    assert raw_refusal(tmp_path, content).startswith("must hold one activity")


@pytest.mark.parametrize(
    ("content", "byte"), [("标题: 服务".encode("gb18030"), 0), (b"kind: scale\ntitle: caf\xe9\n", 22), ("kind: scale".encode("utf-16"), 0)]
)
def test_a_file_that_is_not_utf_8_is_told_so(tmp_path: Path, content: bytes, byte: int) -> None:
    assert raw_refusal(tmp_path, content) == f"is not UTF-8 (byte {byte}); save it as UTF-8"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("kind: scale\ntitle: {zh: a, en: b\nintro: c\n", 3),
        ("kind: scale\ntitle:\n  zh: a\n en: b\n", 4),
        ("kind: scale\ntitle: said: twice\n", 2),
        ("kind: scale\n\ttitle: tab\n", 2),
        ('kind: scale\ntitle: "open\n', 3),
        ("kind: scale\ntitle: *nobody\n", 2),
        ("kind: scale\ntitle: !!python/object/apply:os.getcwd []\n", 2),
        ("kind: scale\n--- \nkind: quiz\n", 2),
    ],
)
def test_broken_yaml_names_the_line(tmp_path: Path, content: str, line: int) -> None:
    message = raw_refusal(tmp_path, content)
    assert message.startswith(f"line {line}: is not valid YAML: ")


@pytest.mark.parametrize(
    ("content", "key", "line"),
    [
        ("kind: scale\ntitle: a\nkind: quiz\n", "kind", 3),
        ("kind: scale\ntitle:\n  zh: a\n  en: b\n  zh: c\n", "zh", 5),
        ("kind: scale\nitems:\n  - {id: a, statement: x, id: b}\n", "id", 3),
        ('kind: scale\n"kind": scale\n', "kind", 2),
    ],
)
def test_a_doubled_key_names_itself_and_its_line(tmp_path: Path, content: str, key: str, line: int) -> None:
    assert raw_refusal(tmp_path, content) == f"line {line}: is not valid YAML: the key {key!r} stands here twice (line {line})"


@pytest.mark.parametrize(
    "content",
    [
        "kind: scale\ntitle: {{title}}\n",
        "kind: scale\n? [a, b]\n: c\n",
        "kind: scale\ntitle: 2024-02-30\n",
        "kind: scale\npoints: 0x_\n",
        "kind: scale\ntitle: \x07\n",
        "kind: scale\nitems: " + "[" * 5000,
    ],
    ids=["mapping as key", "list as key", "impossible date", "impossible number", "control character", "nested too deep"],
)
def test_yaml_that_cannot_be_made_into_values_is_a_content_error(tmp_path: Path, content: str) -> None:
    assert raw_refusal(tmp_path, content)


@pytest.mark.parametrize("content", ["kind: scale\n5: five\n", "kind: scale\n~: nothing\n", "kind: scale\ntrue: yes\n"])
def test_keys_that_are_no_words_are_refused(tmp_path: Path, content: str) -> None:
    assert raw_refusal(tmp_path, content)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, poles_spec())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert catalog.read_activity(path).kind == "scale"
