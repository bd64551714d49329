// What all views share. widgets/view.py puts this in front of each view's module, since a widget's module cannot import a file.

/** Make an element: el("p", {class: "x", onclick: f}, "text", child, …). null and false attributes and children are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Fill the values into a sentence: fill("{done} of {all}", {done: 1, all: 2}). */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** Paragraphs of a plain text, cut at its empty lines. */
export function paragraphs(text, attributes = {}) {
  return (text || "").split(/\n\s*\n/).filter(Boolean).map((part) => el("p", attributes, part.trim()));
}

let count = 0;
/** An id that no other element of the page has. */
export function unique(name) {
  count += 1;
  return `course-${name}-${count}-${Math.random().toString(36).slice(2, 8)}`;
}

const PATIENCE = 3000; // ms until an unanswered message counts as not saved

/**
 * A view of one activity. draw(page) builds the body once and returns update(state), which is called with every state that Python sends.
 * page: {content, words, answer (a private copy to change), body, result, send(delay), restart(), say(text)}
 */
export function activityView(draw) {
  return {
    render({ model, el: root }) {
      const me = unique("view");
      let sent = 0;
      let timer = null;
      let patience = null;
      let update = () => {};
      let status, live, flush;

      // Keys belong to the activity: JupyterLab would take letters and arrows as commands on the cell. Tab leaves as everywhere.
      const guard = (event) => {
        if (event.key !== "Tab" && !(event.ctrlKey || event.metaKey)) event.stopPropagation();
      };

      root.classList.add("course-root");

      function show(kind, text) {
        status.className = `course-status course-status-${kind}`;
        status.textContent = text;
        if (kind === "error") status.setAttribute("role", "alert");
        else status.removeAttribute("role");
      }

      function post(message) {
        sent += 1;
        clearTimeout(patience);
        show("saving", model.get("content").words.status.saving);
        patience = setTimeout(() => show("error", model.get("content").words.status.not_saved), PATIENCE);
        try {
          model.send({ ...message, view: me, seq: sent });
        } catch {
          show("error", model.get("content").words.status.not_saved); // the kernel is gone; the answer stays on the page
        }
      }

      function build() {
        const content = model.get("content");
        const state = model.get("state");
        const title = unique("title");
        const body = el("div", { class: "course-body" });
        const result = el("div", { class: "course-result", "aria-live": "polite" });
        status = el("p", { class: "course-status" });
        live = el("p", { class: "course-hidden", "aria-live": "polite" });
        const answer = structuredClone(state.answer);
        flush = null;
        const page = {
          content, words: content.words, answer, body, result,
          send(delay = 0) {
            clearTimeout(timer);
            flush = () => { flush = null; post({ do: "answer", answer }); };
            if (delay) timer = setTimeout(() => flush && flush(), delay);
            else flush();
          },
          flush() { if (flush) { clearTimeout(timer); flush(); } },
          post,
          say(text) { live.textContent = text; },
        };
        root.replaceChildren(
          el("section", { class: "course-activity", "aria-labelledby": title, lang: content.lang, onkeydown: guard },
            el("header", { class: "course-header" },
              el("h3", { id: title }, content.title),
              el("span", { class: "course-badge" }, content.badge),
              content.other_language && el("button", {
                type: "button", class: "course-quiet", "aria-label": content.words.view.other_language_label,
                onclick: () => { page.flush(); post({ do: "language" }); },
              }, content.words.view.other_language)),
            content.notice && el("p", { class: "course-notice", role: "alert" }, content.notice),
            ...paragraphs(content.intro, { class: "course-intro" }),
            body, result,
            el("footer", { class: "course-footer" }, status, content.again && againButton(content, post)),
            live));
        update = draw(page);
        update(state);
        show(state.status.kind, state.status.text);
      }

      function onState() {
        const state = model.get("state");
        const mine = state.echo && state.echo.view === me;
        if (mine && state.echo.seq < sent) return; // an answer to an older message: a newer one is under way
        if (mine) clearTimeout(patience);
        if (state.rebuild || (state.echo && !mine)) return build();
        update(state);
        show(state.status.kind, state.status.text);
      }

      model.on("change:state", onState);
      model.on("change:content", build);
      build();
      return () => {
        if (flush) flush();
        clearTimeout(timer);
        clearTimeout(patience);
        model.off("change:state", onState);
        model.off("change:content", build);
      };
    },
  };
}

/** "Do it again" asks once more before it clears. */
function againButton(content, post) {
  let sure = false;
  const button = el("button", {
    type: "button", class: "course-quiet",
    onclick: () => {
      if (sure) return post({ do: "restart" });
      sure = true;
      button.textContent = content.words.view.again_sure;
    },
    onblur: () => {
      sure = false;
      button.textContent = content.words.view.again;
    },
  }, content.words.view.again);
  return button;
}
