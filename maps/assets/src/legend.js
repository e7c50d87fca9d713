// The legend of a map: every class with its symbol, its count and a box that hides it.
import { make } from "./elements.js";
import { circleRadius } from "./painter.js";
import { svg, swatch } from "./symbols.js";

function circleRows(view, dataset, classes, language) {
  const { circles } = view;
  const values = dataset.layers.get(view.layer).values(circles.field) ?? [];
  const found = classes.of(view);
  const largest = values.reduce((most, value, feature) => (found?.[feature] >= 0 ? Math.max(most, value ?? 0) : most), 0);
  if (largest <= 0) {
    return null;
  }
  const steps = [1, 0.25, 0.05].map((share) => {
    const value = largest * share;
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))));
    return Math.max(1, Math.floor(value / unit) * unit);
  });
  return make("div", { class: "circles" },
    make("p", { class: "legend-title" }, language.of(circles.legend)),
    ...[...new Set(steps)].map((value) => {
      const radius = circleRadius(circles, value);
      const size = 2 * radius + 2;
      return make("div", { class: "circle-row" },
        svg("svg", { width: 50, height: size, viewBox: `-25 ${-size / 2} 50 ${size}`, "aria-hidden": "true", focusable: "false" },
          svg("circle", { r: radius, fill: circles.colour, "fill-opacity": circles.opacity / 255, stroke: "#595959", "stroke-width": 0.7 })),
        make("span", {}, language.number(value)));
    }));
}

/** Fills `root`; `toggle(view, class, isShown)` is called when a box changes. */
export function showLegend(root, { dataset, classes, map, hidden, language, toggle, suffix = "" }) {
  root.replaceChildren();
  for (const view of [...dataset.viewsOf(map)].reverse()) {
    const counts = classes.counts(view);
    const rows = view.classes.map((one, k) => {
      if (one.holds === "rest" && view.classes.length > 1 && counts[k] === 0) {
        return null;
      }
      const id = `legend${suffix}-${view.name}-${k}`;
      const box = make("input", { type: "checkbox", id, onchange: (event) => toggle(view, k, event.target.checked) });
      box.checked = !hidden.get(view.name)?.has(k);
      return make("li", {}, box, make("label", { for: id }, swatch(one.symbol), make("span", { class: "legend-label" }, language.of(one.label)), make("span", { class: "count" }, language.number(counts[k]))));
    });
    const note = language.of(view.note);
    root.append(make("fieldset", {}, make("legend", {}, language.of(view.legend) || language.of(view.title)), make("ul", {}, ...rows), view.circles ? circleRows(view, dataset, classes, language) : null, note ? make("p", { class: "note" }, note) : null));
  }
}
