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

/** A text without halves of characters, which no file could hold. */
export function wellFormed(text) {
  return text.toWellFormed ? text.toWellFormed() : text;
}

/** A sign for right or different, which stands beside the words that say so. */
export function mark(right) {
  return el("span", { class: right ? "course-mark-right" : "course-mark-wrong", "aria-hidden": "true" }, right ? "✓ " : "≠ ");
}

let count = 0;
/** An id that no other element of the page has. */
export function unique(name) {
  count += 1;
  return `course-${name}-${count}-${Math.random().toString(36).slice(2, 8)}`;
}

/** An id for what the learner adds, after a letter of its kind. Such ids sort by the time at which they were made. */
export function newId(letter) {
  return `${letter}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
}

const PATIENCE = 2500; // ms until an unanswered message counts as not saved
const LONGEST_WAIT = 2000; // ms that an unbroken typist waits for the next save

/** Answers that were sent and not yet acknowledged, kept in this tab: "run this cell again" must not lose them. */
const unsent = {
  name: (key) => `course-unsent ${key}`,
  keep(key, answer) { try { sessionStorage.setItem(this.name(key), JSON.stringify(answer)); } catch { /* no storage: nothing kept */ } },
  drop(key) { try { sessionStorage.removeItem(this.name(key)); } catch { /* as above */ } },
  find(key) { try { return JSON.parse(sessionStorage.getItem(this.name(key))); } catch { return null; } },
};

/**
 * A view of one activity. draw(page) builds the body once and returns update(state), which is called with every state that Python sends.
 * page: {content, words, answer (a private copy to change), body, result, send(delay), flush(), post(message), say(text)}
 */
export function activityView(draw) {
  return {
    render({ model, el: root }) {
      const me = unique("view");
      let sent = 0;
      let timer = null;
      let waiting = 0; // since when a change waits to be sent; 0 if none does
      let patience = null;
      let update = () => {};
      let left = null;
      let current = null; // the answer as it stands on the page
      let flush = () => {};
      let status, live, told;
      root.classList.add("course-root");

      // Keys belong to the activity: JupyterLab would take letters and arrows as commands on the cell. Tab leaves as everywhere.
      const guard = (event) => {
        if (event.ctrlKey || event.metaKey) flush(); // perhaps a command that runs the cell again
        else if (event.key !== "Tab") event.stopPropagation();
      };

      /** What stands at the foot. An error is read out; so is "saved", when its words are new. */
      function show(kind, text) {
        status.className = `course-status course-status-${kind}`;
        status.textContent = text;
        if (kind !== "saving" && kind !== "empty" && told.textContent !== text) told.textContent = text;
      }

      function post(message) {
        const { place, stored, words } = model.get("content");
        const lost = () => show("error", stored ? words.status.not_saved : words.status.not_computed);
        sent += 1;
        clearTimeout(patience);
        if (stored) show("saving", words.status.saving);
        if (stored && message.do === "answer") unsent.keep(place, message.answer);
        patience = setTimeout(lost, PATIENCE);
        try {
          model.send({ ...message, view: me, seq: sent });
        } catch {
          lost(); // the kernel is gone; the answer stays on the page
        }
      }

      function build() {
        const typed = waiting ? current : null; // what was typed a moment ago stays
        flush();
        const content = model.get("content");
        const state = model.get("state");
        const title = unique("title");
        const body = el("div", { class: "course-body" });
        const result = el("div", { class: "course-result", "aria-live": "polite" });
        status = el("p", { class: "course-status" });
        live = el("p", { class: "course-hidden course-said", "aria-live": "polite" }); // what an act did, such as a move
        told = el("p", { class: "course-hidden course-told", "aria-live": "polite" }); // saved, or not
        const answer = structuredClone(typed || left || state.answer);
        current = answer;
        flush = () => {
          clearTimeout(timer);
          if (!waiting) return;
          waiting = 0;
          post({ do: "answer", answer });
        };
        const page = {
          content, words: content.words, answer, body, result, post,
          send(delay = 0) {
            waiting = waiting || Date.now();
            clearTimeout(timer);
            if (!delay || Date.now() - waiting > LONGEST_WAIT) return flush();
            show("saving", content.words.status.saving);
            timer = setTimeout(flush, delay);
          },
          flush: () => flush(),
          say(text) { live.textContent = text; },
        };
        const focused = root.contains(document.activeElement);
        root.replaceChildren(
          el("section", { class: "course-activity", "aria-labelledby": title, lang: content.lang, onkeydown: guard },
            el("header", { class: "course-header" },
              el("h3", { id: title, tabindex: "-1" }, content.title),
              el("span", { class: "course-badge" }, content.badge),
              content.other_language && el("button", {
                type: "button", class: "course-quiet course-language", "aria-label": content.words.view.other_language_label,
                onclick: () => { page.flush(); post({ do: "language" }); },
              }, content.words.view.other_language)),
            content.notice && el("p", { class: "course-notice", role: "alert" }, content.notice),
            ...paragraphs(content.intro, { class: "course-intro" }),
            body, result,
            el("footer", { class: "course-footer" }, status, content.again && againButton(content, post, page.say)),
            live, told));
        update = draw(page);
        update(state);
        show(state.status.kind, state.status.text);
        if (focused) root.querySelector("h3").focus(); // the control that had the focus is gone
      }

      function onState() {
        const state = model.get("state");
        const mine = state.echo && state.echo.view === me;
        if (mine && (state.echo.seq < sent || waiting)) return; // an answer to an older message: a newer one is under way
        if (mine) {
          clearTimeout(patience);
          if (state.status.kind === "saved") {
            unsent.drop(model.get("content").place);
            document.dispatchEvent(new Event("course-saved")); // the room's lesson list counts anew
          }
        }
        if (state.rebuild || (state.echo && !mine)) return build();
        update(state);
        show(state.status.kind, state.status.text);
      }

      const onChart = () => redraw(root, model.get("chart"));
      const onHide = () => document.visibilityState === "hidden" && flush();
      const onLeave = () => flush();
      document.addEventListener("visibilitychange", onHide);
      window.addEventListener("pagehide", onLeave);
      model.on("change:state", onState);
      model.on("change:content", build);
      model.on("change:chart", onChart);
      left = unsent.find(model.get("content").place); // what a page that lost its kernel could not send
      try {
        build();
        if (left) post({ do: "answer", answer: current });
      } catch (error) { // what this tab kept no longer fits the activity: show what was saved
        if (!left) throw error;
        unsent.drop(model.get("content").place);
        left = null;
        build();
      }
      left = null;
      return () => {
        flush();
        document.removeEventListener("visibilitychange", onHide);
        window.removeEventListener("pagehide", onLeave);
        clearTimeout(patience);
        model.off("change:state", onState);
        model.off("change:content", build);
        model.off("change:chart", onChart);
      };
    },
  };
}

/** JupyterLab's plotly draws an output once and leaves it so, whatever comes after: draw a newer chart into the output that follows ours. */
async function redraw(root, chart) {
  const plot = root.closest(".jp-OutputArea-child")?.nextElementSibling?.querySelector(".jp-RenderedPlotly.js-plotly-plot");
  const extension = window._JUPYTERLAB?.["jupyterlab-plotly"];
  if (!plot || !extension || !chart.data) return;
  const { RenderedPlotly } = (await extension.get("./mimeExtension"))();
  RenderedPlotly.Plotly?.react(plot, chart.data, chart.layout, chart.config);
}

/** "Do it again" asks once more before it clears. */
function againButton(content, post, say) {
  let sure = 0; // since when the question stands
  const button = el("button", {
    type: "button", class: "course-quiet",
    onclick: () => {
      if (!sure) {
        sure = Date.now();
        button.textContent = content.words.view.again_sure;
        say(content.words.view.again_sure);
      } else if (Date.now() - sure > 500) { // the second click of a double click is no answer
        button.disabled = true;
        post({ do: "restart" });
      }
    },
    onblur: () => {
      sure = 0;
      button.textContent = content.words.view.again;
    },
  }, content.words.view.again);
  return button;
}
