import { activityView, el, fill, paragraphs, unique } from "./common.js";

const PAUSE = 150; // ms: arrows that run through a list are one change

/** One choice, a list or radio buttons: {id, node, set(option)}. */
function choiceBox(choice, changed) {
  if (choice.form === "radio") {
    const name = unique("choice");
    const radios = choice.options.map((option) => el("input", {
      type: "radio", name, value: option.id, onchange: () => changed(choice.id, option.id),
    }));
    const node = el("fieldset", { class: "course-choice course-ticks" }, el("legend", {}, choice.text),
      choice.options.map((option, n) => el("label", {}, radios[n], ` ${option.text}`)));
    return { id: choice.id, node, set: (option) => radios.forEach((radio) => { radio.checked = radio.value === option; }) };
  }
  const id = unique("choice");
  const list = el("select", { id, onchange: () => changed(choice.id, list.value) },
    choice.options.map((option) => el("option", { value: option.id }, option.text)));
  const node = el("div", { class: "course-choice" }, el("label", { for: id }, choice.text), list);
  return { id: choice.id, node, set: (option) => { list.value = option; } };
}

/** Codes to tick: {node, set(codes)}; changed(id, codes) with none where all are let through. */
function codesBox(filter, changed) {
  const boxes = filter.options.map((option) => el("input", {
    type: "checkbox", value: option.id,
    onchange: () => changed(filter.id, boxes.filter((box) => box.checked).map((box) => box.value)),
  }));
  const node = el("fieldset", { class: "course-ticks" }, el("legend", {}, filter.text),
    filter.options.map((option, n) => el("label", {}, boxes[n], ` ${option.text}`)));
  return { node, set: (codes) => boxes.forEach((box) => { box.checked = codes.includes(box.value); }) };
}

/** A range of days or numbers. What does not fit is said beside it and changes nothing. */
function rangeBox(filter, words, changed) {
  const remark = el("p", { class: "course-remark", role: "status" });
  const ends = [["from", filter.lowest], ["to", filter.highest]].map(([end, limit]) => {
    const input = el("input", {
      id: unique(end), type: filter.form === "days" ? "date" : "number", min: filter.lowest, max: filter.highest, step: filter.step,
      placeholder: limit,
      onchange: () => {
        const fits = ends.every((other) => other.input.validity.valid);
        remark.textContent = fits ? "" : fill(words.outside, filter);
        if (fits) changed(filter.id, ends.some((other) => other.input.value) ? ends.map((other) => other.input.value) : []);
      },
    });
    return { input, node: el("span", { class: "course-end-box" }, el("label", { for: input.id }, `${words[end]} `), input) };
  });
  const node = el("fieldset", { class: "course-range" }, el("legend", {}, filter.text), ends.map((end) => end.node), remark);
  const set = (values) => {
    ends.forEach(({ input }, n) => { input.value = values[n] ?? ""; });
    remark.textContent = "";
  };
  return { node, set };
}

function table(state, rows) {
  const named = Math.max(0, state.columns.findIndex((column) => !column.numeric));
  const kind = (n) =>
    [state.columns[n].numeric && "course-number-cell", n === named && "course-name-cell"].filter(Boolean).join(" ") || null;
  return el("table", { class: "course-table" },
    el("caption", {}, el("span", {}, state.caption)),
    el("thead", {}, el("tr", {}, state.columns.map((column, n) => el("th", { scope: "col", class: kind(n) }, column.text)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, n) => (n === named
      ? el("th", { scope: "row", class: kind(n) }, cell) : el("td", { class: kind(n) }, cell)))))));
}

export default activityView((page) => {
  const { content, answer } = page;
  const words = page.words.explorer;
  let all = false; // whether every row is shown
  let state = null;

  const choices = content.choices.map((choice) => choiceBox(choice, (id, option) => {
    answer.chosen[id] = option;
    page.send(PAUSE);
  }));
  const filters = content.filters.map((filter) => {
    const changed = (id, values) => {
      if (values.length > 0) answer.filters[id] = values;
      else delete answer.filters[id];
      page.send(PAUSE);
    };
    const box = filter.form === "codes" ? codesBox(filter, changed) : rangeBox(filter, words, changed);
    return { id: filter.id, ...box };
  });
  const setFilters = () => filters.forEach((filter) => filter.set(answer.filters[filter.id] ?? []));
  const filtered = el("summary", {});
  const sentence = el("p", { class: "course-total", "aria-live": "polite" });
  const region = el("div", { class: "course-region", role: "region", tabindex: "0" });
  const more = el("p", { class: "course-count" });
  const expand = el("button", {
    type: "button", class: "course-quiet",
    onclick: () => {
      all = !all;
      drawTable();
    },
  });
  const notes = el("div", {});

  function drawTable() {
    const count = state.rows.length;
    const rows = all ? state.rows : state.rows.slice(0, content.shown);
    region.hidden = count === 0;
    region.setAttribute("aria-label", state.caption);
    region.replaceChildren(count > 0 ? table(state, rows) : "");
    expand.hidden = count <= content.shown;
    more.hidden = expand.hidden || all;
    more.textContent = fill(words.more, { shown: content.shown, n: count });
    expand.textContent = fill(all ? words.show_less : words.show_all, { n: all ? content.shown : count });
  }

  page.body.append(
    content.hint ? el("p", {}, el("strong", {}, words.hint), content.hint) : "",
    content.choices.length > 0 ? el("p", { class: "course-hint" }, words.choices) : "",
    el("div", { class: "course-choices" }, choices.map((choice) => choice.node)),
    filters.length > 0 ? el("details", { class: "course-more" }, filtered,
      el("p", { class: "course-hint" }, words.filters_help),
      el("div", { class: "course-filters" }, filters.map((filter) => filter.node))) : "",
    el("div", { class: "course-actions" }, el("button", {
      type: "button", class: "course-quiet",
      onclick: () => {
        answer.chosen = {};
        answer.filters = {};
        setFilters();
        page.send();
        page.say(words.back_done);
      },
    }, words.back)),
    sentence, region, more, expand, notes,
    el("details", { class: "course-more" }, el("summary", {}, words.columns),
      el("dl", { class: "course-meanings" }, content.meanings.flatMap(([term, meaning]) => [el("dt", {}, term), el("dd", {}, meaning)])),
      content.about.map((line) => el("p", { class: "course-hint" }, line))));
  setFilters();

  return (now) => {
    state = now;
    for (const choice of choices) {
      choice.set(state.chosen[choice.id]);
      choice.node.hidden = state.idle.includes(choice.id);
    }
    filtered.textContent = state.filtered;
    if (sentence.textContent !== state.sentence) sentence.textContent = state.sentence; // else a screen reader reads it again
    drawTable();
    notes.replaceChildren(...state.notes.map((note) => el("p", { class: "course-hint" }, note)));
  };
});
