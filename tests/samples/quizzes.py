"""Samples of the kind quiz."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec

QUIZ_KEY: Spec = {
    "questions": {
        "one": {"right": ["b"]},
        "many": {"right": ["a", "b", "c"]},
        "fact": {"right": ["false"]},
        "number": {"value": 3.5, "tolerance": 0.5},
    }
}


def graded_quiz_spec() -> Spec:
    """One question of each form; 8 points."""
    options = {"one": ["a", "b"], "many": ["a", "b", "c", "d", "e"], "fact": ["true", "false"]}
    forms = {"one": "single", "many": "multiple", "fact": "true_false"}
    questions: list[Spec] = [
        {
            "id": name,
            "form": forms[name],
            "text": both(f"question {name}"),
            "options": [{"id": option, "text": both(f"{name} {option}")} for option in options[name]],
        }
        for name in options
    ]
    questions.append({"id": "number", "form": "numeric", "text": both("question number"), "unit": both("minutes")})
    return spec("quiz", points=8, questions=questions)


def quiz_spec() -> Spec:
    """The same for practice: every option says whether it is right and why."""
    sample = {**graded_quiz_spec(), "points": 0}
    for question in sample["questions"]:
        key = QUIZ_KEY["questions"][question["id"]]
        for option in question.get("options", []):
            option.update(right=option["id"] in key["right"], why=both(f"because_{question['id']}_{option['id']}."))
        if question["form"] == "numeric":
            question.update(key, why=both("because_number"))
    return sample


SPECS: Makers = {"quiz": quiz_spec, "graded_quiz": graded_quiz_spec}

COMPLETE: dict[str, Spec] = {
    "quiz": {
        "chosen": {"one": ["b"], "many": ["a", "d"], "fact": ["true"]},
        "typed": {"number": "3.2"},
        "shown": ["one", "many", "fact", "number"],
    },
    "graded_quiz": {"chosen": {"one": ["b"], "many": ["a", "b", "c"], "fact": ["false"]}, "typed": {"number": "3.5"}},
}
