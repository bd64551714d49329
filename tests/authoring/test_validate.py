"""`course check`: this course is clean, and each kind of fault is found and named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from course import catalog, places
from course.authoring import notebooks, skeleton, validate


def test_this_course_has_no_faults(root: Path) -> None:
    assert [str(fault) for fault in validate.faults(root)] == []


@pytest.fixture
def copy(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the course that a test may spoil."""
    for name in ("course/content", "course/zh", "course/en", "solutions", "exercises"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    monkeypatch.setattr(places, "content", lambda: tmp_path / "course" / "content")
    catalog.modules.cache_clear()
    catalog.activity.cache_clear()
    yield tmp_path
    catalog.modules.cache_clear()
    catalog.activity.cache_clear()


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _spoil(path: Path, change: Callable[[notebooks.Notebook], None]) -> None:
    notebook = notebooks.read(path)
    change(notebook)
    path.write_text(notebooks.text_of(notebook), encoding="utf-8")


def _cell(notebook: notebooks.Notebook, cell_id: str) -> notebooks.Notebook:
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def _found(folder: Path) -> str:
    return "\n".join(str(fault) for fault in validate.faults(folder))


def test_a_missing_translation_is_named_with_file_and_field(copy: Path) -> None:
    path = copy / "course/content/m01/potential.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines.remove(next(line for line in lines if line.startswith("  en:")))
    path.write_text("\n".join(lines), encoding="utf-8")
    assert "potential.yaml: title.en: the English text is missing" in _found(copy)


def test_half_width_punctuation_beside_chinese_is_named_with_its_line(copy: Path) -> None:
    path = copy / "course/content/m01/potential.yaml"
    _edit(path, "。", ".,")
    _edit(path, "，", ",")
    assert "use full-width punctuation" in _found(copy)


def test_points_that_differ_from_the_grade_cell_are_named(copy: Path) -> None:
    _edit(copy / "course/content/m08/ticket.yaml", "points: 10", "points: 9")
    assert "cell m08-ticket-marking: gives 10 points; m08.ticket has 9" in _found(copy)


def test_a_key_that_does_not_fit_is_named(copy: Path) -> None:
    path = copy / "solutions/m08/exercise.ipynb"
    _spoil(
        path,
        lambda n: _cell(n, "m08-ticket-marking").__setitem__(
            "source", '### BEGIN HIDDEN TESTS\nmark("m08.ticket", key={"order": [["x"], ["y"]]})\n### END HIDDEN TESTS'
        ),
    )
    assert "m08.ticket: key: order or can" in _found(copy)


def test_a_key_outside_the_hidden_region_is_named(copy: Path) -> None:
    path = copy / "solutions/m08/exercise.ipynb"
    _spoil(
        path,
        lambda n: _cell(n, "m08-ticket-marking").__setitem__(
            "source", _cell(n, "m08-ticket-marking").source.replace("### BEGIN HIDDEN TESTS\n", "").replace("\n### END HIDDEN TESTS", "")
        ),
    )
    assert "must hold mark(…) alone, between BEGIN HIDDEN TESTS and END HIDDEN TESTS" in _found(copy)


def test_a_graded_activity_without_a_cell_is_named(copy: Path) -> None:
    _spoil(copy / "solutions/m08/exercise.ipynb", lambda n: n.cells.remove(_cell(n, "m08-ticket-marking")))
    assert "m08.ticket: needs one grade cell, has 0" in _found(copy)


def test_a_task_cell_without_rubric_or_lock_is_named(copy: Path) -> None:
    def change(notebook: notebooks.Notebook) -> None:
        cell = _cell(notebook, "m08-follow-up-marking")
        cell.source = "no rubric"
        cell.metadata.nbgrader["locked"] = False

    _spoil(copy / "solutions/m08/exercise.ipynb", change)
    found = _found(copy)
    assert "cell m08-follow-up-marking: has no rubric" in found
    assert "cell m08-follow-up-marking: must be locked" in found


def test_an_exercise_with_a_key_in_it_is_named(copy: Path) -> None:
    shutil.copy(copy / "solutions/m08/exercise.ipynb", copy / "exercises/m08/exercise.ipynb")
    assert "holds a key or a rubric" in _found(copy)


def test_an_unknown_activity_in_a_lesson_is_named(copy: Path) -> None:
    for language in ("zh", "en"):
        _edit(copy / f"course/{language}/m08_help_and_retain.ipynb", 'show(\\"m08.options\\")', 'show(\\"m08.optoins\\")')
    assert "there is no activity 'm08.optoins'" in _found(copy)


def test_a_chinese_cell_that_changed_names_the_stale_english_one(copy: Path) -> None:
    _spoil(copy / "course/zh/m01_why_service.ipynb", lambda n: n.cells[1].__setitem__("source", n.cells[1].source + "\n\n再说一句。"))
    cell = notebooks.read(copy / "course/zh/m01_why_service.ipynb").cells[1].id
    assert f"m01_why_service.ipynb: cell {cell}: the Chinese text has changed" in _found(copy)


def test_other_cells_in_english_are_named(copy: Path) -> None:
    _spoil(copy / "course/en/m01_why_service.ipynb", lambda n: n.cells.pop())
    assert "must have the same cell ids in the same order" in _found(copy)


def test_a_cell_that_a_learner_could_edit_is_named(copy: Path) -> None:
    for language in ("zh", "en"):
        _spoil(copy / f"course/{language}/m08_help_and_retain.ipynb", lambda n: n.cells[0].metadata.pop("editable"))
    assert "must be locked: editable false" in _found(copy)


def test_more_than_a_line_of_code_in_a_lesson_is_named(copy: Path) -> None:
    for language in ("zh", "en"):
        _edit(copy / f"course/{language}/m08_help_and_retain.ipynb", '"from course import show"', '"from course import show\\nimport os"')
    assert "a code cell of a lesson is one line" in _found(copy)


def test_a_ranking_whose_first_order_already_earns_points_is_named(copy: Path) -> None:
    activity = catalog.activity("m08.ticket_practice")
    right = [item for tier in activity.key.order for item in tier]  # type: ignore[attr-defined]
    path = copy / "course/content/m08/ticket_practice.yaml"
    raw = catalog.read_yaml(path)
    raw["items"].sort(key=lambda item: right.index(item["id"]))
    import yaml

    path.write_text(yaml.safe_dump(raw, allow_unicode=True, width=4000), encoding="utf-8")
    assert "ticket_practice.yaml: items: shuffle them" in _found(copy)


def test_a_lesson_that_the_map_promises_and_nobody_wrote_is_named(copy: Path) -> None:
    (copy / "course/en/m09_complaints.ipynb").unlink()
    assert "m09: its lesson en/m09_complaints.ipynb is missing" in _found(copy)


@pytest.mark.parametrize("spoilt", ["score = {}", "{};", "{}\nprint(1)", "{}\n1", "if True:\n    {}"])
def test_a_grade_cell_for_which_nbgrader_would_give_full_marks_is_named(copy: Path, spoilt: str) -> None:
    def change(notebook: notebooks.Notebook) -> None:
        cell = _cell(notebook, "m01-potential-marking")
        cell.source = cell.source.replace('mark("m01.potential")', spoilt.format('mark("m01.potential")'))

    _spoil(copy / "solutions/m01/exercise.ipynb", change)
    assert "cell m01-potential-marking: must hold mark(…) alone" in _found(copy)


def test_a_graded_activity_without_a_solution_is_named(copy: Path) -> None:
    shutil.rmtree(copy / "solutions/m09")
    assert "m09.reply: has points and no solution" in _found(copy)


@pytest.mark.parametrize("folder", ["solutions", "exercises"])
def test_an_answers_file_beside_an_exercise_is_named(copy: Path, folder: str) -> None:
    (copy / folder / "m01" / "answers.json").write_text("{}", encoding="utf-8")
    assert f"only notebooks may lie under {folder}/" in _found(copy)


def _prose(notebook: notebooks.Notebook) -> notebooks.Notebook:
    return next(cell for cell in notebook.cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("picture", ["face.png", "https://example.com/face.png", "attachment:face.png"])
def test_a_picture_that_is_not_attached_is_named(copy: Path, picture: str) -> None:
    path = copy / "course/zh/m01_why_service.ipynb"
    _spoil(path, lambda n: _prose(n).update(source=f"# 标题\n\n![笑脸]({picture})"))
    assert f"cell {_prose(notebooks.read(path)).id}: there is no picture" in _found(copy)


def test_an_attached_picture_is_there(copy: Path) -> None:
    path = copy / "course/zh/m01_why_service.ipynb"
    _spoil(path, lambda n: _prose(n).update(source="![笑脸](attachment:face.png)", attachments={"face.png": {"image/png": "iVBORw0="}}))
    assert "there is no picture" not in _found(copy)


@pytest.mark.parametrize("target", ["../../exercises/m77/exercise.ipynb", "m99_nowhere.ipynb", "m99_nowhere.ipynb#part"])
def test_a_link_that_leads_nowhere_is_named(copy: Path, target: str) -> None:
    path = copy / "course/en/m08_help_and_retain.ipynb"
    _spoil(path, lambda n: _prose(n).update(source=f"[go]({target})"))
    assert f"the link to {target.partition('#')[0]!r} leads nowhere" in _found(copy)


def test_an_activity_that_nobody_sees_is_named(copy: Path) -> None:
    (copy / "course/content/m01/unseen.yaml").write_text(skeleton.text("writing"), encoding="utf-8")
    assert "unseen.yaml: no lesson and no exercise shows it: put show('m01.unseen') into one" in _found(copy)


def test_a_kind_without_a_sample_in_the_gallery_is_named(copy: Path) -> None:
    (copy / "course/content/gallery/quiz.yaml").unlink()
    assert "gallery/quiz.yaml: the gallery needs one activity of each kind" in _found(copy)


def test_a_collection_of_what_is_not_there_is_named(copy: Path) -> None:
    _edit(copy / "course/content/gallery/collection.yaml", "activity: gallery.scorecard", "activity: m99.nothing")
    assert "collection.yaml: parts: there is no activity 'm99.nothing' that keeps an answer" in _found(copy)


@pytest.mark.parametrize("other", ["m99.nothing", "m08.ticket", "m09.self_check"])
def test_a_scale_beside_what_does_not_fit_is_named(copy: Path, other: str) -> None:
    with (copy / "course/content/m01/potential.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nbeside: {other}\n")
    assert f"potential.yaml: beside: '{other}' must be a scale with the same items and values" in _found(copy)


def test_a_title_that_is_still_the_skeletons_is_named(copy: Path) -> None:
    (copy / "course/content/m01/unseen.yaml").write_text(skeleton.text("sorting"), encoding="utf-8")
    found = _found(copy)
    assert "unseen.yaml: title: is still the skeleton’s" in found
    assert "full-width" not in found


def test_punctuation_is_named_by_its_field(copy: Path) -> None:
    _edit(copy / "course/content/m01/stages.yaml", "九句话，都是", "九句话,都是")
    assert "stages.yaml: intro.zh: “话,”: use full-width punctuation" in _found(copy)


def test_a_faulty_file_is_told_once_and_not_again_by_every_lesson_that_shows_it(copy: Path) -> None:
    _edit(copy / "course/content/m01/stages.yaml", "right: [joy]", "right: [joi]")
    lines = [line for line in _found(copy).splitlines() if "stages" in line]
    assert len(lines) == 1
    assert "there is no bin joi; there are joy, waking, devotion" in lines[0]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("question:", "qestion:", "question: is missing; add it (qestion is not a field: is it this one, misspelt?)"),
        ("id: joy", "id: Joy!", "must be an id: small letters, digits and _"),
        ("right: [joy]", "right: joy", "must be a list, such as [one, two]"),
        ("  zh: 听一句话，猜走到了哪一步", "  zh: 听: 一句话", "a text with a colon or a comma needs quotes"),
    ],
)
def test_a_slip_in_yaml_is_told_in_words(copy: Path, old: str, new: str, message: str) -> None:
    _edit(copy / "course/content/m01/stages.yaml", old, new)
    assert message in _found(copy)
