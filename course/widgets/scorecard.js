import { activityView, el, fill, newId, paragraphs, unique, wellFormed } from "./common.js";

const LONGEST = 2000; // characters of a cell, as in activities/scorecard_cells.py
const WIDTH = { text: 9, number: 5, date: 9.5 }; // rem, of a table's columns; of a list its longest line and 3.2
const WIDEST = 53; // rem, of a table that still fits a wide page; a wider one stays a list of blocks

const ems = (text) => [...text].reduce((sum, character) => sum + (character > "⺀" ? 1 : 0.58), 0);
const signed = (n) => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : "0");

/** The control of one cell: a list where there is a choice, else a box. change(text, delay) is told of every change. */
function control(page, column, value, attributes, change) {
  const choices = page.content.choices[column.id];
  if (choices) {
    const odd = value && !choices.some(([id]) => id === value) ? [[value, value]] : []; // not what is asked for, but kept
    const options = [["", page.words.scorecard.choose], ...choices, ...odd];
    return el("select", { ...attributes, onchange: (event) => change(event.target.value, 0) },
      options.map(([id, text]) => el("option", { value: id, selected: id === value }, text)));
  }
  const box = { ...attributes, value, oninput: (event) => change(wellFormed(event.target.value), 400), onblur: () => page.flush() };
  if (column.type === "text") {
    // A box that grows with its text has no rows of its own: hence the height.
    const rows = column.rows || (page.content.brainstorm ? 1 : 2);
    return el("textarea", { ...box, rows: String(rows), style: `min-height: ${1.6 * rows + 0.6}rem`, maxlength: String(LONGEST) });
  }
  if (column.type === "date") return el("input", { type: "date", max: "9999-12-31", ...box });
  return el("input", { type: "text", inputmode: column.lowest < 0 ? null : "numeric", maxlength: "40", autocomplete: "off", ...box });
}

/** What the columns want, for everybody to read and for each box to be described by; returns the list and the ids by column. */
function helpList(page) {
  const { content, words } = page;
  const helped = content.columns.filter((column) => column.help);
  const ids = Object.fromEntries(helped.map((column) => [column.id, unique("help")]));
  const lines = helped.map((column) => el("p", {},
    el("strong", {}, content.headings[column.id]), " ", el("span", { id: ids[column.id] }, column.help)));
  const list = el("details", { class: "course-columns", open: true }, el("summary", {}, words.scorecard.help), lines);
  return { list: lines.length > 0 ? list : "", ids };
}

export default activityView((page) => {
  const { content, answer } = page;
  const words = page.words.scorecard;
  const seeds = new Map(content.seeds.map((seed) => [seed.id, seed.cells]));
  const rows = new Map(); // by id: {line, first (box), tools ({up, down, remove}, as far as there are), rename(), tell()}
  const movable = !content.fixed && !content.brainstorm; // an order of ideas would be a judgement
  const bin = []; // what was removed, the last one on top
  let verdicts = new Map(); // by row, of the answer as it was last saved
  const help = helpList(page);
  // In a form, the text that every row brings along is its name.
  const names = (column) => column.type === "text" && content.seeds.every((seed) => seed.cells[column.id]);
  const namer = content.fixed ? content.columns.find(names) : null;
  const columns = content.columns.filter((column) => column !== namer);
  const ids = rowIds();

  /** The rows as they stand, as in activities/scorecard.py. */
  function rowIds() {
    if (content.fixed) return [...seeds.keys()];
    const there = [...new Set([...seeds.keys(), ...Object.keys(answer.rows)])].filter((id) => answer.rows[id] !== null);
    const order = [...answer.order.filter((id) => there.includes(id)), ...there.filter((id) => !answer.order.includes(id))];
    return order.length ? order : [newId("r")]; // a first row to write in; it is stored with its first letter
  }

  const place = (id) => ids.indexOf(id) + 1;
  const rowName = (id) => (namer ? seeds.get(id)[namer.id] : fill(words.row, { what: content.row_name, n: place(id) }));
  const shown = (id, column) => (answer.rows[id] || {})[column.id] ?? (seeds.get(id) || {})[column.id] ?? "";

  function put(id, column, text, delay) {
    const cells = { ...answer.rows[id] };
    if (text === ((seeds.get(id) || {})[column.id] ?? "")) delete cells[column.id]; // what stands there anyway is not stored
    else cells[column.id] = text;
    if (Object.keys(cells).length || !seeds.has(id)) answer.rows[id] = cells;
    else delete answer.rows[id];
    page.send(delay);
  }

  /** After rows were added, removed or moved. */
  function settle(message) {
    for (const id of ids) if (!seeds.has(id)) answer.rows[id] ??= {};
    answer.order = [...ids];
    page.send();
    renumber();
    page.say(message);
  }

  function renumber() {
    rows.forEach((row) => row.rename());
    add.disabled = ids.length >= content.most;
    room.textContent = add.disabled && !content.fixed ? fill(words.full, content) : "";
    undo.hidden = bin.length === 0 || add.disabled;
    if (bin.length) undo.title = bin.at(-1).name;
  }

  function addRow() {
    const id = newId("r");
    ids.push(id);
    body.append(makeRow(id).line);
    settle(fill(words.added, { row: rowName(id) }));
    rows.get(id).first.focus();
  }

  function move(id, by) {
    const at = ids.indexOf(id);
    const other = ids[at + by];
    if (!movable || !other) return;
    ids[at] = other;
    ids[at + by] = id;
    const { line, tools } = rows.get(id);
    const focused = document.activeElement;
    line[by < 0 ? "after" : "before"](rows.get(other).line); // the other row moves, so that this one keeps the focus
    settle(fill(words.moved, { row: rowName(id), all: ids.length }));
    if (focused.disabled) (tools.up.disabled ? tools.down : tools.up).focus();
    line.scrollIntoView({ block: "nearest" });
  }

  function remove(id) {
    const at = ids.indexOf(id);
    const name = rowName(id);
    bin.push({ id, at, name, cells: answer.rows[id] });
    ids.splice(at, 1);
    rows.get(id).line.remove();
    rows.delete(id);
    if (seeds.has(id)) answer.rows[id] = null;
    else delete answer.rows[id];
    settle(fill(words.removed, { row: name }));
    const neighbour = ids[at] || ids[at - 1];
    (neighbour ? rows.get(neighbour).tools.remove : add).focus();
  }

  function restore() {
    const { id, at, cells } = bin.pop();
    if (cells) answer.rows[id] = cells;
    else delete answer.rows[id];
    ids.splice(at, 0, id);
    body.insertBefore(makeRow(id).line, body.children[at] || null);
    settle(fill(words.restored, { row: rowName(id) }));
    rows.get(id).first.focus();
  }

  /** Enter after an idea goes on to the next; not while an input method uses it to choose characters. */
  function nextIdea(event, id) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    if (event.target.tagName !== "TEXTAREA") return;
    event.preventDefault();
    const next = ids[place(id)];
    if (next) rows.get(next).first.focus();
    else if (event.target.value.trim() && !add.disabled) addRow();
  }

  function makeCell(id, column) {
    const seeded = (seeds.get(id) || {})[column.id];
    if (content.fixed && seeded !== undefined) {
      const text = (content.choices[column.id] || []).find(([value]) => value === seeded);
      const heading = el("span", { class: "course-cell-label" }, content.headings[column.id]);
      return { node: el("td", { role: "cell", class: "course-given" }, heading, text ? text[1] : seeded) };
    }
    const name = el("span", { class: "course-hidden" });
    const remark = el("p", { class: "course-remark", id: unique("remark"), "aria-live": "polite" });
    const box = unique("cell");
    const described = [help.ids[column.id], remark.id].filter(Boolean).join(" ");
    const input = control(page, column, shown(id, column), { id: box, "aria-describedby": described }, (text, delay) => {
      put(id, column, text, delay);
      if (text.length >= LONGEST) tell();
    });
    function tell() {
      const verdict = verdicts.get(id) || { unreadable: [], same_as: null };
      const bad = input.validity.badInput || verdict.unreadable.includes(column.id); // a date that is begun is no value yet
      const same = verdict.same_as && column.id === content.distinct && !content.brainstorm;
      const text = input.value.length >= LONGEST ? words.long : bad ? content.remarks[column.id]
        : same ? fill(words.same, { row: rowName(verdict.same_as) }) : "";
      if (remark.textContent !== text) remark.textContent = text;
    }
    input.addEventListener("blur", tell);
    return {
      input, tell,
      node: el("td", { role: "cell", class: `course-cell-${column.type}` },
        el("label", { for: box, class: "course-cell-label" }, content.headings[column.id], name), input, remark),
      rename() { name.textContent = `${words.between}${rowName(id)}`; },
    };
  }

  function makeRow(id) {
    const cells = columns.map((column) => makeCell(id, column));
    const inputs = cells.filter((cell) => cell.input);
    const name = el("span", { class: "course-row-name" });
    const tick = el("span", { class: "course-mark-right", hidden: true }, "✓", el("span", { class: "course-hidden" }, words.complete));
    const tool = (sign, part, act) => el("button", {
      type: "button", class: "course-step", "data-part": part, title: words[part],
      onclick: (event) => event.detail > 1 && part === "remove" || act(), // a double click removes one row, not two
    }, el("span", { "aria-hidden": "true" }, sign), el("span", { class: "course-tool-word" }, ` ${words[part]}`));
    const tools = {
      ...(movable && { up: tool("▲", "up", () => move(id, -1)), down: tool("▼", "down", () => move(id, 1)) }),
      ...(!content.fixed && { remove: tool("✕", "remove", () => remove(id)) }),
    };
    const line = el("tr", {
      role: "row", "data-row": id,
      onkeydown: (event) => {
        if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
          if (event.target.matches("select, input[type=date]")) return; // there it opens the list or the calendar
          event.preventDefault();
          move(id, event.key === "ArrowUp" ? -1 : 1);
        } else if (content.brainstorm) nextIdea(event, id);
      },
    },
    el("th", { scope: "row", role: "rowheader" }, name, " ", tick),
    cells.map((cell) => cell.node),
    !content.fixed && el("td", { role: "cell", class: "course-tools" }, Object.values(tools)));
    const row = {
      line, tools, first: inputs[0].input,
      rename() {
        const numbered = () => [el("span", { class: "course-row-word" }, `${content.row_name} `), String(place(id))];
        name.replaceChildren(...(namer ? [rowName(id)] : numbered()));
        inputs.forEach((cell) => cell.rename());
        for (const button of Object.values(tools)) {
          button.setAttribute("aria-label", fill(words.tool_label, { tool: button.title, row: rowName(id) }));
        }
        if (movable) [tools.up.disabled, tools.down.disabled] = [place(id) === 1, place(id) === ids.length];
      },
      tell() {
        tick.hidden = content.brainstorm || !(verdicts.get(id) || {}).counts;
        inputs.forEach((cell) => cell.tell());
      },
    };
    rows.set(id, row);
    return row;
  }

  /** The curve in words: peak, end, what is worth mending first. */
  function curveWords(curve) {
    const threshold = { threshold: signed(content.threshold) };
    const point = (moment) => fill(words.moment, {
      n: place(moment.id), label: moment.label.trim().replace(/\s+/g, " ") || rowName(moment.id), value: signed(moment.value),
    });
    return [
      el("p", {}, curve.peak ? fill(words.peak, { moment: point(curve.peak) }) : words.no_peak),
      el("p", {}, fill(words.end, { moment: point(curve.end) })),
      el("p", {}, fill(curve.low.length > 0 ? words.low : words.none_low, threshold)),
      curve.low.length > 0 && el("ul", {}, curve.low.map((moment) => el("li", {}, point(moment)))),
    ].filter(Boolean);
  }

  const add = el("button", { type: "button", onclick: addRow }, `＋ ${fill(words.add, { what: content.row_name })}`);
  const undo = el("button", { type: "button", hidden: true, onclick: restore }, `↶ ${words.undo}`);
  const room = el("span", { class: "course-hint" });
  const example = el("button", {
    type: "button",
    onclick: () => {
      answer.asked = true;
      page.send();
    },
  }, words.example);
  const progress = el("p", { class: "course-progress" });
  const gaps = el("ul", { class: "course-gaps" });
  const curve = el("div", { class: "course-curve" });

  const longest = (choices) => Math.max(ems(words.choose), ...choices.map(([, text]) => ems(text)));
  const list = (column) => content.choices[column.id] && 3.2 + longest(content.choices[column.id]);
  const widths = [namer ? WIDTH.text : 3, ...columns.map((column) => list(column) || WIDTH[column.type]), ...(content.fixed ? [] : [5])];
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const look = content.brainstorm ? "course-ideas" : whole <= WIDEST ? "course-fits" : "";
  const head = (text, hidden) =>
    el("th", { scope: "col", role: "columnheader" }, el("span", { class: hidden ? "course-hidden" : null }, text));
  const body = el("tbody", { role: "rowgroup" });
  ids.forEach((id) => body.append(makeRow(id).line));
  page.body.append(
    ...paragraphs(content.case, { class: "course-quote" }),
    el("p", { class: "course-hint" }, content.fixed ? words.keys_fixed : content.brainstorm ? words.keys_ideas : words.keys,
      content.seeds.length > 0 && !content.fixed && !content.brainstorm && ` ${words.seeds}`),
    help.list,
    el("table", { role: "table", class: `course-scorecard ${look}`, "aria-label": content.title },
      el("colgroup", {}, widths.map((width) => el("col", { style: `width: ${(100 * width) / whole}%` }))),
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" },
        head(namer ? content.headings[namer.id] : words.number, !namer), columns.map((column) => head(content.headings[column.id])),
        !content.fixed && head(words.tools, true))),
      body),
    el("div", { class: "course-actions" }, !content.fixed && [add, undo], content.has_example && example, room),
    progress, gaps, curve);
  renumber();

  let drawn = null;
  let sampled = null;
  return (state) => {
    const feedback = state.feedback || { counting: 0, rows: [], curve: null, sample: null };
    verdicts = new Map(feedback.rows.map((verdict) => [verdict.id, verdict]));
    rows.forEach((row) => row.tell());
    const sentence = content.fixed ? page.words.view.progress : content.brainstorm ? words.ideas : words.counting;
    progress.textContent = fill(sentence, { n: feedback.counting, least: content.least, done: feedback.counting, all: content.least });
    const now = JSON.stringify([feedback.rows, feedback.curve, ids]);
    if (now !== drawn) {
      drawn = now;
      gaps.replaceChildren(...feedback.rows.filter((verdict) => !content.brainstorm && verdict.missing.length > 0 && rows.has(verdict.id))
        .map((verdict) => el("li", {}, fill(words.missing, {
          row: rowName(verdict.id),
          columns: verdict.missing.map((id) => content.columns.find((column) => column.id === id).title).join(words.listed),
        }))));
      curve.replaceChildren(...(feedback.curve ? curveWords(feedback.curve) : []));
    }
    if (feedback.sample !== sampled) {
      sampled = feedback.sample;
      const heading = () => el("p", {}, el("strong", {}, words.sample));
      page.result.replaceChildren(...(sampled ? [heading(), ...paragraphs(sampled, { class: "course-quote" })] : []));
    }
  };
});
