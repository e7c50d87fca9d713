// axe-core on every map, wide and 320 pixels narrow; reflow at 320 pixels and at 200 % text; vnu on the document.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { findProgram, launch, maps, need, open, pageFile, show } from "./browser.mjs";

const { source } = need("axe-core");

/** Violations of WCAG 2.2 AA and of good practice, as axe-core names them. */
async function violations(page) {
  return page.evaluate(async () => {
    const found = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
    return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
  });
}

async function check(browser, size) {
  const { page, said } = await open(browser, { size });
  await page.evaluate(source);
  for (const map of await maps(page)) {
    await show(page, map);
    assert.deepEqual(await violations(page), [], `${map} at ${size.width}`);
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

function validates() {
  const java = findProgram(["java"]);
  if (!java) {
    console.log("vnu: no java, not checked");
    return;
  }
  const jar = createRequire(join(process.env.MAILLAGE_PAGE_PACKAGES, "package.json")).resolve("vnu-jar/build/dist/vnu.jar");
  try {
    execFileSync(java, ["-Xss1m", "-jar", jar, "--errors-only", "--format", "text", pageFile], { stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    assert.fail(`vnu in ${dirname(jar)}: ${error.stderr}`);
  }
  console.log("vnu: 0 errors");
}

validates();
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
