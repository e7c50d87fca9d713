// The same content as a table: sorted by any column, filtered, in pages, exported as CSV.
import { make, plain } from "./elements.js";

const kRowsOfPage = 25;
const kIdentity = ["code", "nom", "departement_nom", "epci_nom", "population", "strate"];

/** A cell of CSV that a spreadsheet shows and does not run: what looks like a formula gets an apostrophe. */
export function csvCell(value) {
  if (value === null || value === undefined) {
    return "";
  }
  const text = typeof value === "number" ? String(value).replace(".", ",") : String(value);
  const safe = typeof value !== "number" && /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvText(heads, rows) {
  return `\uFEFF${[heads, ...rows].map((row) => row.map(csvCell).join(";")).join("\r\n")}\r\n`;
}

export class Table {
  constructor(parts, { dataset, classes, language, select }) {
    Object.assign(this, parts, { dataset, classes, language, choose: select });
    this.sort = { name: "population", down: true };
    this.page = 0;
    this.layerName = "communes";
    this.filter.addEventListener("input", () => this.refresh(0));
    this.all.addEventListener("change", () => this.refresh(0));
    this.source.addEventListener("change", () => this.pick(this.source.value));
    this.previous.addEventListener("click", () => this.refresh(this.page - 1));
    this.next.addEventListener("click", () => this.refresh(this.page + 1));
    this.save.addEventListener("click", () => this.export());
  }

  pick(name) {
    this.layerName = name;
    this.sort = { name: "population", down: true };
    this.refresh(0);
  }

  /** Follows the map: its layer of communes, and the classes that the legend hides. */
  show(map, hidden) {
    this.map = map;
    this.hidden = hidden;
    const names = [...this.dataset.layers.keys()];
    this.source.replaceChildren(...names.map((name) => make("option", { value: name }, this.language.of(this.dataset.layers.get(name).title))));
    const main = this.dataset.viewsOf(map).find((view) => this.dataset.layers.get(view.layer).geometry === "communes");
    if (main && this.dataset.layers.get(this.layerName)?.geometry === "communes") {
      this.layerName = main.layer;
    }
    this.source.value = this.layerName;
    this.refresh(0);
  }

  get layer() {
    return this.dataset.layers.get(this.layerName);
  }

  isOfCommunes() {
    return this.layer.geometry === "communes";
  }

  fields(everything) {
    const { fields } = this.layer;
    if (everything || !this.isOfCommunes()) {
      return fields;
    }
    const coverage = this.dataset.document.coverages[this.map.subject.position];
    const stem = ["coverage", "gaps", "discontinuities"].includes(this.map.subject.kind) && coverage ? `${coverage.name}_` : null;
    const { field } = this.map.subject;
    const wanted = (name) => kIdentity.includes(name) || (stem ? name.startsWith(stem) && /_(cout|exces|a_portee|population_couverte|est_couverte|proche_nom)$/.test(name) : false) || (field && (name === field || name === `${field}_rang`)) || (this.map.subject.kind === "structures" && name.startsWith("structures"));
    return fields.filter((one) => wanted(one.name));
  }

  rows() {
    const { layer } = this;
    const wanted = plain(this.filter.value);
    const texts = ["nom", "code", "commune_principale_nom", "commune_nom", "commune_1_nom", "commune_2_nom", "cle", "departement_nom", "epci_nom", "typologie"].map((name) => layer.values(name)).filter(Boolean);
    const views = this.dataset.viewsOf(this.map).filter((view) => view.layer === layer.name && this.hidden.get(view.name)?.size);
    const hides = views.map((view) => [this.classes.of(view), this.hidden.get(view.name)]);
    const rows = [];
    for (let feature = 0; feature < layer.count; feature += 1) {
      const isHidden = hides.some(([classes, off]) => classes && off.has(classes[feature]));
      if (!isHidden && (!wanted || texts.some((column) => column[feature] && plain(column[feature]).includes(wanted)))) {
        rows.push(feature);
      }
    }
    const values = layer.values(this.sort.name);
    if (values) {
      const sign = this.sort.down ? -1 : 1;
      const compare = typeof values.find((value) => value !== null) === "string" ? new Intl.Collator(this.language.locale).compare : (a, b) => a - b;
      rows.sort((a, b) => (values[a] === null) - (values[b] === null) || (values[a] === null ? 0 : sign * compare(values[a], values[b])) || a - b);
    }
    return rows;
  }

  refresh(page) {
    const { language, layer } = this;
    if (!this.map) {
      return;
    }
    this.kept = this.rows();
    const pages = Math.max(1, Math.ceil(this.kept.length / kRowsOfPage));
    this.page = Math.min(pages - 1, Math.max(0, page));
    const fields = this.fields(this.all.checked).filter((field) => layer.values(field.name));
    const heads = fields.map((field) => {
      const sorted = field.name === this.sort.name;
      const direction = sorted ? (this.sort.down ? "descending" : "ascending") : "none";
      return make("th", { scope: "col", "aria-sort": direction }, make("button", { type: "button", title: language.of(field.meaning), onclick: () => this.sortBy(field.name) }, language.of(field.label) || field.name, make("span", { "aria-hidden": "true" }, sorted ? (this.sort.down ? " ▼" : " ▲") : "")));
    });
    const shown = this.kept.slice(this.page * kRowsOfPage, (this.page + 1) * kRowsOfPage);
    const rows = shown.map((feature) => make("tr", {}, ...fields.map((field) => this.cell(field, feature))));
    this.body.replaceChildren(make("table", {}, make("caption", {}, `${language.of(layer.title)} — ${language.of(this.map.title)}`), make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)));
    if (!rows.length) {
      this.body.append(make("p", {}, language.say("no_row")));
    }
    this.status.textContent = language.say("page_of", this.page + 1, pages, language.number(this.kept.length));
    this.previous.disabled = this.page === 0;
    this.next.disabled = this.page + 1 >= pages;
  }

  cell(field, feature) {
    const value = this.layer.value(field.name, feature);
    if (field.name === "nom" && this.isOfCommunes()) {
      return make("th", { scope: "row" }, make("button", { type: "button", class: "link", onclick: () => this.choose(feature) }, value ?? "–"));
    }
    const isNumber = ["real", "integer"].includes(field.type);
    return make("td", isNumber ? { class: "number" } : {}, value === null ? "–" : this.language.value(value, field));
  }

  sortBy(name) {
    this.sort = { name, down: this.sort.name === name ? !this.sort.down : false };
    this.refresh(0);
    [...this.body.querySelectorAll("th[aria-sort]")].find((head) => head.getAttribute("aria-sort") !== "none")?.querySelector("button").focus();
  }

  export() {
    const { layer } = this;
    const fields = layer.fields.filter((field) => layer.values(field.name));
    const text = csvText(fields.map((field) => field.name), this.kept.map((feature) => fields.map((field) => {
      const value = layer.value(field.name, feature);
      return field.type === "boolean" && value !== null ? this.language.value(value, field) : value;
    })));
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const link = make("a", { href: address, download: `${layer.name}.csv` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }
}
