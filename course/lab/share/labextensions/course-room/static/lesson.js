// A notebook of the course in JupyterLab: it runs by itself, comes back after its kernel did, and asks nothing.
import { el } from "./dom.js";

const PATIENCE = 1500; // ms between two looks whether the kernel is back

/** Take care of one notebook panel, if it is one of the course's; words() are the room's words as soon as they are known. */
export async function attend(panel, jupyter, words) {
  await panel.context.ready;
  if (panel.isDisposed || !panel.model.getMetadata("course")) return;
  panel.addClass("course-lesson");
  panel.toolbar.hide();
  leaveClean(panel);
  keepKeys(panel);
  markHints(panel);
  const lesson = new Lesson(panel, jupyter, words);
  if (trusted(panel)) await lesson.run();
  else lesson.askToRun();
}

/** A learner changes nothing in a notebook: never "unsaved", so never a question on leaving, and the file stays as it is. */
function leaveClean(panel) {
  const clean = () => {
    if (panel.model && panel.model.dirty) panel.model.dirty = false;
  };
  panel.model.stateChanged.connect((_, change) => change.name === "dirty" && change.newValue && clean());
  clean();
}

/** JupyterLab takes letters and arrows as commands on cells: none of them leaves a lesson. Ctrl and Cmd do, saving apart. */
function keepKeys(panel) {
  panel.node.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "s") event.preventDefault(); // everything is saved already
    if (!command || event.key.toLowerCase() === "s" || event.key === "Enter") event.stopPropagation();
  });
  panel.node.addEventListener("dblclick", (event) => event.stopPropagation(), true); // would open a text for editing
}

/** "Choose Run All Cells" is for plain JupyterLab; the room's style sheet hides what is marked so. */
function markHints(panel) {
  for (const cell of panel.content.widgets) {
    const { hint, audience, free } = cell.model.getMetadata("course") || {};
    if (hint) cell.addClass("course-hint");
    if (audience) cell.addClass(`course-for-${audience}`);
    if (free) cell.addClass("course-free");
  }
}

function trusted(panel) {
  return panel.content.widgets.every((cell) => cell.model.type !== "code" || cell.model.trusted);
}

/** Until a promise is kept or the time is over; whether it was kept. */
function within(promise, ms) {
  return Promise.race([promise.then(() => true, () => false), new Promise((done) => setTimeout(() => done(false), ms))]);
}

class Lesson {
  constructor(panel, jupyter, words) {
    this.panel = panel;
    this.jupyter = jupyter;
    this.words = words;
    this.session = panel.sessionContext;
    this.begun = false; // whether it has run
    this.reviving = false;
    this.banner = el("div", { class: "room-banner", role: "status" });
    this.banner.hidden = true;
    panel.node.prepend(this.banner);
    this.session.statusChanged.disconnect(panel._onSessionStatusChanged, panel); // JupyterLab's dialog about a kernel that died
    this.session.statusChanged.connect(() => this.look());
    this.session.connectionStatusChanged.connect(() => this.look());
    this.session.kernelChanged.connect(() => this.look());
  }

  /** Run all cells; the page stays where it is. */
  async run() {
    this.panel.node.setAttribute("aria-busy", "true");
    await this.session.ready;
    await this.session.session?.kernel?.info;
    this.begun = true;
    const { content } = this.panel;
    const code = content.widgets.filter((cell) => cell.model.type === "code");
    await this.jupyter.NotebookActions.runCells(content, code, this.session);
    this.panel.node.setAttribute("aria-busy", "false");
  }

  askToRun() {
    const button = el("button", { type: "button", onclick: () => { this.say(null); this.run(); } });
    this.say("untrusted", button);
    this.words((words) => { button.textContent = words.run; });
  }

  /** Show one of the room's sentences above the lesson, or none. */
  say(name, ...more) {
    this.banner.hidden = name === null;
    this.banner.dataset.says = name || "";
    const sentence = el("p", {});
    this.banner.replaceChildren(sentence, ...more);
    if (name) this.words((words) => { sentence.textContent = words[name]; });
  }

  /** Something happened to the kernel or to the way to it. */
  look() {
    if (!this.begun || this.reviving || this.panel.isDisposed) return;
    const lost = this.session.session?.kernel?.connectionStatus !== "connected";
    const gone = ["restarting", "autorestarting", "starting", "dead", "terminating", "unknown"].includes(this.session.kernelDisplayStatus);
    if (lost || gone) this.revive();
  }

  /** Wait until there is a kernel that answers; start one where there is none; then show the lesson again, with all answers. */
  async revive() {
    this.reviving = true;
    const before = this.session.session?.kernel;
    const wasRestarted = () => this.session.session?.kernel !== before || restarted;
    let restarted = false;
    const notice = (_, status) => { restarted = restarted || /starting|dead/.test(status); };
    this.session.statusChanged.connect(notice);
    notice(null, this.session.kernelDisplayStatus);
    try {
      for (let turn = 0; !this.panel.isDisposed; turn += 1) {
        if (turn === 1) this.say("away");
        if (await this.answers()) break;
        await new Promise((done) => setTimeout(done, turn ? PATIENCE : 300));
        if (turn > 2) await this.start();
      }
      if (this.panel.isDisposed) return;
      if (wasRestarted()) {
        await this.run();
        this.say("back");
        setTimeout(() => this.banner.dataset.says === "back" && this.say(null), 8000);
      } else {
        this.say(null);
      }
    } finally {
      this.session.statusChanged.disconnect(notice);
      this.reviving = false;
    }
  }

  /** Whether the kernel answers a question within the patience that one has. */
  async answers() {
    const kernel = this.session.session?.kernel;
    if (!kernel || kernel.isDisposed || kernel.connectionStatus !== "connected" || kernel.status === "dead") return false;
    return within(kernel.requestKernelInfo(), PATIENCE);
  }

  /** Where the server is there and this lesson has no living kernel on it, start one. */
  async start() {
    try {
      const running = await this.jupyter.KernelAPI.listRunning();
      const mine = this.session.session?.kernel;
      const alive = mine && running.some((kernel) => kernel.id === mine.id && kernel.execution_state !== "dead");
      if (alive) return void (mine.connectionStatus === "disconnected" && (await mine.reconnect()));
      await this.session.changeKernel({ name: "python3" });
    } catch { /* the server is away: the next turn looks again */ }
  }
}
