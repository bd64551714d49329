"""The gallery's sorting in JupyterLab: by keyboard alone, by buttons, by dragging, by finger; and one of 39 cards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from course import catalog
from course.activities import Sorting
from course.language import LANGUAGES, Language, say
from tests.browser.conftest import Desk
from tests.samples import both

pytestmark = pytest.mark.browser

NAME = "gallery.sorting"
GALLERY = catalog.activity(NAME)
assert isinstance(GALLERY, Sorting)
SORTING: Sorting = GALLERY
BOOK = "answers/gallery.json"
CARDS = SORTING.ids
PLACES = list(SORTING.places)
KEYS = {place: "0" if place == "none" else str(n) for n, place in enumerate(PLACES, start=1)}
RIGHT = {card: places[0] for card, places in SORTING.own_key.items()}
TEXT = {card.id: card.text.zh for card in SORTING.cards}


def _fresh(desk: Desk, language: Language = "zh") -> Locator:
    """The sorting with all its cards on the pile."""
    view = desk.show(NAME, language)
    if view.locator(".course-bin .course-card").count():
        desk.start_again(view)
    expect(view.locator(".course-bin .course-card")).to_have_count(0)
    _on_top(view, CARDS[0])
    return view


def _on_top(view: Locator, card: str) -> None:
    expect(view.locator(f".course-slot [data-card={card}]")).to_be_visible()


def _lies_in(view: Locator, place: str, *cards: str) -> None:
    """Wait until exactly these cards lie in a place, the last one placed first."""
    here = view.locator(f".course-bin[data-place={place}] .course-card")
    expect(here).to_have_count(len(cards))
    assert here.evaluate_all("cards => cards.map(card => card.dataset.card)") == list(cards)


def _button(view: Locator, place: str) -> Locator:
    return view.locator(f".course-deck button[data-place={place}]")


def _choice(view: Locator, card: str) -> Locator:
    return view.locator(f"[data-card={card}] select")


def _middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_sorted_by_keyboard_alone_and_compared(desk: Desk) -> None:
    view = _fresh(desk)
    assert desk.axe() == []
    desk.picture("sorting-empty-zh")
    press = desk.page.keyboard.press
    _button(view, "heard").focus()
    press("Tab")
    expect(_button(view, "facts")).to_be_focused()
    press("Enter")  # the focus stays for the next card
    expect(_button(view, "facts")).to_be_focused()
    _lies_in(view, "facts", CARDS[0])
    expect(view.locator(".course-said")).to_contain_text(say("zh", "sorting.moved", card=TEXT[CARDS[0]], place="问清情况", done=1, all=10))
    expect(view.locator(".course-said")).to_contain_text(say("zh", "sorting.next", card=TEXT[CARDS[1]]))
    for card in CARDS[1:4]:
        press(KEYS[RIGHT[card]])
    desk.wait_for(BOOK, "sorting", placed={card: RIGHT[card] for card in CARDS[:4]}, compared=False)
    for key in ("7", "d", "d", "ArrowDown", "x"):  # belong to nobody, and never to the notebook
        press(key)
    expect(_button(view, "facts")).to_be_focused()
    for _ in range(2):
        press("Tab")
    expect(_button(view, "none")).to_be_focused()
    press("Tab")
    press("Space")  # later
    _on_top(view, CARDS[5])
    for card in [*CARDS[5:], CARDS[4]]:
        expect(view.get_by_role("button", name=say("zh", "sorting.compare"))).to_have_count(0)
        press(KEYS["none" if card == "sit" else RIGHT[card]])
    compare = view.get_by_role("button", name=say("zh", "sorting.compare"))
    expect(compare).to_be_focused()
    press("Enter")
    expect(view).to_contain_text(say("zh", "sorting.total", right=9, all=10))
    sit = view.locator("[data-card=sit]")
    expect(sit).to_contain_text(say("zh", "sorting.better", places="接住心情”或“说定下一步"))
    expect(sit).to_contain_text("放在哪一边都对")
    expect(view.locator(".course-fits")).to_have_count(9)
    assert desk.axe() == []
    desk.picture("sorting-compared-zh")

    view.get_by_label(say("zh", "sorting.only")).press("Space")
    expect(view.locator(".course-bin .course-card:visible")).to_have_count(1)
    _choice(view, "sit").focus()
    press("ArrowUp")  # to the place before, and the focus goes with the card
    expect(_choice(view, "sit")).to_be_focused()
    expect(_choice(view, "sit")).to_have_value("next")
    expect(view.locator(".course-card-said:visible")).to_have_count(0)
    expect(view.locator(".course-bin .course-card:visible")).to_have_count(10)
    desk.wait_for(BOOK, "sorting", placed={**RIGHT, "sit": "next"}, compared=False)

    desk.restart()
    expect(desk.activity(SORTING.title.zh)).to_contain_text("上次作答")
    expect(view.locator(".course-bin .course-card")).to_have_count(10)
    expect(_choice(view, "sit")).to_have_value("next")
    compare.click()
    expect(view).to_contain_text(say("zh", "sorting.total", right=10, all=10))


def test_sorted_by_buttons_lists_and_second_thoughts(desk: Desk) -> None:
    view = _fresh(desk, "en")
    desk.picture("sorting-empty-en")
    _button(view, "heard").dblclick()  # a double click places one card, not two
    _lies_in(view, "heard", CARDS[0])
    view.get_by_role("button", name="Later").click()
    _on_top(view, CARDS[2])
    view.get_by_text("Cards not placed yet (8)").click()
    waiting = view.locator(".course-waiting .course-card")
    expect(waiting.last).to_have_attribute("data-card", CARDS[1])
    waiting.last.get_by_role("button").click()
    _on_top(view, CARDS[1])
    expect(_button(view, "heard")).to_be_focused()
    expect(waiting.first).to_have_attribute("data-card", CARDS[2])
    _button(view, "none").click()
    _choice(view, CARDS[0]).select_option("facts")
    expect(_choice(view, CARDS[0])).to_be_focused()
    _lies_in(view, "facts", CARDS[0])
    view.locator(".course-bin[data-place=next] summary").click()  # a folded place opens for the card that is moved into it
    _choice(view, CARDS[1]).select_option("next")
    expect(_choice(view, CARDS[1])).to_be_focused()
    desk.wait_for(BOOK, "sorting", placed={CARDS[0]: "facts", CARDS[1]: "next"})
    assert desk.axe() == []
    _choice(view, CARDS[0]).select_option("Back on the pile")
    _on_top(view, CARDS[0])
    expect(_button(view, "heard")).to_be_focused()
    desk.wait_for(BOOK, "sorting", placed={CARDS[1]: "next"})


def test_sorted_by_dragging_with_the_mouse(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 1300, "height": 640})  # the places are below the edge: dragging there scrolls
    view = _fresh(desk)
    mouse = desk.page.mouse
    view.locator(".course-deck").scroll_into_view_if_needed()
    last = view.locator(".course-bin[data-place=none]")
    mouse.move(*_middle(view.locator(".course-slot .course-card-text")))
    mouse.down()
    x, _ = _middle(last)
    bottom = view.page.viewport_size
    assert bottom is not None
    mouse.move(x, bottom["height"] - 45, steps=8)
    expect(last).to_be_in_viewport(ratio=1)
    mouse.move(*_middle(last), steps=4)
    expect(last).to_contain_class("course-drop")
    desk.picture("sorting-dragged-zh")
    mouse.up()
    _lies_in(view, "none", CARDS[0])
    desk.wait_for(BOOK, "sorting", placed={CARDS[0]: "none"})

    target = view.locator(".course-bin[data-place=next]")
    handle = view.locator(f"[data-card={CARDS[0]}] .course-handle")
    mouse.move(*_middle(handle))
    mouse.down()
    mouse.move(*_middle(target), steps=8)
    expect(target).to_contain_class("course-drop")
    desk.page.keyboard.press("Escape")  # nothing happened
    expect(view.locator(".course-drop, .course-dragged")).to_have_count(0)
    mouse.up()
    _lies_in(view, "none", CARDS[0])
    mouse.move(*_middle(handle))
    mouse.down()
    mouse.move(*_middle(target), steps=8)
    mouse.up()
    _lies_in(view, "next", CARDS[0])
    desk.wait_for(BOOK, "sorting", placed={CARDS[0]: "next"})

    mouse.move(*_middle(handle))
    mouse.down()
    mouse.move(x, 40, steps=8)
    expect(view.locator(".course-deck")).to_be_in_viewport(ratio=0.9)
    mouse.move(*_middle(view.locator(".course-slot")), steps=4)
    mouse.up()
    _on_top(view, CARDS[0])
    desk.wait_for(BOOK, "sorting", placed={})


def test_sorted_with_a_finger_on_a_telephone(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 360, "height": 780})
    view = _fresh(desk)
    finger = desk.page.context.new_cdp_session(desk.page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind: str, *at: float) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at[0], "y": at[1]}] if at else []})

    view.locator(".course-deck").scroll_into_view_if_needed()
    target = view.locator(".course-bin[data-place=heard]")
    touch("touchStart", *_middle(view.locator(".course-slot .course-handle")))
    touch("touchMove", 100, 600)
    touch("touchMove", 100, 740)
    expect(target).to_be_in_viewport(ratio=1)
    x, y = _middle(target)
    touch("touchMove", x, y)
    expect(target).to_contain_class("course-drop")
    touch("touchEnd")
    _lies_in(view, "heard", CARDS[0])
    desk.wait_for(BOOK, "sorting", placed={CARDS[0]: "heard"})
    for done, place in enumerate(PLACES, start=2):
        _button(view, place).scroll_into_view_if_needed()
        touch("touchStart", *_middle(_button(view, place)))
        touch("touchEnd")
        expect(view.locator(".course-bin .course-card")).to_have_count(done)
    assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert desk.axe() == []
    desk.picture("sorting-360-zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_telephone_nothing_is_cut(desk: Desk, language: Language) -> None:
    desk.page.set_viewport_size({"width": 360, "height": 780})
    view = _fresh(desk, language)
    _button(view, "heard").focus()
    for n in range(len(CARDS)):
        desk.page.keyboard.press(KEYS[PLACES[n % len(PLACES)]])
    view.get_by_role("button", name=say(language, "sorting.compare")).click()
    expect(view.locator(".course-card-said:visible")).to_have_count(len(CARDS))
    assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert desk.axe() == []
    desk.scroll_to(view.locator(".course-deck"))
    desk.picture(f"sorting-compared-360-{language}")


def test_39_cards_are_sorted_without_getting_lost(desk: Desk) -> None:
    view = desk.sample("many_cards")
    button = _button(view, "people")
    button.focus()
    spot = button.bounding_box()
    for _ in range(39):
        if view.locator(".course-slot .course-card").count():
            assert button.bounding_box() == spot  # the pile stays where it is, however long the lists below it
            expect(button).to_be_focused()
        desk.page.keyboard.press("Enter")
    expect(view).to_contain_text("39 of 39 placed")
    expect(view.locator(".course-bin[data-place=people] .course-card")).to_have_count(39)
    expect(view.locator(".course-bin[data-place=people]")).to_contain_text("cards: 39")
    expect(view.get_by_role("button", name="Compare with the model answer")).to_be_focused()
    desk.wait_for("answers/m01.json", "many_cards", placed={f"r{n}": "people" for n in range(39)})
    view.locator(".course-bin[data-place=people] summary").click()
    expect(view.locator(".course-card:visible")).to_have_count(0)
    view.get_by_role("button", name="Compare with the model answer").click()
    expect(view.locator(".course-card-said:visible")).to_have_count(39)
    assert desk.axe() == []
    desk.picture("sorting-39-en")


def test_a_full_place_takes_no_more_and_says_why(desk: Desk) -> None:
    view = desk.sample("sorting_choice")
    button = _button(view, "one")
    button.focus()
    for _ in range(3):
        desk.page.keyboard.press("1")
    full = say("en", "sorting.full", place="bin one-en", most=2)
    expect(view.locator(".course-said")).to_have_text(full)
    expect(view.locator(".course-deck .course-remark")).to_have_text(full)
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_be_focused()
    mouse, target = desk.page.mouse, view.locator(".course-bin")
    target.scroll_into_view_if_needed()
    mouse.move(*_middle(view.locator(".course-slot .course-card")))
    mouse.down()
    mouse.move(*_middle(target), steps=8)
    mouse.up()
    expect(target.locator(".course-remark")).to_have_text(full)
    _lies_in(view, "one", "b", "a")
    view.get_by_role("button", name="See my result").click()
    expect(view.locator("[data-card=b]")).to_contain_text(both("note_b.")["en"])
    assert desk.axe() == []
    desk.picture("sorting-choice-en")
    _choice(view, "a").select_option("")
    expect(view.locator("[data-card=b]")).not_to_contain_text("note_b")
    expect(button).to_have_attribute("aria-disabled", "false")
    desk.wait_for("answers/m01.json", "sorting_choice", placed={"b": "one"}, compared=False)
