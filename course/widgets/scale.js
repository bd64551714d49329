import { activityView, el, fill, unique } from "./common.js";

function row(page, item, number) {
  const { content, words, answer } = page;
  const name = unique("item");
  const first = content.values[0];
  const last = content.values[content.values.length - 1];
  const legend = item.statement || fill(words.scale.poles, { left: item.left, right: item.right, first, last });
  const radios = content.values.map((value) => el("label", { class: "course-value" },
    el("input", {
      type: "radio", name, value: String(value), checked: answer.ratings[item.id] === value,
      "aria-label": fill(words.scale.value_label, { value }),
      onchange: () => {
        answer.ratings[item.id] = value;
        page.send();
      },
    }),
    el("span", { "aria-hidden": "true" }, String(value))));
  return el("fieldset", { class: item.statement ? "course-scale-row" : "course-scale-row course-poles" },
    el("legend", { class: item.statement ? null : "course-hidden" }, `${number}. ${legend}`),
    item.left && el("span", { class: "course-pole", "aria-hidden": "true" }, `${number}. ${item.left}`),
    el("div", { class: "course-values" }, radios),
    item.right && el("span", { class: "course-pole course-pole-right", "aria-hidden": "true" }, item.right));
}

function bar(value, highest) {
  return el("span", { class: "course-bar", "aria-hidden": "true" },
    el("span", { style: `width: ${(100 * value) / highest}%` }));
}

function itemBars(page) {
  const { content, answer } = page;
  const highest = Math.max(...content.values);
  return el("ol", { class: "course-bars" }, content.items.map((item) => el("li", {},
    el("span", { class: "course-bar-label" }, item.statement || item.left),
    bar(answer.ratings[item.id], highest),
    el("span", { class: "course-bar-value" }, String(answer.ratings[item.id])))));
}

function verdict(page, feedback) {
  const { content, words } = page;
  return [
    el("p", { class: "course-total" }, el("strong", {}, `${words.scale.total} ${feedback.total}`),
      ` (${fill(words.scale.out_of, feedback)})`),
    feedback.band && el("p", {}, el("strong", {}, `${words.scale.band}: ${feedback.band.title}`)),
    feedback.band && el("p", {}, feedback.band.advice),
    feedback.near && el("p", {}, fill(words.scale.near, { band: feedback.near.title })),
    feedback.near && el("p", { class: "course-quote" }, `${feedback.near.title}: ${feedback.near.advice}`),
    content.chart ? el("details", {}, el("summary", {}, words.scale.numbers), ...bars(page, feedback)) : el("div", {}, ...bars(page, feedback)),
    page.earlier && retake(page, feedback),
    content.note && el("p", { class: "course-note" }, content.note),
  ];
}

/** Both ratings side by side, and the lines that moved; which way is better is not for a table to say. */
function retake(page, feedback) {
  const { content, answer, earlier } = page;
  const words = page.words.scale;
  return el("div", {},
    el("p", {}, el("strong", {}, fill(words.earlier, { first: earlier.total, now: feedback.total }))),
    el("table", { class: "course-table" },
      el("thead", {}, el("tr", {}, [words.item_axis, words.first, words.now].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, content.items.map((item) => el("tr", {},
        el("th", { scope: "row" }, item.statement || item.left),
        el("td", {}, String(earlier.ratings[item.id])),
        el("td", {}, `${answer.ratings[item.id]}${answer.ratings[item.id] === earlier.ratings[item.id] ? "" : " ◆"}`)))),
    ),
    el("p", { class: "course-hint" }, words.moved));
}

/** The numbers of a complete scale with a bar each; under a chart they are its table. */
function bars(page, feedback) {
  const { content, words } = page;
  const highest = Math.max(...content.values);
  return [
    feedback.groups.length > 0 && el("p", {}, words.scale.groups),
    feedback.groups.length > 0 && el("ul", { class: "course-bars" }, feedback.groups.map((group) => el("li", {},
      el("span", { class: "course-bar-label" }, group.title),
      bar(group.mean, highest),
      el("span", { class: "course-bar-value" }, String(group.mean))))),
    itemBars(page),
  ].filter(Boolean);
}

export default activityView((page) => {
  const { content, words, answer } = page;
  const progress = el("p", { class: "course-progress" });
  const numbers = new Map(content.items.map((item, n) => [item.id, n + 1]));
  const rows = new Map(content.items.map((item) => [item.id, row(page, item, numbers.get(item.id))]));
  if (content.anchors) {
    const first = content.values[0];
    const last = content.values[content.values.length - 1];
    page.body.append(el("p", { class: "course-anchors" },
      el("span", {}, `${first} = ${content.anchors.first}`), el("span", {}, `${last} = ${content.anchors.last}`)));
  }
  if (content.groups.length > 0) {
    for (const group of content.groups) page.body.append(el("h4", {}, group.title), ...group.items.map((id) => rows.get(id)));
  } else {
    page.body.append(...rows.values());
  }
  page.body.append(progress);
  const share = el("input", { type: "checkbox", onchange: () => page.post({ do: "share", share: share.checked }) });
  if (content.shareable) page.body.append(el("label", { class: "course-share" }, share, ` ${words.scale.share}`));
  let total = null;
  return (state) => {
    share.checked = state.shared; // what is handed in, not what was clicked
    const done = Object.keys(answer.ratings).length;
    progress.textContent = state.feedback
      ? (content.shareable ? words.scale.completed : fill(words.view.progress, { done, all: content.items.length }))
      : `${fill(words.view.progress, { done, all: content.items.length })} · ${fill(words.scale.open, { n: state.open.length })}`;
    const now = JSON.stringify([state.feedback, answer.ratings, state.earlier]);
    if (now === total) return; // nothing new: do not make a screen reader read it again
    total = now;
    page.earlier = state.earlier;
    page.result.replaceChildren(...(state.feedback ? verdict(page, state.feedback).filter(Boolean) : []));
  };
});
