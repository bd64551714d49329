// What JupyterLab's bootstrap loads: a module-federation container, written by hand, so that nothing has to be built.
// It lends the room what JupyterLab shares with its extensions, and leaves the rest to plain ES modules beside this file.
(() => {
  const here = document.currentScript.src;
  const needed = ["@jupyterlab/application", "@jupyterlab/coreutils", "@jupyterlab/notebook", "@jupyterlab/services"];
  let scope = {};

  /** One package as JupyterLab itself has it. */
  async function shared(name) {
    const [version] = Object.values(scope[name]);
    return (await version.get())();
  }

  async function get() {
    const [{ plugins }, ...packages] = await Promise.all([import(new URL("room.js", here)), ...needed.map(shared)]);
    const jupyter = Object.assign({}, ...packages.map((found) => ({ ...found })));
    return () => ({ __esModule: true, default: plugins(jupyter) });
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["course-room"] = { init: (given) => { scope = given; }, get };

  // anywidget gives a view's module two seconds to load; a slow computer takes longer over a page of twelve views.
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => timeout(ms === 2000 ? 60000 : ms);
})();
