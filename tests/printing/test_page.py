"""What a printed page holds: every lesson and exercise in both languages, the learner's answers, and nothing from the network."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import catalog, printing, words
from course.activities import Activity
from course.answers import AnswerBook
from course.charts import chart
from course.errors import LearnerError
from course.language import LANGUAGES, Language
from course.learn import lay
from course.printing.content import Printout, Prose, Shown, read
from course.printing.page import html, markdown
from tests.samples import COMPLETE, activity

VOID = {"meta", "br", "hr", "link", "img"}


class Reader(HTMLParser):
    """Checks that tags close in order; collects elements, attributes, and the text outside scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["script"], ["style"]):
            self.text += data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learner")
    lay(folder)
    field = catalog.activity("m01.as_customer").fields[0].id  # type: ignore[attr-defined]
    book = AnswerBook(folder / "exercises" / "m01" / "answers.json", "m01")
    book.save("as_customer", {"texts": {field: "第一行<script>alert(1)</script>\n第二行 & | a | b"}})
    items = [item.id for item in catalog.activity("m01.potential").items]  # type: ignore[attr-defined]
    AnswerBook(folder / "answers" / "m01.json", "m01").save("potential", {"ratings": dict.fromkeys(items, 7)})
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_prints_and_the_folder_stays_as_it_was(folder: Path, language: Language, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    page = printing.write(folder, "all", language, tmp_path / "printed").read_text(encoding="utf-8")
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    reader = Reader(page)
    assert reader.tags.count("main") == 2 * len(catalog.modules())
    for module in catalog.modules():
        if module.lesson:
            assert module.title.of(language) in reader.text
    assert not {"link", "img", "iframe", "object", "form", "details"} & set(reader.tags)
    assert [value for _, name, value in reader.attributes if name in ("src", "srcset", "data") or name.startswith("on")] == []
    for path in (folder / "lessons" / language).glob("m*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["metadata"].get("course", {}).get("audience") == "trainer":
                assert re.findall(r"\w{12,}|[^*\n]{25,}", "".join(cell["source"]))[0] not in reader.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_activity_is_its_words_with_the_answer_in_them(folder: Path, language: Language) -> None:
    text = Reader(html(read(folder, "m01", language), language)).text
    potential = catalog.activity("m01.potential")
    answer = potential.read_answer({"ratings": {item.id: 7 for item in potential.items}})  # type: ignore[attr-defined]
    for line in words.body(potential, answer, language):
        assert line.strip() in text


def test_what_a_learner_writes_is_text(folder: Path) -> None:
    page = html(read(folder, "exercises/m01", "zh"), "zh")
    assert "<script>alert(1)" not in page
    text = Reader(page).text
    assert "第一行<script>alert(1)</script>" in text
    assert "第二行 & | a | b" in text


def test_an_exercise_says_of_a_self_rating_only_that_it_is_done(folder: Path) -> None:
    text = Reader(html(read(folder, "exercises/m01", "en"), "en")).text
    assert "Finished. Unless you tick the box" in text
    assert ": 7" not in text


def test_an_exercise_says_what_is_still_open(folder: Path) -> None:
    text = Reader(html(read(folder, "exercises/m01", "en"), "en")).text
    assert "Why service is the edge: eight small scenes: not begun (10 points)" in text


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("m01", "m01"),
        ("m01_why_service", "m01"),
        ("lessons/en/m01_why_service.ipynb", "m01"),
        ("exercises/m01", "m01-exercise"),
        ("exercises\\m01\\exercise.ipynb", "m01-exercise"),
        ("all", "all"),
    ],
)
def test_lessons_and_exercises_by_their_names(folder: Path, what: str, name: str) -> None:
    assert read(folder, what, "en").name == name


@pytest.mark.parametrize("what", ["", "m99", "exercises/m99", "..", "home", "exercises/../m01x", "m01/../../etc"])
def test_what_is_not_there_is_told(folder: Path, what: str) -> None:
    with pytest.raises(LearnerError, match="unknown"):
        read(folder, what, "en")


@pytest.mark.parametrize("data", ["junk", "[]", '{"cells": [{}]}', '{"cells": [{"cell_type": "code", "source": "show("}]}', "[" * 100_000])
def test_a_notebook_that_is_none_is_told(tmp_path: Path, data: str) -> None:
    (tmp_path / "lessons" / "en").mkdir(parents=True)
    (tmp_path / "lessons" / "en" / "m01_x.ipynb").write_text(data, encoding="utf-8")
    with pytest.raises(LearnerError, match="print_broken"):
        read(tmp_path, "m01", "en")


def test_an_unknown_activity_is_told_in_its_place(tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "source": 'show("m01.nothing")', "metadata": {}}]
    (tmp_path / "lessons" / "en").mkdir(parents=True)
    (tmp_path / "lessons" / "en" / "m01_x.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert "There is no activity “m01.nothing”" in Reader(html(read(tmp_path, "m01", "en"), "en")).text


def test_a_folder_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LearnerError, match="print_not_written"):
        printing.write(folder, "m01", "en", tmp_path / "file")


def shown(one: Activity, answer: object, language: Language) -> Shown:
    drawn = chart(one, answer, language)
    return Shown(one.title.of(language), one.intro.of(language), tuple(words.body(one, answer, language)), chart=drawn)


@pytest.mark.parametrize("name", sorted(COMPLETE))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_prints_whole_with_its_chart(name: str, language: Language) -> None:
    one = activity(name)
    block = shown(one, one.read_answer(COMPLETE[name]), language)
    page = html(Printout("x", "x", ((block,),)), language)
    reader = Reader(page)
    printed = re.sub(r"[\s|]+", "", reader.text)
    for line in block.lines:
        assert re.sub(r"[\s|]+", "", line) in printed
    assert ("figure" in reader.tags) is (block.chart is not None)
    for found in re.findall(r'<script type="application/json">(.*?)</script>', page):
        assert json.loads(found)["layout"]["width"] == 580


def test_a_page_without_charts_is_small(tmp_path: Path) -> None:
    assert len(html(Printout("x", "x", ((Prose("# a"),),)), "en")) < 10_000


def test_a_run_of_lines_with_bars_is_a_table_and_one_alone_is_not() -> None:
    lines = ("a | b", "1 | 2", "<i> | &", "one | alone | here", "   in | dented", "   in | dented")
    reader = Reader(html(Printout("x", "x", ((Shown("t", "i", lines),),)), "en"))
    assert (reader.tags.count("table"), reader.tags.count("th"), reader.tags.count("td")) == (1, 2, 4)
    assert "one | alone | here" in reader.text


def test_links_into_the_course_are_plain_words_and_others_show_their_address() -> None:
    text = markdown("[the exercise](../../exercises/m01/exercise.ipynb) [W3C](https://www.w3.org/) [x](javascript:alert) ![y](z.png)")
    assert "the exercise" in text
    assert re.findall(r'href="([^"]*)"', text) == ["https://www.w3.org/"]
    assert "<img" not in text


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=5))
def test_no_text_breaks_out_of_the_page(prose: str, lines: list[str]) -> None:
    reader = Reader(html(Printout("x", prose, ((Prose(prose), Shown(prose or "t", prose, tuple(lines), prose)),)), "en"))
    assert reader.tags.count("script") == 0
    assert [name for _, name, _ in reader.attributes if name.startswith("on")] == []
