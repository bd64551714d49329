import { activityView, el, fill, paragraphs, unique, wellFormed } from "./common.js";

const MOST = 20000;

/** How long a text is: in characters in Chinese, in words elsewhere. */
function size(text, lang) {
  return lang.startsWith("zh") ? text.replace(/\s/g, "").length : (text.match(/\S+/g) || []).length;
}

/** The aim stands in the specification in Chinese characters; the same said in English takes about 0.6 words for each. */
function aimIn(lang, aim) {
  return lang.startsWith("zh") ? aim : Math.round((aim * 0.6) / 10) * 10;
}

function fieldBox(page, field) {
  const { answer, words, content } = page;
  const id = unique("field");
  const count = el("span", { class: "course-count", id: unique("count") });
  const tell = () => {
    const n = size(answer.texts[field.id] || "", content.lang);
    count.textContent = fill(field.aim > 0 ? words.writing.aim : words.writing.size, { n, aim: aimIn(content.lang, field.aim) });
    if ((answer.texts[field.id] || "").length >= MOST) count.textContent += ` · ${words.writing.full}`;
  };
  const box = el("div", { class: "course-field" },
    el("label", { for: id }, field.prompt),
    field.hint && el("p", { class: "course-hint", id: `${id}-hint` }, field.hint),
    el("textarea", {
      id, rows: String(field.rows), maxlength: String(MOST), value: answer.texts[field.id] || "",
      "aria-describedby": [field.hint && `${id}-hint`, count.id].filter(Boolean).join(" "),
      oninput: (event) => {
        answer.texts[field.id] = wellFormed(event.target.value);
        tell();
        page.send(500);
      },
      onblur: () => page.flush(),
    }),
    count);
  tell();
  return box;
}

export default activityView((page) => {
  const { content, words, answer } = page;
  const remark = el("p", { class: "course-remark", "aria-live": "polite" });
  page.body.append(
    ...paragraphs(content.case, { class: "course-quote" }),
    ...content.fields.map((field) => fieldBox(page, field)));
  if (content.checklist.length > 0) {
    page.body.append(el("p", {}, el("strong", {}, words.writing.checklist)), el("ul", {}, content.checklist.map((line) => el("li", {}, line))));
  }
  if (content.comparable) {
    page.body.append(el("div", { class: "course-actions" }, el("button", {
      type: "button", class: "course-main",
      onclick: () => {
        const written = Object.values(answer.texts).some((text) => text.trim());
        remark.textContent = written ? "" : words.writing.compare_first;
        if (!written) return;
        answer.compared = true;
        page.send();
      },
    }, words.writing.compare)), remark);
  }
  let drawn = null;
  return (state) => {
    const feedback = state.feedback;
    const now = JSON.stringify(feedback);
    if (now === drawn) return;
    drawn = now;
    page.result.replaceChildren(...(!feedback ? [] : [
      feedback.checklist.length > 0 && el("p", {}, el("strong", {}, words.writing.checklist)),
      feedback.checklist.length > 0 && el("ul", {}, feedback.checklist.map((line) => el("li", {}, line))),
      feedback.sample && el("p", {}, el("strong", {}, words.writing.sample)),
      ...paragraphs(feedback.sample, { class: "course-quote" }),
    ].filter(Boolean)));
  };
});
