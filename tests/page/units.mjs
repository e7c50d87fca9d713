// Parts of the page that need no browser: classes, ranks, curves, CSV, search, words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { classesOf } from "../../maps/assets/src/classes.js";
import { coverageByTier, histogram, lorenz } from "../../maps/assets/src/charts.js";
import { ranksOf } from "../../maps/assets/src/dataset.js";
import { plain } from "../../maps/assets/src/elements.js";
import { matches } from "../../maps/assets/src/search.js";
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
