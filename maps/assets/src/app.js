// The parts of the page and the state they share: which maps, what is hidden, which commune.
import { Card } from "./card.js";
import { Charts } from "./charts.js";
import { ClassCache } from "./classes.js";
import { byId, make } from "./elements.js";
import { Geometry } from "./geometry.js";
import { communePlaces, zonePlaces } from "./labels.js";
import { showLegend } from "./legend.js";
import { Hours, hourText, kHours } from "./hours.js";
import { kWithoutOffer, Painter } from "./painter.js";
import { Pane } from "./pane.js";
import { readFragment, writeFragment } from "./permalink.js";
import { partsOf } from "./places.js";
import { Search, searchEntries } from "./search.js";
import { Sentences } from "./sentences.js";
import { Pointing } from "./pointing.js";
import { swatch } from "./symbols.js";
import { Table } from "./table.js";
import { Language } from "./texts.js";
import { Viewport } from "./viewport.js";

export class App {
  constructor(dataset) {
    this.dataset = dataset;
    this.language = new Language(dataset.document.language);
    this.geometry = new Geometry(dataset.document);
    this.classes = new ClassCache(dataset);
    this.painter = new Painter(dataset, this.geometry, this.classes);
    this.sentences = new Sentences(dataset, this.classes, this.language);
    this.state = { map: dataset.maps[0].name, second: null, mode: "", swipe: 50, selected: -1, names: "communes", scope: "", hour: -1 };
    this.hours = new Hours(dataset);
    this.hidden = new Map();
    this.hovered = -1;
    this.highlighted = new Set();
    this.placeCache = new Map();
    this.report = { drawn: null, firstView: null, complete: false };
  }

  get map() {
    return this.dataset.mapOf.get(this.state.map);
  }

  get second() {
    const { maps, mapOf } = this.dataset;
    return mapOf.get(this.state.second) ?? maps[(maps.indexOf(this.map) + 1) % maps.length];
  }

  start() {
    this.restore();
    const places = () => this.places();
    this.panes = [new Pane(byId("pane-first"), this.painter, places), new Pane(byId("pane-second"), this.painter, places)];
    this.panes.forEach((pane) => { pane.hidden = this.hidden; });
    this.viewport = new Viewport(byId("map"), this.geometry, (isMoving) => this.draw(isMoving));
    this.listen();
    this.translate();
    this.showHeads();
    this.showLegends();
    this.layOut();
    this.place();
  }

  /** What is beside the first map, once that is on the screen. */
  follow() {
    this.report.firstView = performance.now();
    this.showParts();
    new ResizeObserver(() => this.layOut()).observe(byId("map"));
  }

  /** The second block is there: everything else can be shown. */
  complete(rest) {
    this.dataset.add(rest);
    this.search.forget();
    this.showParts();
    this.draw(false);
    this.report.complete = true;
  }

  restore() {
    const kept = readFragment();
    const { state } = this;
    const known = (name) => (this.dataset.mapOf.has(name) ? name : null);
    state.map = known(kept.carte) ?? state.map;
    state.second = known(kept.avec);
    state.mode = ["side", "swipe"].includes(kept.mode) ? kept.mode : "";
    state.swipe = Number(kept.rideau ?? 50) || 50;
    state.names = ["communes", "epci", "none"].includes(kept.noms) ? kept.noms : "communes";
    state.scope = ["epci", "departement"].includes(kept.zone) ? kept.zone : "";
    const hour = Number(kept.heure ?? -1);
    state.hour = Number.isInteger(hour) && hour >= 0 && hour < kHours ? hour : -1;
    this.language.set(kept.langue ?? this.language.code);
    state.selected = kept.commune ? this.dataset.communes.values("code").indexOf(kept.commune) : -1;
    for (const part of (kept.sans ?? "").split(",").filter(Boolean)) {
      const [name, ...classes] = part.split(".");
      this.hidden.set(name, new Set(classes.map(Number)));
    }
    this.position = kept.position ? kept.position.split(",").map(Number) : null;
  }

  /** Where the address says that the map was looked at: in kilometres, and metres per pixel. */
  place() {
    const { step } = this.geometry;
    if (this.position?.length === 3 && this.position.every(Number.isFinite) && this.position[2] > 0) {
      this.viewport.lookAt((this.position[0] * 1000) / step, (this.position[1] * 1000) / step, step / this.position[2]);
    }
  }

  keep() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => {
      const { state, geometry, viewport } = this;
      const centre = viewport.centre();
      const off = [...this.hidden].filter(([, classes]) => classes.size).map(([name, classes]) => [name, ...classes].join("."));
      writeFragment({
        carte: state.map, avec: state.mode ? this.second.name : "", mode: state.mode, rideau: state.mode === "swipe" ? state.swipe : "",
        commune: state.selected >= 0 ? this.dataset.communes.value("code", state.selected) : "", noms: state.names === "communes" ? "" : state.names, zone: state.scope, heure: state.hour < 0 ? "" : state.hour, sans: off.join(","),
        langue: this.language.code === this.dataset.document.language ? "" : this.language.code,
        position: viewport.isHome() ? "" : [((centre.x * geometry.step) / 1000).toFixed(2), ((centre.y * geometry.step) / 1000).toFixed(2), (geometry.step / viewport.k).toPrecision(4)].join(","),
      });
    }, 200);
  }

  places() {
    const { names } = this.state;
    if (!this.placeCache.has(names)) {
      this.placeCache.set(names, names === "none" ? [] : names === "epci" ? zonePlaces(this.dataset, this.geometry, "epci", "epci_nom") : communePlaces(this.dataset, this.geometry));
    }
    return this.placeCache.get(names);
  }

  /** Sizes of the panes; the panes side by side look at the same middle. */
  layOut() {
    const box = byId("map").getBoundingClientRect();
    const { mode } = this.state;
    const width = Math.max(60, mode === "side" ? (box.width - 6) / 2 : box.width - 2);
    const height = Math.max(60, box.height - 2);
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    if (this.size !== `${width}/${height}/${ratio}`) {
      this.size = `${width}/${height}/${ratio}`;
      this.ratio = ratio;
      this.panes.forEach((pane) => pane.resize(width, height, ratio));
      this.viewport.resize(width, height);
    }
    this.draw(false);
  }

  draw(isMoving) {
    if (!this.size) {
      return;
    }
    const reserved = [[this.viewport.width - 52, 0, this.viewport.width, 130], [0, this.viewport.height - 40, 150, this.viewport.height], [this.viewport.width - 45, this.viewport.height - 50, this.viewport.width, this.viewport.height]];
    const view = this.viewport.view(this.ratio, { hovered: this.hovered, selected: this.state.selected, highlighted: this.highlighted, reserved, without: (map) => this.without(map) });
    const shown = this.state.mode ? this.panes : this.panes.slice(0, 1);
    shown.forEach((pane, k) => {
      pane.map = k ? this.second : this.map;
      pane.show(view, isMoving);
    });
    this.view = view;
    if (this.wentTo !== this.viewport.transform) {
      byId("part").value = "";
    }
    this.report.drawn = shown.map((pane) => pane.drawn);
    this.showScale();
    this.keep();
  }

  drawOverlay() {
    Object.assign(this.view, { hovered: this.hovered, selected: this.state.selected, highlighted: this.highlighted });
    (this.state.mode ? this.panes : this.panes.slice(0, 1)).forEach((pane) => pane.paintOverlay(this.view));
  }

  showScale() {
    const { metres, pixels } = this.viewport.scaleBar();
    byId("scale-text").textContent = metres >= 1000 ? `${this.language.number(metres / 1000)} km` : `${this.language.number(metres, 1)} m`;
    byId("scale-bar").style.width = `${pixels.toFixed(1)}px`;
  }

  listen() {
    const change = (id, key) => byId(id).addEventListener("change", (event) => this.set({ [key]: event.target.value }));
    change("view", "map");
    change("second", "second");
    change("compare", "mode");
    change("names", "names");
    change("scope", "scope");
    byId("swipe").addEventListener("input", (event) => this.slide(Number(event.target.value)));
    byId("part").addEventListener("change", (event) => this.goToPart(event.target.value));
    byId("hour-on").addEventListener("change", (event) => this.setHour(event.target.checked ? Number(byId("hour").value) : -1));
    byId("hour").addEventListener("input", (event) => this.setHour(Number(event.target.value)));
    byId("hour").addEventListener("keydown", (event) => {
      const days = { PageUp: 1, PageDown: -1 }[event.key];
      if (days) {
        event.preventDefault();
        this.setHour((this.state.hour + 24 * days + kHours) % kHours);
      }
    });
    byId("language").addEventListener("click", () => this.speak(this.language.code === "fr" ? "en" : "fr"));
    byId("zoom-in").addEventListener("click", () => this.viewport.zoomBy(1.6));
    byId("zoom-out").addEventListener("click", () => this.viewport.zoomBy(1 / 1.6));
    byId("home").addEventListener("click", () => this.viewport.goHome());
    byId("show-all").addEventListener("click", () => this.showAll());
    byId("print").addEventListener("click", () => window.print());
    byId("link").addEventListener("click", () => this.copyLink());
    window.addEventListener("hashchange", () => this.followAddress());
    window.addEventListener("beforeprint", () => this.panes.forEach((pane) => pane.takePicture(byId("scale-text").textContent, this.viewport.scaleBar().pixels)));
    this.search = new Search({ input: byId("search"), list: byId("search-list"), status: byId("search-status") }, this.language, (entry) => this.found(entry), () => searchEntries(this.dataset, this.language));
    this.card = new Card(byId("card"), { dataset: this.dataset, classes: this.classes, language: this.language, sentences: this.sentences, close: () => this.select(-1), goThere: () => this.showCommune(this.state.selected) });
    this.charts = new Charts(byId("charts"), { dataset: this.dataset, language: this.language, highlight: (areas) => this.highlight(areas) });
    this.table = new Table({ body: byId("table"), filter: byId("table-filter"), all: byId("table-all"), source: byId("table-source"), previous: byId("previous"), next: byId("next"), save: byId("export"), status: byId("table-status") }, { dataset: this.dataset, classes: this.classes, language: this.language, select: (area) => { this.select(area); this.showCommune(area); byId("map").focus(); } });
    this.pointing = new Pointing(this);
  }

  set(change) {
    Object.assign(this.state, change);
    if ("map" in change || "mode" in change || "second" in change) {
      this.highlighted = new Set();
    }
    this.showParts();
    this.layOut();
    if ("map" in change) {
      byId("live").textContent = `${this.language.of(this.map.title)}. ${this.language.of(this.map.question)}`;
    }
  }

  followAddress() {
    const before = this.language.code;
    this.hidden.clear();
    this.restore();
    if (this.language.code !== before) {
      this.translate();
    }
    this.showParts();
    this.layOut();
    this.place();
  }

  speak(code) {
    this.language.set(code);
    this.translate();
    this.showParts();
    this.draw(false);
  }

  /** Texts of the skeleton in the language. */
  translate() {
    const { language, dataset } = this;
    document.documentElement.lang = language.code;
    document.querySelectorAll("[data-text]").forEach((element) => { element.textContent = language.say(element.dataset.text); });
    document.querySelectorAll("[data-label]").forEach((element) => { element.setAttribute("aria-label", language.say(element.dataset.label)); });
    byId("language").textContent = language.say("language");
    byId("language").lang = language.code === "fr" ? "en" : "fr";
    byId("north").setAttribute("aria-label", language.say("north"));
    byId("panel").setAttribute("aria-label", language.say("panel"));
    const data = dataset.document;
    byId("subtitle").textContent = [data.territory, language.of(data.date)].filter(Boolean).join(" · ");
    byId("sources").replaceChildren(...data.sources.map((source) => make("li", {}, language.of(source))), make("li", {}, `${language.say("projection")}${language.code === "fr" ? " : " : ": "}${data.plane}`));
    const options = () => {
      const groups = new Map();
      for (const map of dataset.maps) {
        const key = map.subject.kind;
        groups.set(key, [...(groups.get(key) ?? []), make("option", { value: map.name }, language.of(map.title))]);
      }
      return [...groups].map(([kind, list]) => make("optgroup", { label: language.say(`group_${kind}`) }, ...list));
    };
    this.parts = partsOf(dataset, language);
    byId("part-control").hidden = this.parts.length === 0;
    byId("part").replaceChildren(make("option", { value: "" }, "—"), make("option", { value: "all" }, language.say("all_parts")), ...this.parts.map((part, k) => make("option", { value: k }, part.name)));
    byId("view").replaceChildren(...options());
    byId("second").replaceChildren(...options());
    this.search.forget();
  }

  /** Everything beside the map. */
  showParts() {
    this.showHeads();
    this.showLegends();
    this.showSelection();
    byId("words").replaceChildren(...this.sentences.describe(this.map).map((line) => make("p", {}, line)));
    this.table.show(this.map, this.hidden);
  }

  /** Titles and choices. */
  showHeads() {
    const { state, language, map } = this;
    const comparing = state.mode !== "";
    byId("view").value = map.name;
    byId("compare").value = state.mode;
    byId("second").value = this.second.name;
    byId("names").value = state.names;
    byId("scope").value = state.scope;
    byId("second-control").hidden = !comparing;
    byId("pane-second").hidden = !comparing;
    byId("panes").dataset.mode = state.mode;
    byId("swipe-control").hidden = state.mode !== "swipe";
    byId("swipe-line").hidden = state.mode !== "swipe";
    byId("map-title").textContent = comparing ? `${language.of(map.title)} / ${language.of(this.second.title)}` : language.of(map.title);
    byId("map-title").classList.toggle("hidden", comparing);
    byId("question").textContent = language.of(map.question);
    byId("question").hidden = comparing;
    byId("map").setAttribute("aria-label", `${language.say("map")} : ${language.of(map.title)}`);
    document.querySelectorAll(".pane-title").forEach((title, k) => {
      title.hidden = !comparing;
      title.textContent = language.of((k ? this.second : map).title);
    });
    this.slide(state.swipe, true);
    this.showHour();
  }

  /** Communes to hatch on a map; null for none. */
  without(map) {
    const asked = this.state.hour >= 0 ? this.hours.questionOf(map) : null;
    return asked && this.hours.without(asked.name, this.state.hour);
  }

  setHour(hour) {
    this.state.hour = hour;
    this.showHour();
    this.draw(false);
  }

  /** The control of the hour, where a map shown has hours, and what it says. */
  showHour() {
    const { state, language } = this;
    const maps = [this.map, ...(state.mode ? [this.second] : [])].filter((map) => this.hours.questionOf(map));
    const isOn = state.hour >= 0;
    byId("hour-part").hidden = maps.length === 0;
    byId("hour-on").checked = isOn;
    byId("hour-control").hidden = !isOn;
    byId("hour-help").hidden = !isOn;
    if (isOn) {
      byId("hour").value = state.hour;
      byId("hour").setAttribute("aria-valuetext", hourText(state.hour, language));
    }
    byId("hour-words").replaceChildren(...(isOn && maps.length ? [swatch(kWithoutOffer), " ", this.sentences.hour(hourText(state.hour, language), this.without(maps[0]), state.selected)] : []));
  }

  goToPart(value) {
    const part = this.parts[value];
    if (value === "all") {
      this.viewport.set(this.viewport.fitted(this.geometry.extent(false)));
    } else if (part) {
      this.viewport.goTo(this.boxOf(part.areas));
    }
    this.wentTo = this.viewport.transform;
    byId("part").value = value;
    if (part) {
      byId("live").textContent = `${part.name} : ${this.sentences.communes(part.areas.length)}`;
    }
  }

  /** Box of communes that have contours. */
  boxOf(areas) {
    const boxes = areas.filter((area) => this.geometry.hasContour(area)).map((area) => this.geometry.box.subarray(area * 4, area * 4 + 4));
    return boxes.length ? [0, 1, 2, 3].map((side) => boxes.reduce((most, box) => (side < 2 ? Math.min : Math.max)(most, box[side]), side < 2 ? Infinity : -Infinity)) : null;
  }

  showLegends() {
    const shared = { dataset: this.dataset, classes: this.classes, hidden: this.hidden, language: this.language, toggle: (view, k, isShown) => this.toggle(view, k, isShown) };
    showLegend(byId("legend"), { ...shared, map: this.map });
    byId("legend-second").hidden = !this.state.mode;
    if (this.state.mode) {
      showLegend(byId("legend-second"), { ...shared, map: this.second, suffix: "-second" });
      byId("legend-second").prepend(make("h3", {}, this.language.of(this.second.title)));
    }
  }

  showSelection() {
    this.showHour();
    this.card.show(this.state.selected, this.map);
    this.charts.show(this.map, this.state.selected, this.state.scope);
  }

  toggle(view, k, isShown) {
    const off = this.hidden.get(view.name) ?? new Set();
    if (isShown) {
      off.delete(k);
    } else {
      off.add(k);
    }
    this.hidden.set(view.name, off);
    this.draw(false);
    this.table.show(this.map, this.hidden);
  }

  showAll() {
    this.hidden.clear();
    this.showLegends();
    this.draw(false);
    this.table.show(this.map, this.hidden);
  }

  slide(percent, isQuiet) {
    this.state.swipe = percent;
    byId("swipe").value = percent;
    const isSwipe = this.state.mode === "swipe";
    byId("pane-second").style.clipPath = isSwipe ? `inset(0 0 0 ${percent}%)` : "";
    byId("swipe-line").style.left = `${percent}%`;
    if (!isQuiet) {
      this.keep();
    }
  }

  highlight(areas) {
    this.highlighted = new Set(areas);
    this.drawOverlay();
    byId("live").textContent = areas.length ? `${this.language.say("highlight_note")} : ${this.language.number(areas.length)}` : "";
  }

  select(area) {
    this.state.selected = area;
    this.showSelection();
    this.drawOverlay();
    this.keep();
    byId("live").textContent = area >= 0 ? this.sentences.spoken(area, this.map) : "";
  }

  showCommune(area) {
    if (area >= 0 && this.geometry.hasContour(area)) {
      const box = this.geometry.box.subarray(area * 4, area * 4 + 4);
      const around = 6 * Math.max(box[2] - box[0], box[3] - box[1]);
      const { centreX, centreY } = this.geometry;
      this.viewport.goTo([centreX[area] - around, centreY[area] - around, centreX[area] + around, centreY[area] + around]);
    }
  }

  found(entry) {
    if (!entry.isZone) {
      this.select(entry.areas[0]);
      this.showCommune(entry.areas[0]);
      return;
    }
    const box = this.boxOf(entry.areas);
    if (box) {
      this.viewport.goTo(box);
      this.highlight(entry.areas);
    }
  }

  async copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      byId("link-status").textContent = this.language.say("copied");
    } catch {
      byId("link-status").textContent = location.href;
    }
  }
}
