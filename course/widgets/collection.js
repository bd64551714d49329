import { activityView, el } from "./common.js";

export default activityView((page) => {
  const { words } = page;
  const pieces = el("div", {});
  const again = el("button", {
    type: "button",
    onclick: () => {
      page.say(words.collection.looked);
      page.send();
    },
  }, words.collection.look);
  page.body.append(pieces, el("div", { class: "course-actions" }, again));
  let drawn = null;
  return (state) => {
    const now = JSON.stringify(state.pieces);
    if (now === drawn) return;
    drawn = now;
    pieces.replaceChildren(...state.pieces.flatMap((piece) => [
      el("h4", {}, piece.title),
      piece.hint && el("p", { class: "course-hint" }, piece.hint),
      piece.text === null ? el("p", { class: "course-why" }, piece.missing) : el("div", { class: "course-piece" }, piece.text),
    ]).filter(Boolean));
  };
});
