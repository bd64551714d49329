import { activityView, el, fill, unique, wellFormed } from "./common.js";

function optionRow(page, question, option, name) {
  const { answer, content } = page;
  const chosen = answer.chosen[question.id] || [];
  const many = question.form === "multiple";
  const note = el("span", { class: "course-why" });
  const row = el("div", { class: "course-option" },
    el("label", {},
      el("input", {
        type: many ? "checkbox" : "radio", name, value: option.id, checked: chosen.includes(option.id),
        onchange: (event) => {
          const now = new Set(many ? answer.chosen[question.id] || [] : []);
          if (event.target.checked) now.add(option.id);
          else now.delete(option.id);
          answer.chosen[question.id] = question.options.map((other) => other.id).filter((id) => now.has(id));
          hide(page, question);
          page.send();
        },
      }),
      ` ${option.text}`),
    note);
  return { row, note };
}

/** A changed answer takes its explanation away until it is asked for again. */
function hide(page, question) {
  page.answer.shown = page.answer.shown.filter((id) => id !== question.id);
}

function numberBox(page, question, remark) {
  const { answer, words, content } = page;
  const label = unique("number");
  return el("div", { class: "course-number" },
    el("label", { for: label }, words.quiz.number), " ",
    el("input", {
      id: label, type: "text", inputmode: "decimal", autocomplete: "off", value: answer.typed[question.id] || "",
      "aria-describedby": remark.id,
      oninput: (event) => {
        answer.typed[question.id] = wellFormed(event.target.value.slice(0, 200));
        hide(page, question);
        page.send(400);
      },
      onblur: () => page.flush(),
    }),
    question.unit ? ` ${question.unit}` : "", remark);
}

function questionBox(page, question, number) {
  const { words, answer, content } = page;
  const name = unique("question");
  const remark = el("p", { class: "course-remark", id: unique("remark") });
  const verdict = el("p", { class: "course-verdict", "aria-live": "polite" });
  const options = new Map(question.options.map((option) => [option.id, optionRow(page, question, option, name)]));
  const explain = content.explains && el("button", {
    type: "button",
    onclick: () => {
      const given = question.form === "numeric" ? answer.typed[question.id] : (answer.chosen[question.id] || []).length;
      if (!given) {
        verdict.textContent = words.quiz.check_first;
        return;
      }
      if (!answer.shown.includes(question.id)) answer.shown.push(question.id);
      page.send();
    },
  }, words.quiz.check);
  const box = el("fieldset", { class: "course-question" },
    el("legend", {}, `${number}. ${question.text}`, question.form === "multiple" && ` (${words.quiz.multiple})`),
    [...options.values()].map((option) => option.row),
    question.form === "numeric" && numberBox(page, question, remark),
    explain && el("div", { class: "course-actions" }, explain), verdict);
  const update = (state) => {
    remark.textContent = (state.unreadable || []).includes(question.id) ? words.quiz.not_a_number : "";
    const found = (state.feedback || []).find((entry) => entry.id === question.id);
    for (const { row, note } of options.values()) {
      row.classList.remove("course-right", "course-wrong");
      note.textContent = "";
    }
    if (!found) {
      if (verdict.textContent) verdict.textContent = "";
      return;
    }
    for (const entry of found.options) {
      const { row, note } = options.get(entry.id);
      row.classList.add(entry.right ? "course-right" : "course-wrong");
      note.textContent = `${entry.right ? "✓ " : "✗ "}${entry.right ? words.quiz.option_right : words.quiz.option_wrong} · ${entry.why}`;
    }
    const value = found.value === null ? "" : ` ${fill(words.quiz.value, { value: found.value, unit: found.unit ? ` ${found.unit}` : "" })} ${found.why}`;
    const text = `${found.right ? "✓ " : ""}${found.right ? words.quiz.right : words.quiz.wrong}${value}`;
    if (verdict.textContent !== text) verdict.textContent = text; // else a screen reader reads it again
  };
  return { box, update };
}

export default activityView((page) => {
  const { content, words } = page;
  const boxes = content.questions.map((question, n) => questionBox(page, question, n + 1));
  const progress = el("p", { class: "course-progress" });
  page.body.append(...boxes.map(({ box }) => box), progress);
  return (state) => {
    progress.textContent = fill(words.view.progress, { done: content.questions.length - state.open.length, all: content.questions.length });
    boxes.forEach(({ update }) => update(state));
  };
});
