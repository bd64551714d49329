// A notebook of the course in JupyterLab: it runs by itself, comes back after its kernel did, and asks nothing.
import { el } from "./dom.js";

const PATIENCE = 1500; // ms between two looks whether the kernel is back
const PULSE = 2000; // ms between two looks whether it is still the same

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
    if (event.target.closest(".course-free") && (event.key !== "s" || !command)) return; // who knows pandas writes and runs here
    if (command && event.key.toLowerCase() === "s") event.preventDefault(); // everything is saved already
    if (!command || event.key.toLowerCase() === "s" || event.key === "Enter") event.stopPropagation();
  });
  panel.node.addEventListener("dblclick", (event) => event.stopPropagation(), true); // would open a text for editing
}

/** "Choose Run All Cells" is for plain JupyterLab; the room's style sheet hides what is marked so. */
function markHints(panel) {
  for (const cell of panel.content.widgets) {
    const { hint, audience, free } = cell.model.getMetadata("course") || {};
    if (hint) cell.addClass("room-hint");
    if (audience) cell.addClass(`course-for-${audience}`);
    if (free) cell.addClass("course-free");
  }
}

function trusted(panel) {
  return panel.content.widgets.every((cell) => cell.model.type !== "code" || cell.model.trusted);
}

/** What a promise gives, or null if it fails or takes longer. */
function within(promise, ms) {
  return Promise.race([promise.catch(() => null), new Promise((done) => setTimeout(() => done(null), ms))]);
}

class Lesson {
  constructor(panel, jupyter, words) {
    this.panel = panel;
    this.jupyter = jupyter;
    this.words = words;
    this.session = panel.sessionContext;
    this.begun = false; // whether it has run
    this.process = null; // by which process of the kernel, named as it names itself in its messages; null while that is not known
    this.reviving = false;
    this.banner = el("div", { class: "room-banner", role: "status" });
    this.banner.hidden = true;
    panel.node.prepend(this.banner);
    this.session.statusChanged.disconnect(panel._onSessionStatusChanged, panel); // JupyterLab's dialog about a kernel that died
    this.session.statusChanged.connect(() => this.look());
    this.session.connectionStatusChanged.connect(() => this.look());
    this.session.kernelChanged.connect(() => this.look());
    const pulse = setInterval(() => this.feel(), PULSE);
    panel.disposed.connect(() => clearInterval(pulse));
  }

  /** Run all cells; the page stays where it is. */
  async run() {
    this.panel.node.setAttribute("aria-busy", "true");
    try {
      await this.session.ready;
      await this.session.session?.kernel?.info;
      this.begun = true;
      const who = this.whoAnswers(); // it is asked first, and not waited for
      const { content } = this.panel;
      const code = content.widgets.filter((cell) => cell.model.type === "code");
      await this.jupyter.NotebookActions.runCells(content, code, this.session);
      this.process = await who;
    } finally {
      this.panel.node.setAttribute("aria-busy", "false");
    }
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

  /** A kernel that somebody else restarted, or that restarts within a blink, tells nobody: one must ask who is there. */
  async feel() {
    if (!this.begun || this.reviving || !this.panel.isVisible || this.panel.node.getAttribute("aria-busy") === "true") return;
    const process = await this.whoAnswers();
    if (process && this.process && process !== this.process) this.revive();
    else this.process = process || this.process;
  }

  /** Wait until there is a kernel that answers; start one where there is none; then show the lesson again, with all answers. */
  async revive() {
    if (this.reviving) return;
    this.reviving = true;
    try {
      let process = null;
      for (let turn = 0; !this.panel.isDisposed; turn += 1) {
        if (turn === 1) this.say("away");
        process = await this.whoAnswers();
        if (process) break;
        await new Promise((done) => setTimeout(done, turn ? PATIENCE : 300));
        if (turn > 2) await this.start();
      }
      if (this.panel.isDisposed) return;
      if (process === this.process) return this.say(null);
      await this.run();
      this.say("back");
      setTimeout(() => this.banner.dataset.says === "back" && this.say(null), 8000);
    } finally {
      this.reviving = false;
    }
  }

  /** The name of the kernel's process, if it answers within the patience that one has; else null. */
  async whoAnswers() {
    const kernel = this.session.session?.kernel;
    if (!kernel || kernel.isDisposed || kernel.connectionStatus !== "connected" || kernel.status === "dead") return null;
    const reply = await within(kernel.requestKernelInfo(), PATIENCE);
    return reply?.header.session || null;
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
