// Handing in: what it would mean, then the receipt. A dialog of the browser's own, so focus and Escape work as everywhere.
import { el } from "./dom.js";

/** Open the dialog for one module. ask(path, body) talks to the server, link(path) is an address on it, done() is called after. */
export async function handIn({ module, words, ask, link, done }) {
  const body = el("div", { class: "room-dialog-body" });
  const buttons = el("p", { class: "room-dialog-buttons" });
  const close = el("button", { type: "button", onclick: () => dialog.close() }, words.close);
  const heading = el("h2", { id: "room-dialog-title", tabindex: "-1" }, words.hand_in);
  const dialog = el("dialog", { class: "room-dialog", "aria-labelledby": "room-dialog-title", onclose: () => dialog.remove() }, heading, body, buttons);
  document.body.append(dialog);
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.showModal();
  const tell = (lines, ...more) => body.replaceChildren(...lines.flatMap((line) => line.split("\n")).map((line) => el("p", {}, line)), ...more);
  const fail = (error) => { tell([error.message]); body.setAttribute("role", "alert"); buttons.replaceChildren(close); close.focus(); };

  tell([words.wait]);
  buttons.replaceChildren(close);
  let found;
  try {
    found = await ask(`hand-in?module=${module}`);
  } catch (error) {
    return fail(error);
  }
  const name = el("input", { type: "text", autocomplete: "off", maxlength: "64", value: found.name || null, required: true });
  const label = found.name !== null && found.answered && el("label", {}, el("span", {}, words.name), name);
  const form = el("form", { method: "dialog" }, label);
  const go = el("button", { type: "submit", class: "room-main" }, words.hand_in_now);
  if (found.answered) buttons.replaceChildren(go, close);
  else found.lines.push(words.nothing);
  heading.textContent = found.lines.shift();
  tell(found.lines, ...(found.answered ? [form] : []));
  form.append(buttons);
  if (!found.answered) dialog.append(buttons);
  (label ? name : found.answered ? go : close).focus();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    try {
      const receipt = await ask("hand-in", { module, name: name.value.trim() });
      const file = receipt.file && el("p", {}, el("a", { href: link(`handed-in/${encodeURIComponent(receipt.file)}`), download: receipt.file, class: "room-main" }, words.download));
      dialog.append(buttons);
      tell(receipt.lines, file);
      heading.textContent = words.handed_in;
      buttons.replaceChildren(close);
      heading.focus();
      done();
    } catch (error) {
      go.disabled = false;
      let said = form.querySelector("[role=alert]");
      if (!said) form.prepend((said = el("p", { role: "alert", class: "room-trouble" })));
      said.textContent = error.message;
      name.focus();
    }
  });
}
