// axe-core on every map, wide and 320 pixels narrow; reflow at 320 pixels and at 200 % text; vnu on the document.
import assert from "node:assert/strict";
import { axe, validates, violations } from "./audits.mjs";
import { launch, maps, open, pageFile, show } from "./browser.mjs";

async function check(browser, size) {
  const { page, said } = await open(browser, { size });
  await page.evaluate(axe);
  for (const map of await maps(page)) {
    await show(page, map);
    assert.deepEqual(await violations(page), [], `${map} at ${size.width}`);
    if (await page.isVisible("#hour-on")) {
      await page.check("#hour-on");
      assert.deepEqual(await violations(page), [], `${map} at an hour, at ${size.width}`);
      await page.uncheck("#hour-on");
    }
  }
  await page.fill("#search", "saint");
  assert.deepEqual(await violations(page), [], "the list of the search");
  await page.keyboard.press("Enter");
  await page.selectOption("#scope", "epci");
  await page.selectOption("#compare", "swipe");
  await page.click("#language");
  assert.deepEqual(await violations(page), [], "a commune, compared, in English");
  await page.selectOption("#compare", "");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide at ${size.width}`);
  assert.deepEqual(said, []);
  await page.context().close();
}

/** Every control can be reached with the keyboard alone, has a visible focus, and none holds it. */
async function tabs(browser) {
  const { page, context } = await open(browser);
  const seen = [];
  for (let k = 0; k < 60; k += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const one = document.activeElement;
      const style = getComputedStyle(one);
      return { id: one.id || one.textContent.trim().slice(0, 20), outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, body: one === document.body };
    });
    if (at.body) {
      break;
    }
    assert.ok(at.outline, `no visible focus on ${at.id}`);
    seen.push(at.id);
  }
  for (const id of ["search", "language", "view", "compare", "names", "map", "zoom-in", "home", "show-all", "scope"]) {
    assert.ok(seen.includes(id), `${id} is reached`);
  }
  await context.close();
}

/** Reduced motion and text twice as large lose nothing. */
async function enlarges(browser) {
  const { page, context } = await open(browser, { size: { width: 683, height: 384 } });
  await page.emulateMedia({ reducedMotion: "reduce" });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide at 200 %`);
  for (const id of ["view", "search", "map", "export"]) {
    assert.ok(await page.isVisible(`#${id}`), id);
  }
  await context.close();
}

validates(pageFile);
const browser = await launch();
await tabs(browser);
console.log("keyboard");
await enlarges(browser);
console.log("200 %");
await check(browser, { width: 1366, height: 768 });
console.log("1366 pixels");
await check(browser, { width: 320, height: 640 });
console.log("320 pixels");
await browser.close();
