import { activityView, el, fill, mark, paragraphs } from "./common.js";

const EDGE = 48; // px from the edge of what scrolls within which a drag scrolls it
const STEP = 14; // px that it scrolls a frame
const SLACK = 4; // px that a pointer may tremble before it drags

/** The nearest ancestor that scrolls up and down, else the page. */
function scrollerOf(node) {
  for (let up = node.parentElement; up; up = up.parentElement) {
    if (up.scrollHeight > up.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(up).overflowY)) return up;
  }
  return document.scrollingElement;
}

/** Let a card be dragged: with a mouse by any part of it, with pen or finger by its handle. targets are where it can be dropped. */
function draggable(card, targets, drop) {
  card.addEventListener("pointerdown", (start) => {
    const held = start.target.closest(".course-handle") || start.pointerType === "mouse";
    if (!held || start.button !== 0 || !start.isPrimary) return;
    if (start.target.closest("button, select, .course-card-said, .course-waiting")) return;
    start.preventDefault();
    card.setPointerCapture(start.pointerId);
    const area = scrollerOf(card);
    const began = area.scrollTop;
    const lowest = area.scrollHeight - area.clientHeight; // of the page as it is: the card below its edge would make it ever longer
    const box = card.getBoundingClientRect();
    const size = Math.min(1, Math.max(0.6, 320 / box.width)); // a wide card shrinks towards the pointer, to hide less
    const over = new AbortController();
    let at = start;
    let frame = null; // the next step of scrolling; null until the pointer has really moved
    let target = null;

    function follow() {
      const [x, y] = [at.clientX - start.clientX, at.clientY - start.clientY + area.scrollTop - began];
      card.style.transform = `translate(${x}px, ${y}px) scale(${size})`;
      const now = targets.find((node) => {
        const box = node.getBoundingClientRect();
        return at.clientX >= box.left && at.clientX <= box.right && at.clientY >= box.top && at.clientY <= box.bottom;
      });
      if (now === target) return;
      target?.classList.remove("course-drop");
      target = now;
      target?.classList.add("course-drop");
    }

    function scroll() {
      if (!card.isConnected) return end(false); // the page was drawn anew under the drag
      const box = area.getBoundingClientRect();
      const page = area === document.scrollingElement;
      const up = at.clientY < Math.max(page ? 0 : box.top, 0) + EDGE;
      const down = at.clientY > Math.min(page ? innerHeight : box.bottom, innerHeight) - EDGE;
      if (up || down) {
        area.scrollTop = up ? area.scrollTop - STEP : Math.min(area.scrollTop + STEP, lowest);
        follow();
      }
      frame = requestAnimationFrame(scroll);
    }

    function end(dropped) {
      over.abort();
      cancelAnimationFrame(frame);
      card.style.transform = "";
      card.classList.remove("course-dragged");
      target?.classList.remove("course-drop");
      if (dropped && target) drop(target.dataset.place);
    }

    const on = (node, type, act, capture = false) => node.addEventListener(type, act, { signal: over.signal, capture });
    on(card, "pointermove", (event) => {
      at = event;
      if (frame === null) {
        if (Math.hypot(at.clientX - start.clientX, at.clientY - start.clientY) < SLACK) return;
        card.classList.add("course-dragged");
        card.style.transformOrigin = `${start.clientX - box.left}px ${start.clientY - box.top}px`;
        frame = requestAnimationFrame(scroll);
      }
      follow();
    });
    on(card, "pointerup", () => end(true));
    on(card, "pointercancel", () => end(false));
    on(card, "lostpointercapture", () => end(false));
    on(window, "keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      end(false);
    }, true);
  });
}

/** A card and what belongs to it: a handle, its text, the list of places, and what is said of it in the end. */
function makeCard(page, places, item) {
  const words = page.words.sorting;
  const card = {
    take: el("button", { type: "button", class: "course-quiet", "aria-label": fill(words.take_label, { card: item.text }) }, words.take),
    choice: el("select", { "aria-label": fill(words.move_label, { card: item.text }) },
      places.map((place) => el("option", { value: place.id }, place.title)), el("option", { value: "" }, words.unplaced)),
    said: el("div", { class: "course-card-said" }),
  };
  card.node = el("li", { class: "course-card", "data-card": item.id },
    el("span", { class: "course-card-text" }, item.text),
    el("span", { class: "course-handle", title: words.drag_label, "aria-hidden": "true" }, "⠿"), card.take, card.choice, card.said);
  return card;
}

/** A place for cards: it folds, and says how many it holds. */
function makeBox(page, place) {
  const words = page.words.sorting;
  const box = {
    count: el("span", { class: "course-count" }),
    remark: el("p", { class: "course-remark" }),
    list: el("ul", { class: "course-cards", "data-empty": words.empty }),
  };
  box.node = el("details", { class: "course-bin", "data-place": place.id, open: true },
    el("summary", {}, el("strong", {}, place.title), " ", box.count),
    place.hint && el("p", { class: "course-hint" }, place.hint), box.remark, box.list);
  return box;
}

export default activityView((page) => {
  const { content, answer } = page;
  const words = page.words.sorting;
  const all = content.cards.length;
  const texts = new Map(content.cards.map((card) => [card.id, card.text]));
  const places = [...content.bins, ...(content.none ? [{ id: "none", title: content.none }] : [])];
  const placeOf = new Map(places.map((place) => [place.id, place]));
  const cards = new Map(content.cards.map((item) => [item.id, makeCard(page, places, item)]));
  const boxes = new Map(places.map((place) => [place.id, makeBox(page, place)]));
  const placeFor = (id) => (Object.hasOwn(answer.placed, id) ? answer.placed[id] : ""); // "" is the pile
  let pile = content.cards.map((card) => card.id).filter((id) => !placeFor(id)); // the next card first

  const progress = el("p", { class: "course-progress" });
  const slot = el("ul", { class: "course-cards course-slot" });
  const remark = el("p", { class: "course-remark" });
  const done = el("p", { class: "course-verdict", tabindex: "-1" }, words.done);
  const total = el("div", { "aria-live": "polite" });
  const waiting = el("ul", { class: "course-cards" });
  const waitingCount = el("summary");
  const waitingBox = el("details", { class: "course-waiting", open: !content.every }, waitingCount, waiting);
  const onlyDifferent = el("input", { type: "checkbox", onchange: () => bins.classList.toggle("course-only", onlyDifferent.checked) });
  const compare = el("button", {
    type: "button", class: "course-main",
    onclick: () => {
      answer.compared = true;
      for (const box of boxes.values()) box.node.open = true;
      page.send();
    },
  }, content.compares ? words.compare : words.sum_up);

  // The second click of a double click, and a key held down, are no decision on a card that nobody has read yet.
  let pressed = null; // fingers on neighbouring buttons count as a double tap, too
  const press = (act) => (event) => {
    const twice = event.detail > 1 && pressed === event.currentTarget;
    pressed = event.currentTarget;
    if (!twice) act();
  };
  const keyOf = (place, n) => (place.id === "none" ? "0" : String(n + 1));
  const buttons = new Map(places.map((place, n) => [keyOf(place, n), el("button", {
    type: "button", "data-place": place.id, "aria-keyshortcuts": keyOf(place, n), onclick: press(() => put(pile[0], place.id)),
  }, el("kbd", { "aria-hidden": "true" }, keyOf(place, n)), place.title)]));
  const later = el("button", { type: "button", class: "course-later", onclick: press(putOff) }, content.every ? words.later : words.skip);
  const controls = el("div", { class: "course-actions" }, [...buttons.values()], later);
  const deck = el("div", {
    class: "course-deck", "data-place": "", role: "group",
    onkeydown: (event) => {
      const button = buttons.get(event.key);
      if (event.repeat && (button || event.key === "Enter")) return event.preventDefault();
      if (!button || event.ctrlKey || event.metaKey || event.altKey || pile.length === 0) return;
      event.preventDefault();
      put(pile[0], button.dataset.place);
    },
  }, progress, slot, remark, controls, done, total, content.explains && el("div", { class: "course-actions" }, compare), waitingBox);
  const bins = el("div", { class: "course-bins" }, [...boxes.values()].map((box) => box.node));

  const lying = (place) => boxes.get(place).list.children.length;
  const excess = (place) => lying(place.id) - (place.most || all);
  const isDone = () => (content.every ? pile.length === 0 : pile.length < all) && places.every((place) => excess(place) <= 0);

  /** Put a card into a place and say so; where that is full say it in the remark instead. */
  function put(id, place, full = remark) {
    if (place === placeFor(id)) return;
    remark.textContent = "";
    if (place && excess(placeOf.get(place)) >= 0) {
      full.textContent = fill(words.full, { place: placeOf.get(place).title, most: placeOf.get(place).most });
      page.say(full.textContent);
      return;
    }
    const focused = page.body.contains(document.activeElement) ? document.activeElement : null;
    if (place && cards.get(id).node.contains(focused)) boxes.get(place).node.open = true; // nothing in a folded box can have the focus
    delete answer.placed[id]; // so that it joins again as the last, which lies on top
    if (place) answer.placed[id] = place;
    answer.compared = false;
    pile = pile.filter((other) => other !== id);
    if (!place) pile.unshift(id);
    settle(id);
    arrange();
    if (focused) keepFocus(focused);
    page.send();
    const values = { card: texts.get(id), place: place && placeOf.get(place).title, done: all - pile.length, all };
    page.say([fill(place ? words.moved : words.taken_back, values), pile.length === 0 ? words.done : nextCard()].join(" "));
  }

  const nextCard = () => fill(words.next, { card: texts.get(pile[0]) });

  /** Where the focus was it stays, also when its card has moved; else it goes to what can be done next. */
  function keepFocus(focused) {
    const next = pile.length > 0 ? buttons.get("1") : isDone() && content.explains ? compare : done;
    (focused.getClientRects().length > 0 ? focused : next).focus();
  }

  function putOff() {
    pile.push(pile.shift());
    remark.textContent = "";
    arrange();
    page.say(nextCard());
  }

  function take(id) {
    pile = [id, ...pile.filter((other) => other !== id)];
    remark.textContent = "";
    arrange();
    page.say(nextCard());
    buttons.get("1").focus();
  }

  function settle(id) {
    const { node, choice, take: button, said } = cards.get(id);
    const place = placeFor(id);
    if (place) boxes.get(place).list.prepend(node);
    choice.value = place;
    choice.hidden = !place;
    button.hidden = Boolean(place);
    said.replaceChildren();
  }

  /** Bring the pile, the counts and the buttons in line with where the cards lie. */
  function arrange() {
    const [top, ...rest] = pile.map((id) => cards.get(id).node);
    deck.setAttribute("aria-label", top ? fill(words.deck, { card: texts.get(pile[0]) }) : words.done);
    if (slot.firstChild !== (top || null)) slot.replaceChildren(...(top ? [top] : []));
    waiting.replaceChildren(...rest);
    progress.textContent = fill(words.progress, { done: all - pile.length, all });
    waitingCount.textContent = fill(words.waiting, { n: rest.length });
    waitingBox.hidden = rest.length === 0;
    slot.hidden = controls.hidden = pile.length === 0;
    done.hidden = pile.length > 0;
    later.hidden = rest.length === 0;
    compare.hidden = !isDone();
    for (const place of places) {
      const box = boxes.get(place.id);
      box.count.textContent = fill(place.most ? words.count_most : words.count, { n: lying(place.id), most: place.most });
      if (!place.most) continue;
      const tooMany = excess(place);
      box.remark.textContent = tooMany > 0 ? fill(words.too_many, { n: tooMany }) : "";
      for (const button of buttons.values()) if (button.dataset.place === place.id) button.setAttribute("aria-disabled", tooMany >= 0);
      for (const [id, card] of cards) {
        card.choice.querySelector(`[value="${place.id}"]`).disabled = tooMany >= 0 && placeFor(id) !== place.id;
      }
    }
  }

  for (const [id, card] of cards) {
    card.take.addEventListener("click", () => take(id));
    card.choice.addEventListener("change", () => {
      card.choice.focus(); // not every browser does, and the focus is to follow the card
      put(id, card.choice.value);
    });
    draggable(card.node, [deck, ...bins.children], (place) => put(id, place, boxes.get(place)?.remark));
  }
  for (const id of [...pile, ...Object.keys(answer.placed)]) settle(id);
  arrange();

  page.body.append(
    ...paragraphs(content.case, { class: "course-quote" }),
    el("p", {}, el("strong", {}, content.question)), el("p", { class: "course-hint" }, words.keys),
    el("div", { class: "course-sorting" }, deck, bins));

  let drawn = null;
  return (state) => {
    const now = JSON.stringify(state.feedback);
    if (now === drawn) return; // nothing new: do not make a screen reader read it again
    drawn = now;
    const feedback = state.feedback;
    const said = new Map((feedback ? feedback.cards : []).map((card) => [card.id, card]));
    for (const [id, card] of cards) {
      const about = said.get(id);
      card.node.classList.toggle("course-fits", Boolean(about && about.fits));
      card.said.replaceChildren(...(!about ? [] : "note" in about ? [about.note] : [
        el("strong", {}, mark(about.fits), about.fits ? words.fits : fill(words.better, { places: about.better.join(words.between) })),
        el("br"), about.why]));
    }
    if (feedback && feedback.places) {
      total.replaceChildren(el("ul", {}, feedback.places.map((place) => el("li", {}, `${place.title}: ${place.n}`))));
    } else {
      const differ = feedback && feedback.right < feedback.of && feedback.right > 0;
      total.replaceChildren(...(!feedback ? [] : [
        el("p", { class: "course-total" }, el("strong", {}, fill(words.total, { right: feedback.right, all: feedback.of }))),
        el("p", {}, words.reasons),
        differ && el("label", {}, onlyDifferent, ` ${words.only}`),
      ].filter(Boolean)));
    }
    onlyDifferent.checked = false;
    bins.classList.remove("course-only");
  };
});
