// Parts of the page that need no browser: classes, ranks, curves, CSV, search, words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { classesOf } from "../../maps/assets/src/classes.js";
import { coverageByTier, histogram, lorenz } from "../../maps/assets/src/charts.js";
import { ranksOf } from "../../maps/assets/src/dataset.js";
import { plain } from "../../maps/assets/src/elements.js";
import { matches } from "../../maps/assets/src/search.js";
import { drawLabels } from "../../maps/assets/src/labels.js";
import { hourText, Hours } from "../../maps/assets/src/hours.js";
import { partsOf } from "../../maps/assets/src/places.js";
import { ofName } from "../../maps/assets/src/sentences.js";
import { csvCell, csvText } from "../../maps/assets/src/table.js";
import { Language, kTexts } from "../../maps/assets/src/texts.js";

test("equal values share their mean rank, and what has no value may come last", () => {
  assert.deepEqual(ranksOf([3, 1, 1, null], true), [3, 1.5, 1.5, null]);
  assert.deepEqual(ranksOf([3, 1, 1, null], false), [1, 2.5, 2.5, null]);
  assert.deepEqual(ranksOf([3, 1, 1, null, null], true, true), [3, 1.5, 1.5, 4.5, 4.5]);
});

test("classes follow the program's rules: lower bounds are in, categories are texts, the rest is last", () => {
  const columns = { v: [1, 2, 3, null], b: [1, 0, null, 1] };
  const fields = new Map([["v", { name: "v", type: "real" }], ["b", { name: "b", type: "boolean" }]]);
  const layer = { count: 4, field: fields, values: (name) => columns[name] ?? null };
  const dataset = { layers: new Map([["l", layer]]) };
  const view = { layer: "l", field: "v", only: [], classes: [{ holds: "interval", from: null, below: 2 }, { holds: "interval", from: 2, below: null }, { holds: "rest" }] };
  assert.deepEqual([...classesOf(dataset, view)], [0, 1, 1, 2]);
  assert.deepEqual([...classesOf(dataset, { ...view, field: "b", classes: [{ holds: "category", value: "true" }, { holds: "category", value: "false" }] })], [0, 1, -1, 0]);
  assert.deepEqual([...classesOf(dataset, { ...view, only: [["b", "true"]] })], [0, -1, -1, 2]);
  assert.equal(classesOf(dataset, { ...view, field: "absent" }), null);
});

test("Lorenz curve and Gini of a known case", () => {
  const equal = lorenz([2, 2], [10, 30]);
  assert.ok(Math.abs(equal.gini) < 1e-12);
  const unequal = lorenz([0, 1], [1, 1]);
  assert.equal(unequal.gini, 0.5);
  assert.deepEqual(unequal.points, [[0, 0], [0.5, 0], [1, 1]]);
  assert.equal(lorenz([null, null], [1, 1]), null);
});

test("a histogram holds everyone once", () => {
  const values = [0, 1, 5, 9.9, 10, 250, null];
  const people = [1, 2, 3, 4, 5, 6, 7];
  const { bins } = histogram(values, people);
  assert.equal(bins.reduce((sum, bin) => sum + bin.people, 0), 21);
  bins.forEach((bin) => bin.areas.forEach((k) => assert.ok(values[k] >= bin.from && values[k] < bin.below)));
});

test("coverage by tier adds people up", () => {
  const columns = { strate_rang: [1, 1, 2, null], strate: ["a", "a", "b", null], population: [10, 30, 5, 1], c_population_couverte: [10, 0, 5, 1] };
  const dataset = { communes: { values: (name) => columns[name] } };
  assert.deepEqual(coverageByTier(dataset, { name: "c" }, () => true), [{ tier: 1, label: "a", people: 40, covered: 10 }, { tier: 2, label: "b", people: 5, covered: 5 }]);
});

test("CSV opens in a French spreadsheet and runs nothing", () => {
  assert.equal(csvText(["a", "b"], [[1.5, 'x;"y"'], [null, "=1+1"]]), '\uFEFFa;b\r\n1,5;"x;""y"""\r\n;\'=1+1\r\n');
  for (const text of ["+1", "-1", "@x", "\t=1", " =1"]) {
    assert.ok(csvCell(text).startsWith("'"), text);
  }
  assert.equal(csvCell(-1.5), "-1,5");
});

test("search ignores accents, case, hyphens and ligatures", () => {
  assert.equal(plain("Œuf-en-Ternois"), "oeuf en ternois");
  const entries = ["Étaples", "Saint-Étienne", "Le Touquet"].map((label, k) => ({ label, plain: plain(label), weight: k }));
  assert.deepEqual(matches(entries, "ÉTA").map((entry) => entry.label), ["Étaples"]);
  assert.deepEqual(matches(entries, "saint etienne").map((entry) => entry.label), ["Saint-Étienne"]);
  assert.deepEqual(matches(entries, "  "), []);
});

test("names contract as French does", () => {
  assert.deepEqual(["Amiens", "Lille", "Le Quesnoy", "Les Essarts", "Hirson", "Étaples"].map(ofName), ["d’Amiens", "de Lille", "du Quesnoy", "des Essarts", "d’Hirson", "d’Étaples"]);
});

test("numbers follow the locale, costs their unit", () => {
  const french = new Language("fr");
  const english = new Language("en");
  assert.equal(french.cost(12340, "m").replace(/\s/g, " "), "12,3 km");
  assert.equal(english.cost(12340, "m"), "12.3 km");
  assert.equal(french.cost(90, "s").replace(/\s/g, " "), "1,5 min");
  assert.equal(french.value(null, { type: "real" }), "sans valeur");
});

test("both languages say the same things", () => {
  assert.deepEqual(Object.keys(kTexts.fr).sort(), Object.keys(kTexts.en).sort());
});

/** Red, green, blue and opacity of "#rrggbb" or "rgba(...)". */
function channels(colour) {
  return colour.startsWith("#") ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)).concat(1) : colour.match(/[\d.]+/g).map(Number);
}

const over = ([r, g, b, a], ground) => [r, g, b].map((value, k) => value * a + ground[k] * (1 - a));

/** Contrast ratio of WCAG 2.2. */
function contrast(one, other) {
  const [dark, light] = [one, other].map((colour) => colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)))
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test("names on the map are read over the darkest and the lightest commune", () => {
  for (const isZone of [false, true]) {
    const said = [];
    const context = { measureText: () => ({ width: 40 }), strokeText() { said.push(["halo", this.strokeStyle, this.lineWidth]); }, fillText() { said.push(["text", this.fillStyle]); } };
    assert.equal(drawLabels(context, [{ x: 50, y: -50, name: "Laon", size: 12, isZone }], { k: 1, tx: 0, ty: 0, width: 300, height: 300 }), 1);
    const [[first, halo, width], [second, ink]] = said;
    assert.deepEqual([first, second], ["halo", "text"], "the halo lies below the letters");
    assert.ok(width >= 3);
    for (const commune of [[0, 0, 0], [255, 255, 255]]) {
      assert.ok(contrast(over(channels(ink), [0, 0, 0]), over(channels(halo), commune)) >= 4.5);
    }
  }
});

test("hours of the week are said in both languages, and communes change at theirs", () => {
  assert.equal(hourText(62, new Language("fr")), "mercredi 14\u00a0h");
  assert.equal(hourText(0, new Language("fr")), "lundi 0\u00a0h");
  assert.equal(hourText(167, new Language("en")), "Sunday 23:00");
  const hours = new Hours({ document: { continuities: [{ name: "q" }] }, hours: { q: { sizes: [0, 2, 1], steps: [9, 3, 0] } } });
  assert.deepEqual(hours.without("q", 0), [0, 1]);
  assert.deepEqual(hours.without("q", 9), [0]);
  assert.deepEqual(hours.without("q", 11), [0]);
  assert.deepEqual(hours.without("q", 12), [0, 1]);
  assert.equal(hours.questionOf({ subject: { kind: "continuity", position: 0 } }).name, "q");
  assert.equal(hours.questionOf({ subject: { kind: "coverage", position: 0 } }), null);
});

test("parts of a territory are the mainland and each overseas departement", () => {
  const columns = { departement: ["60", "972", "971", "60"], departement_nom: ["Oise", "Martinique", "Guadeloupe", "Oise"] };
  const dataset = { communes: { values: (name) => columns[name], value: (name, area) => columns[name][area] } };
  assert.deepEqual(partsOf(dataset, new Language("fr")).map((part) => [part.name, part.areas]), [["Métropole", [0, 3]], ["Guadeloupe", [2]], ["Martinique", [1]]]);
  columns.departement = ["60", "60", "60", "60"];
  assert.deepEqual(partsOf(dataset, new Language("fr")), []);
});
