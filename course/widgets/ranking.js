import { activityView, el, fill, mark, paragraphs, unique } from "./common.js";

function tagBox(page, item) {
  const { words, answer, content } = page;
  const name = unique("tag");
  const choice = (value, text) => el("label", {},
    el("input", {
      type: "radio", name, value: String(value), checked: answer.tags[item.id] === value,
      onchange: () => {
        answer.tags[item.id] = value;
        answer.compared = false;
        page.send();
      },
    }),
    ` ${text}`);
  return el("fieldset", { class: "course-tag" },
    el("legend", { class: "course-hidden" }, `${content.tag} ${item.text}`),
    choice(true, words.ranking.can), choice(false, words.ranking.cannot));
}

/** Let a row be dragged by its handle with mouse, pen or finger; drop(from, to) gets the places. */
function draggable(list, line, handle, drop) {
  handle.addEventListener("pointerdown", (start) => {
    if (start.button !== 0) return;
    start.preventDefault();
    handle.setPointerCapture(start.pointerId);
    const lines = [...list.children];
    const from = lines.indexOf(line);
    const middles = lines.map((other) => { const box = other.getBoundingClientRect(); return box.top + box.height / 2; });
    let to = from;
    line.classList.add("course-dragged");
    const move = (event) => {
      line.style.transform = `translateY(${event.clientY - start.clientY}px)`;
      const middle = middles[from] + event.clientY - start.clientY;
      to = middles.filter((other, n) => n !== from && other < middle).length;
      lines.forEach((other, n) => {
        other.classList.toggle("course-drop-before", n === (to > from ? to + 1 : to) && n !== from);
        other.classList.toggle("course-drop-after", to === lines.length - 1 && n === lines.length - 1 && from !== n);
      });
    };
    const end = (event) => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", end);
      line.style.transform = "";
      lines.forEach((other) => other.classList.remove("course-dragged", "course-drop-before", "course-drop-after"));
      if (event.type === "pointerup" && to !== from) drop(from, to);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
  });
}

function comparison(page, feedback) {
  const { words } = page;
  const name = (can) => (can ? words.ranking.can : words.ranking.cannot);
  return [
    el("p", { class: "course-total" }, el("strong", {}, fill(words.ranking.agreeing, feedback))),
    feedback.tags > 0 && el("p", {}, fill(words.ranking.tags_right, { right: feedback.tags_right, all: feedback.tags })),
    el("p", {}, el("strong", {}, feedback.turned.length > 0 ? words.ranking.turned : words.ranking.none_turned)),
    feedback.turned.length > 0 && el("ul", {}, feedback.turned.map((pair) => el("li", {},
      el("strong", {}, fill(words.ranking.above, { higher: pair.higher, lower: pair.lower.join(words.ranking.between) })), el("br"), pair.why))),
    el("p", {}, el("strong", {}, words.ranking.reasons)),
    el("ol", { class: "course-reasons" }, feedback.items.map((item) => {
      const inPlace = item.place >= item.key_first && item.place <= item.key_last;
      return el("li", { value: String(item.key_first) },
        el("strong", {}, item.text), ` (${fill(words.ranking.yours, { place: item.place })}) `, mark(inPlace), item.why,
        item.can !== null && el("div", { class: "course-tag-verdict" }, mark(item.tag === item.can),
          fill(item.tag === item.can ? words.ranking.tag_ok : words.ranking.tag_off, { truth: name(item.can) })));
    })),
  ];
}

function notes(page, feedback) {
  return [
    el("p", {}, el("strong", {}, page.words.ranking.notes)),
    el("ol", {}, feedback.first.map((item) => el("li", {}, el("strong", {}, item.text), item.note && el("br"), item.note))),
  ];
}

export default activityView((page) => {
  const { content, words, answer } = page;
  const texts = new Map(content.items.map((item) => [item.id, item]));
  const initial = content.items.map((item) => item.id);
  const list = el("ol", { class: "course-ranking" });
  const keep = el("button", { type: "button", onclick: () => commit(order(), null) }, words.ranking.keep);
  const state_line = el("p", { class: "course-progress" });
  const compare = el("button", {
    type: "button", class: "course-main",
    onclick: () => {
      if (ready) {
        answer.compared = true;
        page.send();
      } else {
        state_line.textContent = words.ranking.compare_first;
        page.say(words.ranking.compare_first);
      }
    },
  }, words.ranking.compare);
  let ready = false;
  let drawn = null;

  function order() {
    // An answer from an earlier edition may lack items: they stand last until they are moved.
    return [...answer.order, ...initial.filter((id) => !answer.order.includes(id))];
  }

  function commit(ids, moved) {
    answer.order = ids;
    answer.compared = false;
    page.send();
    draw();
    if (!moved) return;
    page.say(fill(words.ranking.moved, { item: texts.get(moved.id).text, place: ids.indexOf(moved.id) + 1, all: ids.length }));
    const target = list.querySelector(`[data-item="${moved.id}"] [data-part="${moved.part}"]`);
    const other = list.querySelector(`[data-item="${moved.id}"] [data-part="place"]`);
    (target && !target.disabled ? target : other).focus();
  }

  function move(id, to, part) {
    const ids = order();
    const from = ids.indexOf(id);
    if (to < 0 || to >= ids.length || to === from) return;
    ids.splice(to, 0, ids.splice(from, 1)[0]);
    commit(ids, { id, part });
  }

  function line(id, place, all) {
    const item = texts.get(id);
    const step = (part, text, label, by) => el("button", {
      type: "button", class: "course-step", "data-part": part || place + by < 0 || place + by >= all,
      "aria-label": fill(label, { item: item.text }), title: text, onclick: () => move(id, place + by, part),
    }, by < 0 ? "▲" : "▼");
    const places = el("select", {
      "data-part": "place", "aria-label": fill(words.ranking.place_label, { item: item.text }),
      onchange: (event) => move(id, Number(event.target.value), "place"),
    }, Array.from({ length: all }, (_, n) => el("option", { value: String(n), selected: n === place }, String(n + 1))));
    const handle = el("span", { class: "course-handle", title: words.ranking.drag_label, "aria-hidden": "true" }, "⠿");
    const node = el("li", {
      "data-item": id,
      onkeydown: (event) => {
        if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
        event.preventDefault();
        move(id, place + (event.key === "ArrowUp" ? -1 : 1), event.target.dataset.part || "place");
      },
    },
    el("div", { class: "course-ranking-line" },
      handle, places,
      step("up", words.ranking.up, words.ranking.up_label, -1), step("down", words.ranking.down, words.ranking.down_label, 1),
      el("span", { class: "course-ranking-text" }, item.text),
      content.tag && tagBox(page, item)));
    draggable(list, node, handle, (from, to) => move(id, to, "place"));
    return node;
  }

  function draw() {
    const ids = order();
    list.replaceChildren(...ids.map((id, place) => line(id, place, ids.length)));
    keep.hidden = answer.order.length === ids.length;
  }

  page.body.append(
    ...paragraphs(content.case, { class: "course-quote" }),
    el("p", { class: "course-hint" }, words.ranking.keys),
    content.tag ? el("p", {}, el("strong", {}, content.tag)) : "",
    el("p", { class: "course-end" }, `↑ ${content.first}`), list, el("p", { class: "course-end" }, `↓ ${content.last}`),
    el("div", { class: "course-actions" }, keep, content.comparable ? compare : ""), state_line);
  draw();

  return (state) => {
    ready = state.open.length === 0;
    state_line.textContent = answer.order.length === 0
      ? words.ranking.untouched
      : fill(words.view.progress, { done: initial.length - state.open.length, all: initial.length });
    const feedback = state.feedback;
    const now = JSON.stringify(feedback);
    if (now === drawn) return; // nothing new: do not make a screen reader read it again
    drawn = now;
    const parts = !feedback ? [] : feedback.first ? notes(page, feedback) : comparison(page, feedback);
    page.result.replaceChildren(...parts.filter(Boolean));
  };
});
