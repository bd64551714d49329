from __future__ import annotations

from course.activities import Dialogue
from course.authoring.checks import giveaways
from tests.samples import Spec, both, dialogue, sorting
from tests.samples.sortings import SORTING_KEY

GRADED = sorting("graded_sorting")


def of_key(**right: str) -> str | None:
    """What gives a key away that sends these cards elsewhere than to bin one."""
    return giveaways.of_exercise(GRADED, GRADED.read_own_key({"cards": {card: [right.get(card, "one")] for card in GRADED.ids}}))


def test_a_bin_that_takes_most_of_the_cards_gives_points_for_nothing() -> None:
    assert of_key(c="none") == "cards: all of them in one earn 75%; give the other places more"


def test_a_fair_key_gives_nothing_away() -> None:
    assert of_key(b="many", c="none", d="many", f="none") is None
    assert giveaways.of_exercise(GRADED, GRADED.read_own_key(SORTING_KEY)) is None
    assert giveaways.of_practice(sorting("sorting")) is None


def talk(*, best_is_longer: bool) -> Dialogue:
    """Four steps, each with a good line and a bad one; both lead on, and the last to endings."""

    def line(name: str, to: str, points: int) -> Spec:
        more = " and more" if best_is_longer == (points > 0) else ""
        text = {"zh": f"这句话{more}", "en": f"a line{more}"}
        return {"id": name, "text": text, "to": to, "temper": 0, "trust": 0, "points": points, "why": both("why")}

    nodes: list[Spec] = [
        {"id": f"n{n}", "says": both("says"), "mood": "calm", "lines": [line("good", f"n{n + 1}", 2), line("bad", f"n{n + 1}", 0)]}
        for n in range(3)
    ]
    nodes += [{"id": "n3", "says": both("says"), "mood": "calm", "lines": [line("good", "happy", 2), line("bad", "sad", 0)]}]
    nodes += [
        {"id": end, "says": both("bye"), "mood": "calm", "ending": {"title": both(end), "text": both("so it ends")}}
        for end in ("happy", "sad")
    ]
    return dialogue("dialogue", start="n0", nodes=nodes)


def test_a_talk_whose_best_line_is_known_by_its_length_is_told() -> None:
    assert "the longest line (zh) earns 100%" in (giveaways.of_practice(talk(best_is_longer=True)) or "")
    assert "the shortest line (zh) earns 100%" in (giveaways.of_practice(talk(best_is_longer=False)) or "")


def test_a_short_talk_is_not_judged_by_length() -> None:
    assert giveaways.of_practice(dialogue("dialogue")) is None
