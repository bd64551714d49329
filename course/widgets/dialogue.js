import { activityView, el, fill, mark, paragraphs, unique } from "./common.js";

// Brows, eyes and mouth of each mood, in a box of 24 by 24.
const EYES = "M8.5 10v.5M15.5 10v.5";
const FACES = {
  calm: `${EYES}M8.5 16h7`,
  pleased: `${EYES}M7.5 14.5q4.5 4.5 9 0`,
  relieved: "M7 10.5q1.5-1.5 3 0M14 10.5q1.5-1.5 3 0M8.5 15q3.5 3 7 0",
  unsure: `M14 7.2l3-1${EYES}M8 16.5q2-1.8 4 0t4 0`,
  worried: `M6.8 8.2l3-1.6M17.2 8.2l-3-1.6${EYES}M8.5 17q3.5-2.8 7 0`,
  disappointed: "M7 10.5h3M14 10.5h3M8 17q4-3 8 0",
  annoyed: `M6.8 7.6h3.4M13.8 7.6h3.4${EYES}M8.5 16.8l7-1.3`,
  angry: `M6.8 6.8l3.4 1.7M17.2 6.8l-3.4 1.7${EYES}M8.5 17q3.5-2.8 7 0`,
  furious: `M6.3 6l4.2 2.8M17.7 6l-4.2 2.8${EYES}M8 14.8h8v3.2h-8zM12 14.8v3.2`,
};

function face(mood) {
  const box = el("span", { class: "course-face", "aria-hidden": "true" });
  box.innerHTML = `<svg viewBox="0 0 24 24"><circle cx="12" cy="12" r="10.5"/><path d="${FACES[mood]}"/></svg>`;
  return box;
}

function heard({ content, words }, { says, mood }, tag) {
  return el("div", { class: "course-customer" },
    el(tag, { class: "course-speaker", tabindex: tag === "h4" ? "-1" : null },
      face(mood), ` ${content.customer} · ${words.dialogue[`mood_${mood}`]}`),
    ...paragraphs(says));
}

function told({ content }, { said }) {
  return el("div", { class: "course-you" }, el("p", { class: "course-speaker" }, content.you), ...paragraphs(said));
}

/** "7 of 10, rising"; before the first line there is nothing to rise. */
function reading({ words }, { before, after }, begun) {
  const trend = after > before ? "rising" : after < before ? "falling" : "unchanged";
  return fill(begun ? words.dialogue.level : words.dialogue.level_first, { value: after, trend: words.dialogue[trend] });
}

function meter(page, name, level, begun) {
  const id = unique("meter");
  return el("div", { class: "course-meter" },
    el("label", { for: id }, page.words.dialogue[name]),
    el("meter", { id, min: "0", max: "10", value: level.after }),
    el("span", {}, reading(page, level, begun)));
}

function effect({ words }, { temper, trust }) {
  return fill(words.dialogue.effect, {
    temper_before: temper.before, temper_after: temper.after, trust_before: trust.before, trust_after: trust.after,
  });
}

function verdict({ words }, { points, why, better }) {
  return [
    el("p", {}, mark(!better), fill(words.dialogue.points, { points, why })),
    better
      ? el("div", { class: "course-better" },
        el("p", {}, el("strong", {}, fill(words.dialogue.better, { points: better.points, line: better.said }))), el("p", {}, better.why))
      : el("p", { class: "course-hint" }, words.dialogue.no_better),
  ];
}

/** The finished talk, step by step; in practice with points and reasons. */
function replay(page, talk, review) {
  const { words } = page;
  return [
    el("h4", { tabindex: "-1" }, words.dialogue.replay),
    review && el("p", { class: "course-total" }, el("strong", {}, fill(words.dialogue.total, review))),
    el("ol", { class: "course-steps" }, talk.turns.map((turn, n) => el("li", {},
      heard(page, turn, "p"), told(page, turn), el("p", { class: "course-hint" }, effect(page, turn)),
      ...(review ? verdict(page, review.verdicts[n]) : [])))),
  ];
}

export default activityView((page) => {
  const { answer, content, words } = page;
  const box = el("div", { class: "course-talk" });
  let talk = null;
  let drawn = null;
  let acted = false; // whether the next talk to be drawn comes from an act on this page: then the focus goes along

  function send() {
    acted = true;
    page.send();
  }

  function choose(id) {
    answer.path = [...talk.turns.map((turn) => turn.line), id]; // from what is shown: pressing twice says it once
    send();
  }

  function choices() {
    const label = unique("choose");
    return el("div", { role: "group", "aria-labelledby": label },
      el("p", { id: label }, el("strong", {}, words.dialogue.choose)),
      talk.choices.map((line, n) => el("button", {
        type: "button", class: "course-line", "aria-keyshortcuts": String(n + 1),
        onclick: (event) => event.detail > 1 || choose(line.id), // the second click of a double click falls on another line
      }, el("span", {}, `${n + 1}. `), el("span", {}, line.text))));
  }

  function ending() {
    return el("div", { class: "course-ending" },
      el("h4", {}, fill(words.dialogue.ending, talk.ending)), ...paragraphs(talk.ending.text),
      !talk.replay && el("div", { class: "course-actions" }, el("button", {
        type: "button", class: "course-main",
        onclick: (event) => {
          if (event.detail > 1) return; // meant for the last line
          answer.reviewed = true;
          send();
        },
      }, words.dialogue.review)));
  }

  function draw(review) {
    const begun = talk.turns.length > 0;
    const past = talk.replay ? replay(page, talk, review) : talk.turns.flatMap((turn) => [heard(page, turn, "h4"), told(page, turn)]);
    const now = el("div", { class: "course-now" },
      heard(page, talk, "h4"),
      el("div", { class: "course-meters" }, meter(page, "temper", talk.temper, begun), meter(page, "trust", talk.trust, begun)),
      talk.ending ? ending() : choices());
    box.replaceChildren(...past.filter(Boolean), now);
  }

  /** After a line the customer's answer has the focus and is read out with the meters; after the ending, on request, the replay. */
  function follow() {
    const place = box.querySelector(talk.replay ? "h4" : ".course-now h4");
    place.focus({ preventScroll: true });
    (talk.replay ? place : place.closest(".course-now")).scrollIntoView({ block: "nearest" });
    if (talk.replay) return;
    const levels = ["temper", "trust"].map((name) => `${words.dialogue[name]} ${reading(page, talk[name], true)}`);
    const over = talk.ending ? [fill(words.dialogue.ending, talk.ending)] : [];
    page.say(`${talk.says} ${[...levels, ...over].join(words.dialogue.pause)}`);
  }

  page.body.append(
    ...paragraphs(content.case, { class: "course-quote" }),
    el("p", { class: "course-hint" }, words.dialogue.meters),
    el("p", { class: "course-hint" }, content.graded ? words.dialogue.last_counts : words.dialogue.no_way_back),
    box);
  page.body.closest(".course-activity").addEventListener("keydown", (event) => {
    const line = talk.choices[Number(event.key) - 1];
    if (!line || event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(line.id);
  });

  return (state) => {
    const now = JSON.stringify([state.talk, state.feedback]);
    if (now === drawn) return;
    drawn = now;
    talk = state.talk;
    draw(state.feedback);
    if (acted) follow();
    acted = false;
  };
});
