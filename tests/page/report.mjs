// The report and the sheet of a commune: vnu and axe-core find nothing, wide, 320 pixels narrow and in dark surroundings; no request, no error.
import assert from "node:assert/strict";
import { basename } from "node:path";
import { axe, validates, violations } from "./audits.mjs";
import { launch, openFile, skip } from "./browser.mjs";

const documents = (process.env.MAILLAGE_DOCUMENTS ?? "").split(":").filter(Boolean);
if (documents.length === 0) {
  skip("MAILLAGE_DOCUMENTS names no document");
}

async function check(browser, file, size) {
  const { page, said, context } = await openFile(browser, { file, size });
  assert.ok((await page.textContent("h1")).length > 3);
  assert.equal(await page.getAttribute("html", "lang"), "fr");
  await page.evaluate(axe);
  assert.deepEqual(await violations(page), [], `${basename(file)} at ${size.width}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${basename(file)} is ${wide} pixels too wide at ${size.width}`);
  assert.deepEqual(said, []);
  await context.close();
}

documents.forEach(validates);
const browser = await launch();
for (const file of documents) {
  await check(browser, file, { width: 1366, height: 768 });
  await check(browser, file, { width: 320, height: 640 });
  console.log(`${basename(file)}: no violation`);
}
await browser.close();
