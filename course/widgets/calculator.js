import { activityView, el, fill, paragraphs, unique } from "./common.js";

const PACE = 80; // ms between two messages while a slider moves
const LOST = 3000; // ms after which an unanswered message holds nothing up
const PAUSE = 600; // ms of rest before the sentence is read out

/** Send what the inputs are set to: one message at a time, the next when the last is answered, with whatever they are set to by then. */
function paced(page) {
  let at = 0;
  let timer = null;
  let underWay = false;
  let again = false;
  function ask() {
    again = true;
    if (timer || (underWay && Date.now() - at < LOST)) return;
    timer = setTimeout(() => {
      timer = null;
      again = false;
      underWay = true;
      at = Date.now();
      page.send();
    }, Math.max(0, at + PACE - Date.now()));
  }
  function answered() {
    underWay = false;
    if (again) ask();
  }
  return { ask, answered };
}

/** One input: a slider and a box for the same number. set(shown) moves both; changed(value) is called when the learner does. */
function control(page, item, changed) {
  const { content, words } = page;
  const id = unique("input");
  const round = (number) => Number(number.toFixed(item.digits));
  const [lowest, highest, step] = [item.lowest, item.highest, item.step].map((number) => round(number * item.scale));
  const numbers = new Intl.NumberFormat(content.lang, { minimumFractionDigits: item.digits, maximumFractionDigits: item.digits });
  const unit = item.percent ? "%" : item.unit || "";
  const read = (number) => `${numbers.format(number)}${item.percent ? "%" : unit && ` ${unit}`}`;
  const nearest = (number) => {
    const steps = Math.round((Math.min(Math.max(number, lowest), highest) - lowest) / step);
    return round(Math.min(lowest + steps * step, highest));
  };
  let now = null;
  const remark = el("span", { class: "course-remark", role: "status" });
  const range = el("input", {
    type: "range", id, min: String(lowest), max: String(highest), step: String(step),
    oninput: () => take(nearest(Number(range.value))),
  });
  const box = el("input", {
    type: "number", min: String(lowest), max: String(highest), step: String(step),
    "aria-label": fill(words.calculator.box, { label: unit ? fill(words.calculator.axis, { label: item.label, unit }) : item.label }),
    oninput: () => {
      const number = box.valueAsNumber;
      if (nearest(number) === number) take(number); // what is typed halfway waits until the box is left
    },
    onchange: () => {
      const number = box.valueAsNumber;
      if (Number.isNaN(number)) return set(now);
      const there = nearest(number);
      take(there);
      set(there);
      remark.textContent = there === number ? "" : fill(words.calculator.nearest, { value: read(there) });
    },
  });

  function set(shown) {
    now = shown;
    range.value = String(shown);
    range.setAttribute("aria-valuetext", read(shown));
    if (box.valueAsNumber !== shown) box.value = shown.toFixed(item.digits);
    remark.textContent = "";
  }

  function take(shown) {
    if (shown === now) return;
    set(shown);
    changed(Number((shown / item.scale).toFixed(12)));
  }

  const node = el("div", { class: "course-input" },
    el("label", { for: id }, item.label),
    item.help && el("p", { class: "course-hint", id: `${id}-help` }, item.help),
    el("div", { class: "course-input-line" },
      range, el("span", { class: "course-input-box" }, box, unit && el("span", { "aria-hidden": "true" }, ` ${unit}`))),
    remark);
  if (item.help) range.setAttribute("aria-describedby", `${id}-help`);
  return { node, set: (value) => set(round(value * item.scale)) };
}

/** A table whose first column names the rows. */
function table(heads, rows) {
  return el("table", { class: "course-table" },
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows.map(([name, ...cells]) =>
      el("tr", {}, el("th", { scope: "row" }, name), cells.map((cell) => el("td", {}, cell))))));
}

export default activityView((page) => {
  const { content, words, answer } = page;
  const { ask, answered } = paced(page);
  const controls = new Map(content.inputs.map((item) => [item.id, control(page, item, (value) => {
    answer.inputs[item.id] = value;
    ask();
  })]));
  const spot = new Map(content.results.map((result) => [result.id, el("span", { class: "course-result-value" }, "–")]));
  const sentence = el("p", { class: "course-total" });
  const numbers = el("div", {});
  let spoken = null; // what was last read out, or was there when the page was opened
  let pause = null;

  /** Set every input, those not named to where they start. */
  function setAll(inputs, text) {
    answer.inputs = { ...inputs };
    for (const item of content.inputs) controls.get(item.id).set(inputs[item.id] ?? item.start);
    page.say(text);
    ask();
  }

  page.body.append(
    ...paragraphs(content.case, { class: "course-quote" }),
    el("p", { class: "course-hint" }, words.calculator.inputs),
    el("div", { class: "course-inputs" }, content.inputs.map((item) => controls.get(item.id).node)),
    el("div", { class: "course-actions", role: "group", "aria-label": words.calculator.presets },
      content.presets.map((preset) => el("button", {
        type: "button", onclick: () => setAll(preset.inputs, fill(words.calculator.set, { name: preset.label })),
      }, preset.label)),
      el("button", { type: "button", onclick: () => setAll({}, words.calculator.back_done) }, words.calculator.back)),
    sentence,
    table([words.calculator.results, words.calculator.amount], content.results.map((result) => [result.label, spot.get(result.id)])),
    content.columns.length > 0 ? el("details", { class: "course-more" }, el("summary", {}, words.calculator.numbers), numbers) : "",
    el("details", { class: "course-more" }, el("summary", {}, words.calculator.formulas),
      el("ul", {}, content.formulas.map((formula) => el("li", {}, formula))),
      content.formulas.some((formula) => formula.includes("^")) && el("p", { class: "course-hint" }, words.calculator.power)),
    content.caveat ? el("p", { class: "course-note" }, fill(words.calculator.caveat, { text: content.caveat })) : "",
    content.source ? el("p", { class: "course-note" }, fill(words.calculator.source, { text: content.source })) : "");
  for (const item of content.inputs) controls.get(item.id).set(answer.inputs[item.id] ?? item.start);

  return (state) => {
    const found = state.calculation;
    for (const [id, node] of spot) node.textContent = found.results[id] ?? "–";
    sentence.textContent = found.sentence ?? words.calculator.impossible;
    if (content.columns.length > 0) {
      numbers.replaceChildren(table(content.columns, found.rows.map((row) => row.map((cell) => cell ?? "–"))));
    }
    spoken ??= sentence.textContent;
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (sentence.textContent === spoken || !sentence.isConnected) return;
      spoken = sentence.textContent;
      page.say(spoken);
    }, PAUSE);
    answered();
  };
});
