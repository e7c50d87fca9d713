// Charts beside the map, as SVG with a table of the same figures: coverage by tier, distribution of inhabitants, Lorenz curve.
import { make } from "./elements.js";
import { svg } from "./symbols.js";

const kWidth = 340;
const kInk = "#1f4e79";
const kSecond = "#b35900";

/** Sums a column over communes by tier: [{ tier, label, people, covered }]. */
export function coverageByTier(dataset, coverage, inScope) {
  const { communes } = dataset;
  const [rank, label, people, covered] = ["strate_rang", "strate", "population", `${coverage.name}_population_couverte`].map((name) => communes.values(name));
  const tiers = new Map();
  rank.forEach((tier, area) => {
    if (tier !== null && inScope(area)) {
      const row = tiers.get(tier) ?? { tier, label: label[area], people: 0, covered: 0 };
      row.people += people[area] ?? 0;
      row.covered += covered[area] ?? 0;
      tiers.set(tier, row);
    }
  });
  return [...tiers.values()].sort((a, b) => a.tier - b.tier);
}

/** Points of a Lorenz curve, from the worst served inhabitant to the best, and Gini's index. */
export function lorenz(values, people) {
  const order = [...values.keys()].filter((k) => values[k] !== null && people[k] > 0).sort((a, b) => values[a] - values[b]);
  const all = order.reduce((sum, k) => sum + people[k], 0);
  const total = order.reduce((sum, k) => sum + values[k] * people[k], 0);
  if (!all || total <= 0) {
    return null;
  }
  const points = [[0, 0]];
  const place = new Map();
  let x = 0;
  let y = 0;
  let area = 0;
  for (const k of order) {
    const nextX = x + people[k] / all;
    const nextY = y + (values[k] * people[k]) / total;
    area += ((nextX - x) * (y + nextY)) / 2;
    x = nextX;
    y = nextY;
    place.set(k, [x, y]);
    points.push([x, y]);
  }
  return { points, place, gini: 1 - 2 * area };
}

/** Inhabitants by value, in bins of a round width: at most 16, the last one open. */
export function histogram(values, people) {
  const known = [...values.keys()].filter((k) => values[k] !== null && people[k] > 0);
  if (known.length < 2) {
    return null;
  }
  const sorted = known.map((k) => values[k]).sort((a, b) => a - b);
  const low = Math.min(0, sorted[0]);
  const high = sorted[Math.floor((sorted.length - 1) * 0.99)];
  const rough = Math.max(1e-9, (high - low) / 12);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const width = [1, 2, 5, 10].map((digit) => digit * decade).find((step) => step >= rough);
  const first = Math.floor(low / width) * width;
  const count = Math.min(16, Math.max(1, Math.ceil((high - first) / width)));
  const bins = Array.from({ length: count }, (unused, k) => ({ from: first + k * width, below: k + 1 < count ? first + (k + 1) * width : Infinity, people: 0, areas: [] }));
  for (const k of known) {
    const bin = bins[Math.min(count - 1, Math.max(0, Math.floor((values[k] - first) / width)))];
    bin.people += people[k];
    bin.areas.push(k);
  }
  return { bins, width, first };
}

export class Charts {
  constructor(root, { dataset, language, highlight }) {
    Object.assign(this, { root, dataset, language, highlight });
    this.pressed = -1;
  }

  /** What is charted for a map: a field of communes. */
  subject(map) {
    const { document: data } = this.dataset;
    const coverage = data.coverages[map.subject.position] ?? data.coverages[0];
    const kind = map.subject.kind;
    if (["access", "disagreement", "clusters", "continuity"].includes(kind)) {
      const view = this.dataset.viewsOf(map).find((one) => this.dataset.layers.get(one.layer).geometry === "communes" && one.field === map.subject.field) ?? this.dataset.viewsOf(map)[0];
      const layer = this.dataset.layers.get(view.layer);
      const name = kind === "clusters" ? map.subject.field.replace(/_(classe|foyer|grappe|gi_etoile|gi_p|moran_local|moran_p)$/, "") : map.subject.field;
      const from = kind === "clusters" ? this.dataset.layers.get("accessibilite") ?? layer : layer;
      const field = from.field.get(name);
      return { coverage: null, layer: from, field: field && ["real", "integer"].includes(field.type) ? field : null };
    }
    if (kind === "structures" || !coverage) {
      return { coverage, layer: this.dataset.communes, field: this.dataset.communes.field.get("structures_10000") };
    }
    return { coverage, layer: this.dataset.communes, field: this.dataset.communes.field.get(`${coverage.name}_cout`) };
  }

  show(map, selected, scope) {
    this.root.replaceChildren();
    if (!this.dataset.isComplete) {
      this.root.append(make("p", {}, this.language.say("loading")));
      return;
    }
    const { coverage, layer, field } = this.subject(map);
    const people = this.dataset.communes.values("population").map((count) => count ?? 0);
    const values = field && layer.values(field.name);
    if (coverage) {
      this.root.append(this.coverageChart(coverage, selected, scope));
    }
    if (values) {
      this.root.append(...[this.histogramChart(field, values, people, selected), this.lorenzChart(field, values, people, selected)].filter(Boolean));
    }
    if (!this.root.childElementCount) {
      this.root.append(make("p", {}, this.language.say("chart_none")));
    }
  }

  figure(title, picture, heads, rows) {
    return make("figure", {}, make("figcaption", {}, title), picture,
      make("details", {}, make("summary", {}, this.language.say("table_of_chart")),
        make("table", { class: "small" }, make("caption", { class: "hidden" }, title),
          make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
          make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell, k) => (k ? make("td", {}, cell) : make("th", { scope: "row" }, cell)))))))));
  }

  scopeName(selected, scope) {
    return this.dataset.communes.value(scope === "epci" ? "epci_nom" : "departement_nom", selected) ?? "";
  }

  coverageChart(coverage, selected, scope) {
    const { language } = this;
    const all = coverageByTier(this.dataset, coverage, () => true);
    const zones = scope && selected >= 0 ? this.dataset.communes.values(scope) : null;
    const part = zones ? coverageByTier(this.dataset, coverage, (area) => zones[area] === zones[selected]) : [];
    const tier = selected >= 0 ? this.dataset.communes.value("strate_rang", selected) : null;
    const rowHeight = zones ? 52 : 38;
    const share = (row) => (row && row.people ? row.covered / row.people : null);
    const picture = svg("svg", { viewBox: `0 0 ${kWidth} ${all.length * rowHeight + 4}`, role: "img", "aria-label": `${language.say("chart_coverage")} : ${all.map((row) => `${row.label} ${share(row) === null ? language.say("none") : language.percent(share(row))}`).join(" ; ")}` });
    const bar = (y, value, colour) => {
      picture.append(svg("rect", { x: 0, y, width: kWidth - 60, height: 13, fill: "#e8e8ee" }));
      if (value !== null) {
        picture.append(svg("rect", { x: 0, y, width: (kWidth - 60) * value, height: 13, fill: colour }), svg("text", { x: kWidth - 54, y: y + 11, class: "chart-text" }, language.percent(value)));
      }
    };
    all.forEach((row, k) => {
      const y = k * rowHeight;
      picture.append(svg("text", { x: 0, y: y + 13, class: row.tier === tier ? "chart-text strong" : "chart-text" }, `${row.tier === tier ? "▸ " : ""}${row.label}`));
      bar(y + 18, share(row), kInk);
      if (zones) {
        bar(y + 33, share(part.find((one) => one.tier === row.tier)), kSecond);
      }
    });
    const heads = [language.say("tier"), language.say("territory"), ...(zones ? [this.scopeName(selected, scope)] : [])];
    const cell = (row) => (share(row) === null ? "–" : language.percent(share(row)));
    const rows = all.map((row) => [row.label, cell(row), ...(zones ? [cell(part.find((one) => one.tier === row.tier))] : [])]);
    const figure = this.figure(`${language.say("chart_coverage")} — ${coverage.label}`, picture, heads, rows);
    if (zones) {
      figure.insertBefore(make("p", { class: "key" }, svgKey(kInk), ` ${language.say("territory")} `, svgKey(kSecond), ` ${this.scopeName(selected, scope)}`), picture);
    }
    return figure;
  }

  binLabel(bin, field) {
    const show = (value) => this.language.value(value, { ...field, type: "real", decimals: Math.max(field.decimals, bin.from % 1 || (Number.isFinite(bin.below) && bin.below % 1) ? 2 : 0) });
    if (Number.isFinite(bin.below)) {
      return this.language.code === "fr" ? `${show(bin.from)} à ${show(bin.below)}` : `${show(bin.from)} to ${show(bin.below)}`;
    }
    return this.language.code === "fr" ? `${show(bin.from)} et plus` : `${show(bin.from)} or more`;
  }

  histogramChart(field, values, people, selected) {
    const made = histogram(values, people);
    if (!made) {
      return null;
    }
    const { language } = this;
    const { bins } = made;
    const most = Math.max(...bins.map((bin) => bin.people));
    const height = 120;
    const step = kWidth / bins.length;
    const picture = svg("svg", { viewBox: `0 0 ${kWidth} ${height + 36}`, role: "group", "aria-label": language.say("chart_distribution") });
    bins.forEach((bin, k) => {
      const size = most ? (bin.people / most) * (height - 8) : 0;
      const holds = selected >= 0 && bin.areas.includes(selected);
      const label = `${this.binLabel(bin, field)} : ${language.number(bin.people)} ${language.say("inhabitants")}`;
      const bar = svg("g", { role: "button", tabindex: "0", "aria-pressed": "false", "aria-label": `${label}. ${language.say("highlight")}`, class: "bar" },
        svg("rect", { x: k * step, y: 0, width: step, height, fill: "transparent" }),
        svg("rect", { x: k * step + 1, y: height - size, width: step - 2, height: Math.max(size, 0.5), fill: holds ? kSecond : kInk, class: "bar-fill" }),
        svg("title", {}, label));
      const press = () => this.press(picture, k, bins);
      bar.addEventListener("click", press);
      bar.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          press();
        }
      });
      picture.append(bar);
    });
    picture.append(svg("line", { x1: 0, y1: height, x2: kWidth, y2: height, stroke: "#555555" }));
    const short = (value) => this.language.value(value, { ...field, type: "real", decimals: value % 1 ? 2 : 0, unit: ["m", "s"].includes(field.unit) ? field.unit : "" });
    [0, Math.floor(bins.length / 2), bins.length - 1].forEach((k) => picture.append(svg("text", { x: k * step + (k === bins.length - 1 ? step : 2), y: height + 15, class: "chart-text", "text-anchor": k === bins.length - 1 ? "end" : "start" }, k === bins.length - 1 ? `${short(bins[k].from)} +` : short(bins[k].from))));
    picture.append(svg("text", { x: kWidth / 2, y: height + 32, class: "chart-text", "text-anchor": "middle" }, language.of(field.label).slice(0, 52)));
    return this.figure(`${language.say("chart_distribution")} — ${language.of(field.label)}`, picture, [language.say("value"), language.say("people"), language.say("share")],
      bins.map((bin) => [this.binLabel(bin, field), language.number(bin.people), language.percent(bin.people / Math.max(1, people.reduce((sum, count) => sum + count, 0)))]));
  }

  press(picture, k, bins) {
    this.pressed = this.pressed === k ? -1 : k;
    picture.querySelectorAll(".bar").forEach((bar, at) => bar.setAttribute("aria-pressed", String(at === this.pressed)));
    this.highlight(this.pressed < 0 ? [] : bins[k].areas);
  }

  lorenzChart(field, values, people, selected) {
    const made = values.some((value) => value < 0) ? null : lorenz(values, people);
    if (!made) {
      return null;
    }
    const { language } = this;
    const size = 220;
    const left = 30;
    const at = ([x, y]) => `${(left + x * size).toFixed(1)},${(size - y * size + 6).toFixed(1)}`;
    const thinned = made.points.filter((point, k) => k % Math.ceil(made.points.length / 300) === 0 || k === made.points.length - 1);
    const gini = language.number(made.gini, 3);
    const picture = svg("svg", { viewBox: `0 0 ${kWidth} ${size + 44}`, role: "img", "aria-label": `${language.say("chart_lorenz")}, ${language.of(field.label)}. Gini : ${gini}` },
      svg("rect", { x: left, y: 6, width: size, height: size, fill: "#fafafa", stroke: "#8a8a8a" }),
      svg("line", { x1: left, y1: size + 6, x2: left + size, y2: 6, stroke: "#6b6b6b", "stroke-dasharray": "4 3" }),
      svg("polyline", { points: thinned.map(at).join(" "), fill: "none", stroke: kInk, "stroke-width": 2 }),
      svg("text", { x: left + size / 2, y: size + 22, class: "chart-text", "text-anchor": "middle" }, language.say("cumulated_people")),
      svg("text", { x: left - 8, y: size / 2, class: "chart-text", "text-anchor": "middle", transform: `rotate(-90 ${left - 8} ${size / 2})` }, language.say("cumulated_value")),
      svg("text", { x: left + size + 10, y: 24, class: "chart-text" }, `Gini : ${gini}`));
    if (made.place.has(selected)) {
      const [x, y] = made.place.get(selected);
      picture.append(svg("circle", { cx: left + x * size, cy: size - y * size + 6, r: 5, fill: kSecond, stroke: "#ffffff" }), svg("text", { x: left + size + 10, y: 44, class: "chart-text" }, String(this.dataset.communes.value("nom", selected)).slice(0, 14)));
    }
    const tenths = [0.1, 0.2, 0.5, 0.8, 0.9].map((share) => [share, (made.points.find((point) => point[0] >= share) ?? [1, 1])[1]]);
    return this.figure(`${language.say("chart_lorenz")} — ${language.of(field.label)}`, picture, [language.say("cumulated_people"), language.say("cumulated_value")], tenths.map(([share, value]) => [language.percent(share), language.percent(value)]));
  }
}

function svgKey(colour) {
  return svg("svg", { width: 14, height: 10, "aria-hidden": "true", focusable: "false" }, svg("rect", { width: 14, height: 10, fill: colour }));
}
