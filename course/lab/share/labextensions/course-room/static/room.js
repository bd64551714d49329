// JupyterLab as the learner's room: the course's frame around it, its own furniture put away, lessons that run by themselves.
import { handIn } from "./handin.js";
import { attend } from "./lesson.js";
import { frame } from "./list.js";
import { server } from "./server.js";

const KEPT = 3; // lessons that stay open behind the one in front; the others' kernels end

export function plugins(jupyter) {
  const { IConnectionLost, ILabShell, INotebookTracker } = jupyter;
  return [
    {
      id: "course-room:connection-lost",
      autoStart: true,
      provides: IConnectionLost,
      activate: () => async () => {}, // the lesson itself says that nobody answers
    },
    {
      id: "course-room:room",
      autoStart: true,
      requires: [ILabShell, INotebookTracker],
      activate: (app, shell, tracker) => activate(app, shell, tracker, jupyter),
    },
  ];
}

function activate(app, shell, tracker, jupyter) {
  const ask = server(jupyter);
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("room.css", import.meta.url);
  document.head.append(style);
  document.body.classList.add("course-room");
  window.addEventListener("contextmenu", (event) => event.stopPropagation(), true); // the browser's own menu

  let outline = null;
  const waiting = [];
  /** Call back with the room's words, now or as soon as they are there. */
  const words = (use) => (outline ? use(outline.words) : waiting.push(use));

  const view = frame({
    open: (path) => app.commands.execute("docmanager:open", { path }),
    handIn: (module) => handIn({ module, words: outline.words, ask, link, done: refresh }),
    print: () => {
      const [what] = /exercises\/m\d\d|m\d\d|$/.exec(tracker.currentWidget?.context.path || "");
      window.open(link(`print?what=${what || "all"}`), "_blank");
    },
    language: async (language) => {
      try {
        await ask("language", { language });
      } catch (error) {
        return view.alarm(error.message);
      }
      const path = (tracker.currentWidget?.context.path || outline.home).replace(/^lessons\/(zh|en)\//, `lessons/${language}/`);
      const { PageConfig, URLExt } = jupyter;
      location.assign(`${URLExt.join(PageConfig.getBaseUrl(), "lab/tree", URLExt.encodeParts(path))}?reset`);
    },
  });

  const link = (path) => jupyter.URLExt.join(jupyter.PageConfig.getBaseUrl(), "course", path);

  async function refresh() {
    try {
      outline = await ask("list");
    } catch (error) {
      if (error.told) view.alarm(error.message);
      return; // nobody answers: the lesson says so
    }
    view.show(outline);
    follow(shell.currentWidget?.context?.path || "");
    waiting.splice(0).forEach((use) => use(outline.words));
  }

  /** Who opens a lesson in the other language wants the list in it, too. */
  async function follow(path) {
    const [, language] = /^lessons\/(zh|en)\//.exec(path) || [];
    if (!language || !outline || language === outline.language) return;
    try {
      await ask("language", { language });
    } catch {
      return; // the list stays as it is
    }
    refresh();
  }

  // Four megabytes of plotly are read once nothing else is to be done, so that the first chart need not wait for them.
  app.restored.then(() => setTimeout(() => requestIdleCallback(readPlotly, { timeout: 5000 }), 2500));
  app.restored.then(() => putAway(shell));
  let soon = null;
  document.addEventListener("course-saved", () => {
    clearTimeout(soon);
    soon = setTimeout(refresh, 400);
  });
  const recent = [];
  shell.currentChanged.connect(() => {
    const panel = shell.currentWidget;
    const path = panel?.context?.path;
    if (!path) return;
    view.current(path);
    follow(path);
    recent.splice(0, recent.length, panel, ...recent.filter((other) => other !== panel && !other.isDisposed));
    recent.splice(1 + KEPT).forEach((old) => old.close());
  });
  tracker.widgetAdded.connect((_, panel) => attend(panel, jupyter, words));
  tracker.forEach((panel) => attend(panel, jupyter, words));
  refresh();
}

/** Let JupyterLab's plotly draw an empty chart that nobody sees. Where it is another version, the first chart waits as ever. */
async function readPlotly() {
  try {
    const { default: found } = (await window._JUPYTERLAB["jupyterlab-plotly"].get("./mimeExtension"))();
    const { rendererFactory } = [found].flat()[0];
    const mimeType = rendererFactory.mimeTypes[0];
    const place = rendererFactory.createRenderer({ mimeType });
    await place.renderModel({ data: { [mimeType]: { data: [], layout: {} } }, metadata: {}, setData() {} });
  } catch { /* as ever */ }
}

/** Menus, tool bars and side bars are for people who program. */
function putAway(shell) {
  for (const id of ["jp-top-panel", "jp-menu-panel", "jp-bottom-panel", "jp-header-panel"]) {
    const found = [...shell.layout].find((widget) => widget.id === id);
    if (found) found.hide();
  }
  shell.collapseLeft();
  shell.collapseRight();
  for (const side of ["left", "right"]) if (shell.isSideTabBarVisible(side)) shell.toggleSideTabBarVisibility(side);
  shell.update();
  window.dispatchEvent(new Event("resize"));
}
