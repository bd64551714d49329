from __future__ import annotations

import pytest

from course import words
from course.language import LANGUAGES, Language, say
from tests.samples import COMPLETE, SPECS, Spec, activity, both, figure, scale

NAMES = sorted(SPECS)


def said(name: str, language: Language, **answer: object) -> str:
    """The summary of a sample with an answer."""
    kind = activity(name)
    return words.summary(kind, kind.read_answer(answer), language)


def has(text: str, language: Language, *names: str) -> bool:
    return all(both(name)[language] in text for name in names)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("complete", [False, True])
def test_title_and_intro_come_first_in_one_language_only(name: str, language: Language, complete: bool) -> None:
    text = said(name, language, **(COMPLETE[name] if complete else {}))
    first, second = text.splitlines()[:2]
    kind = activity(name).kind
    assert first == {"zh": f"【{kind} title·中】", "en": f"{kind} title-en".upper()}[language]
    assert second == both(f"{kind} intro")[language]
    assert ("-en" if language == "zh" else "·中") not in text
    assert "None" not in text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_before_anything_is_answered_nothing_is_explained(name: str, language: Language) -> None:
    text = said(name, language)
    assert [word for word in ("because", "note_", "sample text", "advice", "is it polite") if word in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scale_shows_every_line_with_its_rating_and_what_it_adds_up_to(language: Language) -> None:
    lines = said("poles", language, **COMPLETE["poles"]).splitlines()
    assert lines[2].endswith(": 8")
    assert has(lines[2], language, "left 0", "right 0")
    assert "10" in lines[2]
    text = "\n".join(lines)
    assert f"{say(language, 'scale.total')}: 80" in text
    assert has(text, language, *(f"left {n}" for n in range(10)), "high", "advice high", "middle")
    assert say(language, "scale.near", band=both("middle")[language]) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scale_with_an_open_line_says_how_many_and_no_total(language: Language) -> None:
    text = said("poles", language, ratings={f"i{n}": 9 for n in range(8)})
    assert say(language, "scale.open", n=2) in text
    assert text.count(f": {words.common.BLANK}") == 2
    assert f"{say(language, 'scale.total')}: " not in text
    assert "advice" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_show_their_anchors_group_means_and_note(language: Language) -> None:
    text = said("statements", language, **COMPLETE["statements"])
    assert f"1 = {both('never')[language]} … 5 = {both('always')[language]}" in text
    assert f"{both('early')[language]}: {say(language, 'scale.mean', mean=1.5)}" in text
    assert f"4. {both('statement d')[language]}: 5" in text
    assert has(text, language, "late", "not a contest")
    assert say(language, "scale.band") not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finished_self_rating_keeps_its_ratings_to_itself(language: Language) -> None:
    poles = scale("poles")
    text = words.scale.completion(poles, poles.read_handed_in({"completed": True}), language)
    assert text == f"{both('scale title')[language]}\n{say(language, 'scale.completed')}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unfinished_self_rating_says_so(language: Language) -> None:
    poles = scale("poles")
    text = words.scale.completion(poles, poles.read_handed_in({}), language)
    assert say(language, "scale.not_completed") in text
    assert say(language, "scale.completed") not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shared_self_rating_shows_the_ratings(language: Language) -> None:
    poles = scale("poles")
    text = words.scale.completion(poles, poles.read_handed_in({"completed": True, **COMPLETE["poles"]}), language)
    assert say(language, "scale.shared") in text
    assert f"{say(language, 'scale.total')}: 80" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ranking_stands_in_the_learners_order_with_its_tags(language: Language) -> None:
    lines = said("graded_ranking", language, order=list("dabc"), tags={"d": True, "a": False}).splitlines()
    can, cannot, untagged = (say(language, f"ranking.{name}") for name in ("can", "cannot", "untagged"))
    assert lines[-4:] == [
        f"1. {both('item d')[language]} [{can}]",
        f"2. {both('item a')[language]} [{cannot}]",
        f"3. {both('item b')[language]} [{untagged}]",
        f"4. {both('item c')[language]} [{untagged}]",
    ]
    assert has("\n".join(lines), language, "case", "can we do it")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untouched_ranking_says_so_and_gives_no_places(language: Language) -> None:
    text = said("graded_ranking", language)
    assert say(language, "ranking.untouched") in text
    assert f"· {both('item a')[language]}" in text
    assert "1." not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_counts_pairs_and_gives_the_reasons_of_the_turned_ones(language: Language) -> None:
    text = said("ranking", language, **COMPLETE["ranking"])
    assert say(language, "ranking.agreeing", pairs=5, agreeing=2) in text
    above = say(language, "ranking.above", higher=both("item a")[language], lower=both("item d")[language])
    assert f"- {above}: {both('because_a_over_d')[language]}" in text
    assert has(text, language, "because_b.", "because_c.")
    assert not has(text, language, "because_d.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ranking_is_not_explained_before_the_comparison_is_asked_for(language: Language) -> None:
    assert "because" not in said("ranking", language, **{**COMPLETE["ranking"], "compared": False})


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_key_the_first_three_come_with_their_notes(language: Language) -> None:
    text = said("notes", language, **COMPLETE["notes"])
    assert say(language, "ranking.notes") in text
    assert f"- {both('item d')[language]}: {both('note_d')[language]}" in text
    assert has(text, language, "note_a", "note_b")
    assert not has(text, language, "note_c")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quiz_marks_what_was_chosen_and_shows_what_was_typed(language: Language) -> None:
    text = said("graded_quiz", language, chosen={"one": ["b"], "many": ["a", "e"]}, typed={"number": " 3.2 "})
    assert f"1. {both('question one')[language]}" in text
    assert f"   ( ) {both('one a')[language]}\n   (x) {both('one b')[language]}" in text
    assert text.count("(x)") == 3
    assert text.count("( )") == 6
    assert f"   3.2 {both('minutes')[language]}" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quiz_explains_only_the_questions_that_were_asked_about(language: Language) -> None:
    text = said("quiz", language, **{**COMPLETE["quiz"], "shown": ["fact", "number"]})
    assert has(text, language, "because_fact_true.", "because_fact_false.", "because_number")
    assert "because_one" not in text
    assert "because_many" not in text
    right, wrong = say(language, "quiz.right"), say(language, "quiz.wrong")
    assert (text.count(f"   {right}\n"), text.count(f"   {wrong}\n")) == (1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_indented_line_by_line_and_an_empty_field_is_a_dash(language: Language) -> None:
    text = said("graded_writing", language, texts={"a": "Dear Ms Fang\nwe are sorry\n"})
    assert f"{both('prompt a')[language]}\n   Dear Ms Fang\n   we are sorry\n{both('prompt b')[language]}\n   {words.common.BLANK}" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_gives_its_numbers_caption_and_source(language: Language) -> None:
    now, then, first = (both(name)[language] for name in ("now", "then", "category b"))
    text = said("figure", language)
    assert f"{both('what happened')[language]} | {both('share (%)')[language]}" in text
    assert f"{first} | {now} 2.5, {then} 5" in text
    assert has(text, language, "caption")
    assert text.endswith(f"{say(language, 'figure.source')}: {both('survey of 1979')[language]}")
    assert len(words.figure.table(figure("figure"), language)) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_under_a_chart_stand_its_caption_its_table_and_its_source(language: Language) -> None:
    lines = words.figure.markdown(figure("figure"), language).splitlines()
    assert lines[0] == both("caption")[language]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    assert cells[0] == [both(name)[language] for name in ("what happened", "now", "then")]
    assert [row[0] for row in cells[2:]] == [both(f"category {c}")[language] for c in "abc"]
    assert [row[1:] for row in cells[2:]] == [["1", "4"], ["2.5", "5"], ["3", "6"]]
    assert both("share (%)")[language] in "\n".join(lines)
    assert lines[-1].endswith(both("survey of 1979")[language])


@pytest.mark.parametrize("name", ["graded_ranking", "graded_quiz", "graded_writing", "graded_dialogue"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [{}, {"compared": True}, {"reviewed": True}, {"shown": ["one", "many", "fact", "number"]}])
def test_no_key_shines_through_in_an_exercise(name: str, language: Language, asked: Spec) -> None:
    fields = activity(name).answer_type.model_fields
    if not set(asked) <= set(fields):
        asked = {}
    text = said(name, language, **COMPLETE[name], **asked)
    secrets = ["because", say(language, "quiz.right"), say(language, "quiz.wrong"), "sample text"]
    agreeing = say(language, "ranking.agreeing", pairs=5, agreeing=5)
    assert [word for word in [*secrets, agreeing] if word in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_and_wrong_answers_to_an_exercise_read_alike(language: Language) -> None:
    right = said("graded_quiz", language, chosen={"one": ["b"]})
    wrong = said("graded_quiz", language, chosen={"one": ["a"]})
    swapped = wrong.replace("(x) " + both("one a")[language], "( ) " + both("one a")[language])
    assert swapped.replace("( ) " + both("one b")[language], "(x) " + both("one b")[language]) == right
