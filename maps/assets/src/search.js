// Search of communes, intercommunalities and départements: the list box pattern of ARIA (combobox with autocomplete list).
import { make, plain } from "./elements.js";

const kMost = 12;

/** Everything that can be found: { label, detail, plain, areas }. */
export function searchEntries(dataset, language) {
  const { communes } = dataset;
  const names = communes.values("nom");
  const codes = communes.values("code");
  const departements = communes.values("departement");
  const departementNames = communes.values("departement_nom") ?? [];
  const population = communes.values("population");
  const entries = names.map((name, area) => ({
    label: name ?? codes[area], detail: `${codes[area]}${departementNames[area] ? `, ${departementNames[area]}` : ""}`, plain: `${plain(name ?? "")} ${codes[area].toLowerCase()}`, areas: [area], weight: population[area] ?? 0,
  }));
  const zones = (codeField, nameField, kind) => {
    const found = new Map();
    const zoneCodes = communes.values(codeField);
    const zoneNames = communes.values(nameField);
    zoneCodes?.forEach((code, area) => {
      if (code) {
        const label = zoneNames?.[area] ?? code;
        const entry = found.get(code) ?? { label, detail: language.say(kind), plain: plain(label), areas: [], weight: 0, isZone: true };
        entry.areas.push(area);
        entry.weight += population[area] ?? 0;
        found.set(code, entry);
      }
    });
    return [...found.values()];
  };
  return [...entries, ...zones("epci", "epci_nom", "epci"), ...zones("departement", "departement_nom", "departement")].filter((entry) => departements || !entry.isZone);
}

/** Entries that hold the words, those that begin with them first, then the most populous. */
export function matches(entries, text) {
  const wanted = plain(text);
  if (!wanted) {
    return [];
  }
  const rank = (entry) => (entry.plain === wanted || entry.plain.startsWith(`${wanted} `) ? 0 : entry.plain.startsWith(wanted) ? 1 : entry.plain.includes(` ${wanted}`) ? 2 : entry.plain.includes(wanted) ? 3 : 4);
  return entries.map((entry) => [rank(entry), entry]).filter(([value]) => value < 4).sort((a, b) => a[0] - b[0] || b[1].weight - a[1].weight).slice(0, kMost).map(([, entry]) => entry);
}

export class Search {
  constructor({ input, list, status }, language, choose, makeEntries) {
    Object.assign(this, { input, list, status, language, choose, makeEntries });
    this.entries = null;
    this.found = [];
    this.active = -1;
    input.addEventListener("input", () => this.update());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  /** Names are gathered anew at the next search. */
  forget() {
    this.entries = null;
  }

  update() {
    this.entries ??= this.makeEntries();
    this.found = matches(this.entries, this.input.value);
    this.active = -1;
    this.list.replaceChildren(...this.found.map((entry, k) => make("li", { role: "option", id: `option-${k}`, "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => this.pick(k) },
      make("span", { class: "option-label" }, entry.label), make("span", { class: "option-detail" }, entry.detail))));
    const open = this.found.length > 0;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = this.input.value.trim() ? (open ? this.language.say("results", this.found.length) : this.language.say("no_result")) : "";
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) {
      event.preventDefault();
      this.activate((this.active + step + this.found.length) % this.found.length);
    } else if (event.key === "Enter" && this.found.length) {
      event.preventDefault();
      this.pick(Math.max(0, this.active));
    } else if (event.key === "Escape") {
      this.input.value = "";
      this.update();
    }
  }

  activate(k) {
    this.active = k;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === k)));
    this.list.children[k].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `option-${k}`);
  }

  pick(k) {
    const entry = this.found[k];
    this.input.value = entry.label;
    this.close();
    this.choose(entry);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
