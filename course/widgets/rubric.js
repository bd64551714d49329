import { activityView, el, fill, newId, paragraphs, unique, wellFormed } from "./common.js";

const GRADES = [1, 2, 3, 4, 5];
const MOST = { name: 40, remark: 2000 };

/** The sheet that is open, by activity: a view that is drawn anew opens it again. */
const opened = new Map();

function level(page, grade) {
  const word = page.content.levels[grade - 1];
  return fill(word ? page.words.rubric.level : page.words.rubric.plain_level, { grade, word });
}

/** One item: five radio buttons, the words of both ends under them, and those of the chosen grade. */
function itemBox(page, sheet, item, number, changed) {
  const { content, words } = page;
  const name = unique("grade");
  const hint = unique("hint");
  const chosen = el("p", { class: "course-sheet-chosen" });
  const tell = () => {
    const grade = sheet.grades[item.id];
    chosen.textContent = grade ? fill(words.rubric.chosen, { level: level(page, grade) }) : "";
  };
  const radios = GRADES.map((grade) => el("label", { class: "course-sheet-grade" },
    el("input", {
      type: "radio", name, value: String(grade), checked: sheet.grades[item.id] === grade, "aria-label": level(page, grade),
      onchange: () => {
        sheet.grades[item.id] = grade;
        tell();
        changed();
      },
    }),
    el("span", { "aria-hidden": "true" }, String(grade))));
  tell();
  return el("fieldset", { class: "course-sheet-item", "data-item": item.id, "aria-describedby": item.hint && hint },
    el("legend", {}, `${number}. ${item.text}`),
    item.hint && el("p", { class: "course-hint", id: hint }, item.hint),
    el("div", { class: "course-sheet-grades" }, radios),
    el("p", { class: "course-sheet-ends", "aria-hidden": "true" },
      el("span", {}, `1 = ${content.ends.first}`), el("span", {}, `5 = ${content.ends.last}`)),
    chosen);
}

function nameBox(page, sheet, field, changed) {
  const id = unique("name");
  return el("p", {},
    el("label", { for: id }, page.words.rubric[`${field}_label`]), " ",
    el("input", {
      id, type: "text", autocomplete: "off", maxlength: String(MOST.name), value: sheet[field],
      oninput: (event) => {
        sheet[field] = wellFormed(event.target.value.slice(0, MOST.name));
        changed(400);
      },
      onblur: () => page.flush(),
    }));
}

function remarkBox(page, sheet, changed) {
  const id = unique("remark");
  return el("div", { class: "course-sheet-remark" },
    el("label", { for: id }, page.words.rubric.remark),
    el("p", { class: "course-hint", id: `${id}-hint` }, page.words.rubric.remark_hint),
    el("textarea", {
      id, rows: "3", maxlength: String(MOST.remark), value: sheet.remark, "aria-describedby": `${id}-hint`,
      oninput: (event) => {
        sheet.remark = wellFormed(event.target.value.slice(0, MOST.remark));
        changed(500);
      },
      onblur: () => page.flush(),
    }));
}

/** One sheet: native details. toggled() is told when it opens or closes, remove() when it is to go. */
function sheetBox(page, id, sheet, { toggled, remove }) {
  const { content } = page;
  const words = page.words.rubric;
  const own = sheet.rater === "self";
  const name = el("span", { class: "course-sheet-name" });
  const count = el("span", { class: "course-sheet-state" });
  const total = el("div", {});
  const missing = () => content.items.filter((item) => !(item.id in sheet.grades));
  let number = 0;
  let result = null;

  function title() {
    const parts = [fill(words.sheet, { n: number })];
    const join = (...found) => found.map((part) => part.trim()).filter(Boolean).join(" ");
    if (own) parts.push(words.self);
    else parts.push(fill(words.observer, { who: join(words[sheet.rater], sheet.by) }));
    if (!own && sheet.of.trim()) parts.push(fill(words.observed, { who: sheet.of.trim() }));
    return parts.join(" · ");
  }

  function draw() {
    const n = missing().length;
    name.textContent = title();
    count.textContent = n ? fill(words.to_go, { n }) : words.complete;
    total.replaceChildren(...(n || !result ? [el("p", { class: "course-progress" }, count.textContent)] : [
      ...result.groups.map((group) => el("p", {}, fill(words.group_total, group))),
      el("p", { class: "course-total" }, el("strong", {}, fill(words.total, result))),
    ]));
  }

  const changed = (delay) => {
    draw();
    page.send(delay);
  };
  const items = new Map(content.items.map((item, n) => [item.id, itemBox(page, sheet, item, n + 1, changed)]));
  const blocks = content.groups.length > 0
    ? content.groups.flatMap((group) => [el("h4", {}, group.title), ...group.items.map((item) => items.get(item))])
    : [...items.values()];
  const summary = el("summary", {}, name, count);
  const done = el("button", {
    type: "button", class: "course-main",
    onclick: () => {
      const open = missing();
      if (open.length > 0) {
        page.say(fill(words.still_open, { n: open.length }));
        items.get(open[0].id).querySelector("input").focus();
        return;
      }
      box.open = false;
      summary.focus();
    },
  }, words[`done_${sheet.rater}`]);
  const box = el("details", { class: "course-sheet", "data-sheet": id, ontoggle: () => toggled(id) },
    summary,
    el("div", { class: "course-sheet-body" },
      el("p", { class: "course-quote" }, words[`hand_${sheet.rater}`]),
      own ? null : el("fieldset", { class: "course-sheet-names" },
        el("legend", { class: "course-hint" }, words.privacy),
        nameBox(page, sheet, "by", changed), nameBox(page, sheet, "of", changed)),
      ...blocks, remarkBox(page, sheet, changed), total,
      el("div", { class: "course-actions" }, done, el("button", { type: "button", onclick: () => remove(id) }, words.remove))));
  return {
    box, summary, title,
    place(n) {
      number = n;
      draw();
    },
    /** The total as Python has counted it; returns what is new to be said. */
    show(now) {
      const news = now && !result ? fill(words.total, now) : "";
      result = now;
      draw();
      return news;
    },
  };
}

function comparison(page, state) {
  const words = page.words.rubric;
  return [
    state.agreement && el("h4", {}, words.comparison),
    state.agreement && el("p", {}, el("strong", {}, state.agreement)),
    state.agreement && el("ul", { class: "course-compared" }, state.rows.map((row) =>
      el("li", { class: row.talk ? "course-compared-talk" : null },
        row.text, el("p", {}, `${row.grades} · `, row.talk ? el("strong", {}, row.verdict) : row.verdict)))),
    state.left_out && el("p", {}, state.left_out),
    state.feedback && state.feedback.note && el("p", { class: "course-note" }, state.feedback.note),
  ].filter(Boolean);
}

export default activityView((page) => {
  const { content, answer } = page;
  const words = page.words.rubric;
  const list = el("div", { class: "course-sheets" });
  const boxes = new Map();
  const removed = []; // the last one is brought back first
  const undo = el("button", { type: "button", onclick: bringBack }, words.undo);
  const gone = el("p", { class: "course-sheet-removed", hidden: true });
  const full = el("p", { class: "course-hint" });
  const adders = content.raters.map((rater) => el("button", {
    type: "button", "data-rater": rater, class: content.raters.length === 1 ? "course-main" : null, onclick: () => add(rater),
  }, `＋ ${words[`add_${rater}`]}`));
  const beside = el("div", {});

  function toggled(id) {
    if (!boxes.has(id)) return;
    const { box, summary } = boxes.get(id);
    if (!box.open) {
      if (opened.get(content.place) === id) opened.delete(content.place);
      return;
    }
    opened.set(content.place, id);
    for (const [other, { box: shown }] of boxes) if (other !== id) shown.open = false; // one rater does not look at another's grades
    if (document.activeElement === summary) summary.scrollIntoView({ block: "nearest" }); // what closed above it has moved it
  }

  const order = () => Object.keys(answer.sheets).sort(); // as they were made; Python numbers the sheets in the same order

  function refresh() {
    order().forEach((id, n) => boxes.get(id).place(n + 1));
    const most = boxes.size >= content.most_sheets;
    full.textContent = most ? fill(words.full, { n: content.most_sheets }) : "";
    for (const button of adders) {
      button.disabled = most;
      button.hidden = button.dataset.rater === "self" && Object.values(answer.sheets).some((sheet) => sheet.rater === "self");
    }
    gone.hidden = removed.length === 0;
    if (removed.length > 0) gone.replaceChildren(fill(words.removed, { sheet: removed.at(-1).title }), " ", undo);
  }

  function put(id, sheet) {
    const next = order().find((other) => other > id && boxes.has(other));
    boxes.set(id, sheet);
    list.insertBefore(sheet.box, next ? boxes.get(next).box : null);
  }

  function make(id) {
    put(id, sheetBox(page, id, answer.sheets[id], { toggled, remove }));
  }

  function add(rater) {
    const id = newId("s");
    answer.sheets[id] = { rater, of: "", by: "", grades: {}, remark: "" };
    make(id);
    refresh();
    page.send();
    boxes.get(id).box.open = true;
    boxes.get(id).summary.focus();
    page.say(words[`hand_${rater}`]);
  }

  function remove(id) {
    const sheet = boxes.get(id);
    removed.push({ id, title: sheet.title(), filled: answer.sheets[id], sheet });
    boxes.delete(id);
    delete answer.sheets[id];
    sheet.box.remove();
    refresh();
    page.send();
    undo.focus();
    page.say(fill(words.removed, { sheet: removed.at(-1).title }));
  }

  function bringBack() {
    const { id, title, filled, sheet } = removed.pop();
    answer.sheets[id] = filled;
    put(id, sheet);
    refresh();
    page.send();
    sheet.summary.focus();
    page.say(fill(words.restored, { sheet: title }));
  }

  const levels = content.levels.every(Boolean) ? content.levels : [];
  page.body.append(
    ...paragraphs(content.case, { class: "course-quote" }),
    levels.length > 0 ? el("div", { class: "course-sheet-levels" }, el("p", {}, words.levels),
      el("ul", {}, GRADES.map((grade) => el("li", {}, level(page, grade))))) : "",
    list, gone,
    el("fieldset", { class: "course-sheet-add" }, el("legend", {}, words.add), el("div", { class: "course-actions" }, adders), full),
    beside);
  order().forEach(make);
  refresh();
  if (boxes.has(opened.get(content.place))) boxes.get(opened.get(content.place)).box.open = true;

  let drawn = null;
  return (state) => {
    const totals = new Map((state.feedback ? state.feedback.sheets : []).map((total) => [total.id, total]));
    const news = [...boxes].map(([id, sheet]) => sheet.show(totals.get(id) || null));
    const now = JSON.stringify([state.rows, state.left_out, state.feedback && state.feedback.note]);
    const first = drawn === null;
    if (now !== drawn) {
      drawn = now;
      beside.replaceChildren(...comparison(page, state));
      news.push(state.agreement || "");
    }
    if (!first && news.some(Boolean)) page.say(news.filter(Boolean).join(" "));
  };
});
