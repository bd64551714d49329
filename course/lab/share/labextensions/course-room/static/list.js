// The lesson list beside the lesson, and the bar above both.
import { el, fill } from "./dom.js";

/** Build the bar and the list into the page. act: {open(path), language(name), print(), handIn(module)}; returns {show(outline), current(path), alarm(sentence)}. */
export function frame(act) {
  let outline = null;
  let path = "";
  const title = el("span", { class: "room-bar-title" });
  const toggle = el("button", { type: "button", class: "room-bar-list", "aria-controls": "room-list", "aria-expanded": "false", onclick: () => open(!isOpen()) });
  const other = el("button", { type: "button", class: "room-bar-language", onclick: () => act.language(outline.language === "zh" ? "en" : "zh") });
  const print = el("button", { type: "button", onclick: () => act.print() });
  const bar = el("header", { class: "room-bar" }, toggle, title, el("span", { class: "room-bar-more" }, print, other));
  const trouble = el("p", { class: "room-trouble", role: "alert" });
  const list = el("nav", { id: "room-list", class: "room-list", tabindex: "-1" });
  document.body.prepend(bar, list);
  bar.querySelector(".room-bar-more").prepend(trouble);

  const isOpen = () => document.body.classList.contains("room-list-open");
  function open(wanted) {
    document.body.classList.toggle("room-list-open", wanted);
    toggle.setAttribute("aria-expanded", String(wanted));
    if (wanted) (list.querySelector("[aria-current] , a") || list).focus();
    else toggle.focus();
  }
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) open(false);
    event.stopPropagation(); // JupyterLab's shortcuts are not for this list
  });

  function link(target, text, note, done) {
    const { words } = outline;
    return el("a", {
      href: "#", class: "room-link", "data-path": target, "aria-current": target === path ? "page" : null,
      onclick: (event) => {
        event.preventDefault();
        if (isOpen()) open(false);
        act.open(target);
      },
    }, el("span", { class: "room-link-text" }, text), note && el("span", { class: "room-link-note" }, done && el("span", { "aria-hidden": "true" }, "✓ "), note, done && el("span", { class: "course-hidden" }, words.done)));
  }

  function module(line) {
    const { words } = outline;
    return el("li", { class: "room-module", "data-module": line.id },
      el("p", { class: "room-module-title" }, `${line.id.toUpperCase()} ${line.title}`, el("span", { class: "room-minutes" }, fill(words.minutes, line))),
      line.lesson && link(line.lesson.path, words.lesson, fill(words.tried, line.lesson), line.lesson.finished),
      line.exercise && link(line.exercise.path, fill(words.exercise, line.exercise), fill(words.finished, line.exercise), line.exercise.finished),
      line.exercise && el("p", { class: "room-standing" }, el("span", {}, line.exercise.standing),
        el("button", { type: "button", "data-hand-in": line.id, "aria-label": fill(words.hand_in_label, { module: line.id.toUpperCase() }), onclick: () => act.handIn(line.id) }, words.hand_in)));
  }

  function draw() {
    if (!outline) return;
    const { words, modules, home } = outline;
    const focused = list.contains(document.activeElement) && { ...document.activeElement.dataset };
    document.documentElement.lang = outline.language === "zh" ? "zh-CN" : "en";
    title.textContent = words.title;
    toggle.textContent = words.list;
    print.textContent = words.print;
    print.setAttribute("aria-label", words.print_label);
    other.textContent = words.other_language;
    other.setAttribute("aria-label", words.other_language_label);
    other.lang = outline.language === "zh" ? "en" : "zh-CN";
    list.setAttribute("aria-label", words.list);
    const part = (heading, lines) => lines.length > 0 && [el("h2", {}, heading), el("ol", {}, lines.map(module))];
    list.replaceChildren(...[link(home, words.home), part(words.core, modules.filter((line) => line.core)), part(words.electives, modules.filter((line) => !line.core))].flat().filter(Boolean));
    if (focused?.path) list.querySelector(`[data-path="${CSS.escape(focused.path)}"]`)?.focus();
    if (focused?.handIn) list.querySelector(`[data-hand-in="${focused.handIn}"]`)?.focus();
  }

  return {
    show(found) { outline = found; trouble.textContent = ""; draw(); },
    alarm(sentence) { trouble.textContent = sentence; },
    current(found) { path = found; draw(); },
  };
}
