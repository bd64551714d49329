import { el, unique } from "./common.js";

export default {
  render({ model, el: root }) {
    root.classList.add("course-root");
    function build() {
      const content = model.get("content");
      const title = unique("title");
      root.replaceChildren(el("section", { class: "course-activity", "aria-labelledby": title, lang: content.lang },
        el("h3", { id: title }, content.title),
        el("table", { class: "course-table" },
          el("thead", {}, el("tr", {}, content.columns.map((name) => el("th", { scope: "col" }, name)))),
          el("tbody", {}, content.rows.map((row) => el("tr", {},
            el("th", { scope: "row" }, row.title),
            el("td", {}, `${row.done ? "✓ " : "… "}${row.state}`),
            el("td", {}, String(row.points)),
            el("td", {}, row.how))))),
        el("p", { role: "status" }, content.verdict)));
    }
    model.on("change:content", build);
    build();
    return () => model.off("change:content", build);
  },
};
