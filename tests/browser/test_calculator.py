"""The calculator in JupyterLab: sentence, table and chart follow the sliders at once, and nothing is kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from course import catalog
from course.activities import Calculator
from course.language import LANGUAGES, Language, say
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser

NAME = "gallery.calculator"
ANSWERS = "answers/gallery.json"


def activity() -> Calculator:
    found = catalog.activity(NAME)
    assert isinstance(found, Calculator)
    return found


def sentence(language: Language, **inputs: float) -> str:
    """What the page must say for these inputs."""
    found = activity().calculate(activity().read_answer({"inputs": inputs})).sentence
    assert found is not None
    return found.of(language)


def slider(view: Locator, name: str) -> Locator:
    place = [item.id for item in activity().inputs].index(name)
    return view.get_by_role("slider").nth(place)


def box(view: Locator, name: str) -> Locator:
    place = [item.id for item in activity().inputs].index(name)
    return view.get_by_role("spinbutton").nth(place)


def marked_at(desk: Desk) -> Locator:
    """The dotted line of the chart that stands at what is set now."""
    return desk.page.locator(".jp-RenderedPlotly .shapelayer path")


def tab_into(desk: Desk, wanted: Locator, most: int = 60) -> None:
    """Press Tab until the focus is there."""
    for _ in range(most):
        if wanted.evaluate("e => e === document.activeElement"):
            return
        desk.page.keyboard.press("Tab")
    raise AssertionError(f"not reached by {most} times Tab")


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_keyboard_alone_sentence_table_and_chart_follow(desk: Desk, language: Language) -> None:
    view = desk.show(NAME, language)
    expect(view.locator(".course-total")).to_have_text(sentence(language))
    expect(view).to_contain_text(say(language, "status.nothing_kept"))
    start = marked_at(desk).get_attribute("d") or ""
    assert desk.axe() == []
    desk.picture(f"calculator-start-{language}")

    view.get_by_role("heading").first.focus()
    slow, total, said = slider(view, "slow"), view.locator(".course-total"), view.locator(".course-said")
    tab_into(desk, slow)
    for _ in range(5):
        desk.page.keyboard.press("ArrowRight")
    expect(total).to_have_text(sentence(language, slow=0.25))
    expect(slow).to_be_focused()
    expect(slow).to_have_attribute("aria-valuetext", "25%")
    expect(box(view, "slow")).to_have_value("25")
    expect(said).to_have_text(sentence(language, slow=0.25))
    expect(marked_at(desk)).not_to_have_attribute("d", start)
    desk.page.keyboard.press("Tab")
    expect(box(view, "slow")).to_be_focused()
    desk.page.keyboard.press("ArrowDown")
    expect(total).to_have_text(sentence(language, slow=0.24))
    expect(slow).to_have_value("24")

    for details in view.locator("summary").all():
        tab_into(desk, details)
        desk.page.keyboard.press("Enter")
    expect(view.get_by_role("cell", name=re.compile("67,392"))).to_be_visible()
    expect(view.locator("details li").first).to_contain_text("×")
    assert desk.axe() == []
    desk.picture(f"calculator-{language}")
    assert not (desk.folder / ANSWERS).exists()


def test_while_a_slider_is_dragged_no_message_waits_behind_another_and_the_last_value_counts(desk: Desk) -> None:
    view = desk.show(NAME)
    asked = slider(view, "asked")
    asked.scroll_into_view_if_needed()
    told: list[str] = []
    desk.page.expose_function("told", lambda text: told.append(text))
    view.locator(".course-total").evaluate("e => new MutationObserver(() => told(e.textContent)).observe(e, {childList: true})")
    frame = asked.bounding_box()
    assert frame is not None
    mouse, height = desk.page.mouse, frame["y"] + frame["height"] / 2
    mouse.move(frame["x"] + 2, height)
    mouse.down()
    for step in range(40):
        mouse.move(frame["x"] + frame["width"] * step / 39, height)
    mouse.up()
    expect(asked).to_have_value("500")
    expect(view.locator(".course-total")).to_have_text(sentence("zh", asked=500))
    expect(view.locator(".course-said")).to_have_text(sentence("zh", asked=500))
    amounts = [int(re.findall(r"[\d,]+(?= 元。)", text)[0].replace(",", "")) for text in told]
    assert amounts == sorted(amounts)  # never an older value after a newer one
    assert amounts[-1] == round(500 * 30 * 0.2 * 0.12 * 260)


def test_a_typed_number_off_the_steps_is_moved_to_the_nearest_and_said(desk: Desk) -> None:
    view = desk.show(NAME)
    asked = box(view, "asked")
    asked.fill("247")
    asked.press("Enter")
    expect(asked).to_have_value("250")
    expect(view).to_contain_text(say("zh", "calculator.nearest", value="250 位"))
    expect(view.locator(".course-total")).to_have_text(sentence("zh", asked=250))
    asked.fill("99999")
    asked.press("Enter")
    expect(asked).to_have_value("500")
    asked.fill("")
    asked.press("Tab")
    expect(asked).to_have_value("500")
    expect(view.locator(".course-total")).to_have_text(sentence("zh", asked=500))
    expect(view.locator(".course-status-error")).to_have_count(0)


def test_a_button_sets_all_and_another_goes_back_to_the_start(desk: Desk) -> None:
    view = desk.show(NAME, "en")
    slider(view, "basket").fill("500")
    expect(view.locator(".course-total")).to_have_text(sentence("en", basket=500))
    preset = activity().presets[0]
    view.get_by_role("button", name=preset.label.en).click()
    expect(view.locator(".course-total")).to_have_text(sentence("en", **preset.inputs))
    expect(box(view, "basket")).to_have_value("260")
    back = view.get_by_role("button", name=say("en", "calculator.back"))
    back.click()
    expect(view.locator(".course-total")).to_have_text(sentence("en"))
    expect(box(view, "slow")).to_have_value("20")
    expect(back).to_be_focused()


def test_after_a_restart_it_begins_from_the_start_values(desk: Desk) -> None:
    view = desk.show(NAME)
    slider(view, "asked").fill("300")
    expect(view.locator(".course-total")).to_have_text(sentence("zh", asked=300))
    desk.restart()
    expect(view.locator(".course-total")).to_have_text(sentence("zh"))
    expect(slider(view, "asked")).to_have_value("120")
    slider(view, "asked").fill("200")
    expect(view.locator(".course-total")).to_have_text(sentence("zh", asked=200))
    assert not (desk.folder / ANSWERS).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_telephone_nothing_is_cut(desk: Desk, language: Language) -> None:
    desk.page.set_viewport_size({"width": 360, "height": 780})
    view = desk.show(NAME, language)
    for details in view.locator("summary").all():
        details.click()
    assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert desk.axe() == []
    desk.picture(f"calculator-360-{language}")
    slider(view, "slow").fill("40")
    expect(view.locator(".course-total")).to_have_text(sentence(language, slow=0.4))
    desk.scroll_to(desk.page.locator(".jp-RenderedPlotly"))
    desk.picture(f"calculator-360-chart-{language}")
