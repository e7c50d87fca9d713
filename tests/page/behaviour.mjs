// What a reader does with the page: looks, moves, searches, clicks, compares, exports; with and without graphics hardware.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { drawn, launch, maps, open, seasFile, show } from "./browser.mjs";

const text = (page, selector) => page.textContent(selector);

async function opensComplete(page) {
  const [first] = await drawn(page);
  assert.equal(first.map, "structures");
  assert.deepEqual(first.layers, { communes: 3782, departements: 5, structures: 4035 });
  assert.ok(first.labels > 10, "names on the map");
  assert.match(await text(page, "h1"), /2019/);
  assert.equal(await page.getAttribute("html", "lang"), "fr");
}

async function showsEveryMap(page) {
  const all = await maps(page);
  assert.ok(all.length >= 20, `${all.length} maps`);
  for (const map of all) {
    const [shown] = await show(page, map);
    assert.equal(Math.max(shown.layers.communes ?? 0, shown.layers.continuite ?? 0), 3782, map);
    assert.ok((await page.$$("#legend input[type=checkbox]")).length > 0, `${map} has a legend`);
    assert.ok((await text(page, "#words")).length > 100, `${map} is told in words`);
  }
  await show(page, "structures");
}

async function moves(page) {
  const before = await page.evaluate(() => location.hash);
  const box = await (await page.$("#map")).boundingBox();
  await page.mouse.move(box.x + 400, box.y + 250);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 200, { steps: 5 });
  await page.mouse.up();
  await page.mouse.wheel(0, -400);
  await page.waitForFunction((hash) => location.hash !== hash && location.hash.includes("position="), before);
  await page.waitForFunction(() => window.maillage.drawn[0].layers.communes < 3782);
  await page.click("#zoom-in");
  await page.click("#zoom-out");
  await page.click("#home");
  await page.waitForFunction(() => window.maillage.drawn[0].layers.communes === 3782);
}

async function searches(page) {
  await page.fill("#search", "etaples");
  assert.match(await text(page, "#search-list li:first-child"), /^Étaples62318/);
  assert.equal(await page.getAttribute("#search", "aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.getAttribute("#search", "aria-activedescendant"), "option-0");
  await page.keyboard.press("Enter");
  assert.equal(await text(page, "#card-name"), "Étaples");
  assert.equal(await page.getAttribute("#search", "aria-expanded"), "false");
  await page.waitForFunction(() => location.hash.includes("commune=62318"));
}

async function clicks(page) {
  await page.click("#home");
  await page.click("#map", { position: { x: 200, y: 20 } });
  assert.equal(await page.$("#card-name"), null, "the sea is no commune");
  const box = await (await page.$("#map")).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector("#tip:not([hidden])");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  assert.ok((await text(page, "#card-name")).length > 2);
  assert.match(await text(page, "#card"), /Rang .* sur 3.782/);
  assert.match(await text(page, "#live"), /habitant/);
}

async function walks(page) {
  await page.focus("#map");
  const seen = new Set();
  for (const key of ["ArrowRight", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"]) {
    await page.keyboard.press(key);
    seen.add(await text(page, "#live"));
  }
  assert.ok(seen.size >= 4, `walked over ${seen.size} communes`);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "card-name");
  await page.focus("#map");
  await page.keyboard.press("Escape");
  assert.equal(await page.$("#card-name"), null);
  const hash = await page.evaluate(() => location.hash);
  await page.keyboard.press("+");
  await page.keyboard.press("Shift+ArrowLeft");
  await page.waitForFunction((before) => location.hash !== before, hash);
  await page.keyboard.press("Home");
}

async function filters(page) {
  await show(page, "couverture_biblio_10km");
  const box = page.locator("#legend li", { hasText: "Commune couverte" }).locator("input");
  await box.uncheck();
  await page.waitForFunction(() => window.maillage.drawn[0].layers.communes < 3000);
  assert.match(await text(page, "#table-status"), /1.348 lignes/);
  await page.click("#show-all");
  await page.waitForFunction(() => window.maillage.drawn[0].layers.communes === 3782);
}

async function compares(page) {
  await page.selectOption("#compare", "side");
  await page.selectOption("#second", "cout_relais_10km");
  await page.waitForFunction(() => window.maillage.drawn.length === 2 && window.maillage.drawn[1].map === "cout_relais_10km");
  await page.selectOption("#compare", "swipe");
  await page.fill("#swipe", "25");
  assert.match(await page.getAttribute("#pane-second", "style"), /inset\(0(px)? 0(px)? 0(px)? 25%\)/);
  await page.waitForFunction(() => location.hash.includes("rideau=25"));
  await page.focus("#swipe");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.inputValue("#swipe"), "26");
  await page.selectOption("#compare", "");
}

async function charts(page) {
  await show(page, "cout_biblio_10km");
  assert.equal(await page.locator("#charts figure").count(), 3);
  await page.locator("#charts .bar").nth(1).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#charts .bar").nth(1).getAttribute("aria-pressed"), "true");
  assert.match(await text(page, "#live"), /mises en évidence/);
}

async function exports(page) {
  await page.selectOption("#table-source", "communes");
  await page.fill("#table-filter", "saint-quentin");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#export")]);
  const csv = readFileSync(await download.path(), "utf8");
  assert.ok(csv.startsWith("\uFEFFcode;nom;population;"), csv.slice(0, 40));
  assert.match(csv, /02691;Saint-Quentin;53816;/);
  await page.fill("#table-filter", "");
  await page.locator("#table th button", { hasText: "Nom" }).first().click();
  assert.equal(await page.locator("#table th[aria-sort=ascending]").count(), 1);
}

/** The slider says when, the map hatches who is without an offer then, and the words count them. */
async function looksAtAnHour(page) {
  assert.equal(await page.isVisible("#hour-part"), false, "no hours on a map of coverage");
  await show(page, (await maps(page)).find((map) => map.startsWith("mairie_ouverte") || map.includes("mairie_ouverte_heures")));
  const hatched = async () => (await drawn(page))[0].layers.without_offer;
  assert.equal(await hatched(), undefined);
  await page.check("#hour-on");
  assert.equal(await page.getAttribute("#hour", "aria-valuetext"), "mercredi 14\u00a0h");
  const afternoon = await hatched();
  assert.ok(afternoon > 300 && afternoon < 3000, `${afternoon} communes without a town hall open on Wednesday at 14 h`);
  assert.match(await text(page, "#hour-words"), /^ ?mercredi 14.h : [\d\u202f]+ communes sans offre à portée, [\d\u202f]+ habitants\.$/);
  await page.focus("#hour");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.getAttribute("#hour", "aria-valuetext"), "mercredi 15\u00a0h");
  await page.keyboard.press("PageUp");
  assert.equal(await page.getAttribute("#hour", "aria-valuetext"), "jeudi 15\u00a0h");
  await page.fill("#hour", String(6 * 24 + 3));
  assert.equal(await hatched(), 3782, "nobody is served on Sunday at 3 h");
  await page.waitForFunction(() => location.hash.includes("heure=147"));
  await page.uncheck("#hour-on");
  assert.equal(await hatched(), undefined);
  assert.equal(await text(page, "#hour-words"), "");
}

/** Each part of the territory can be gone to, by keyboard, where there are several. */
async function goesToParts(browser) {
  const { page, said, context } = await open(browser, { file: seasFile });
  const names = await page.$$eval("#part option", (options) => options.map((option) => option.textContent));
  assert.deepEqual(names, ["—", "Tout le territoire", "Métropole", "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"]);
  const all = 679 + 1 + 32 + 34 + 22 + 24 + 17;
  for (const [name, communes] of [["Guadeloupe", 32], ["Mayotte", 17], ["La Réunion", 24], ["Guyane", 22]]) {
    await page.focus("#part");
    await page.selectOption("#part", { label: name });
    const [{ layers }] = await drawn(page);
    // Guyane is as large as all else together: its neighbours on the page stay in sight.
    assert.ok(layers.communes >= communes && (name === "Guyane" || layers.communes <= communes + 34), `${name}: ${layers.communes} communes`);
    assert.match(await text(page, "#live"), new RegExp(`^${name} : ${communes} communes`));
  }
  await page.selectOption("#part", "all");
  assert.ok((await drawn(page))[0].layers.communes > all - 10);
  await page.click("#zoom-in");
  assert.equal(await page.inputValue("#part"), "", "looked elsewhere");
  assert.deepEqual(said, []);
  await context.close();
}

async function speaksEnglish(page) {
  await page.click("#language");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.match(await text(page, "#words"), /inhabitants/);
  assert.match(await text(page, "#words"), /3,782 communes/);
  await page.click("#language");
  assert.match(await text(page, "#words"), /habitants/);
}

async function opensFromALink(browser) {
  const { page, context } = await open(browser, { fragment: "#carte=cout_biblio_10km&avec=structures&mode=side&commune=80021&langue=en" });
  assert.equal(await page.inputValue("#view"), "cout_biblio_10km");
  assert.equal(await text(page, "#card-name"), "Amiens");
  assert.equal((await drawn(page)).length, 2);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await context.close();
}

async function prints(page) {
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.waitForFunction(() => document.querySelector("#pane-first img").naturalWidth > 300);
  assert.equal(await page.isVisible("#pane-first img"), true);
  assert.equal(await page.isVisible(".controls"), false);
  assert.equal(await page.isVisible("#pane-first canvas"), false);
  await page.emulateMedia({ media: "screen" });
}

for (const options of [[], ["--disable-3d-apis"]]) {
  const browser = await launch(options);
  const { page, said } = await open(browser);
  const steps = options.length ? [opensComplete, moves, clicks] : [opensComplete, showsEveryMap, moves, searches, clicks, walks, filters, compares, charts, looksAtAnHour, exports, speaksEnglish, prints];
  for (const step of steps) {
    await step(page);
    console.log(`${step.name} ${options.join(" ")}`);
  }
  if (!options.length) {
    await opensFromALink(browser);
    await goesToParts(browser);
  }
  assert.deepEqual(said, []);
  await browser.close();
}
