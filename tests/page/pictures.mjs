// What maps look like: each is compared with a small reference, cell by cell, with a tolerance that fonts and antialiasing need.
// `node pictures.mjs --write` makes the references anew: look at the maps first.
import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { launch, maps, open, pageFile, show } from "./browser.mjs";

const kFile = new URL("pictures.json", import.meta.url);
const kColumns = 36;
const kRows = 24;
const kMeanTolerance = 3;
const kCellTolerance = 45;

/** Mean colour of each cell of the first map. */
const cells = (page) => page.evaluate(([columns, rows]) => {
  const canvas = document.querySelector("#pane-first canvas");
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data, width, height } = copy.getImageData(0, 0, canvas.width, canvas.height);
  const sums = new Float64Array(columns * rows * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cell = 4 * (Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width));
      const at = 4 * (y * width + x);
      for (let c = 0; c < 3; c += 1) {
        sums[cell + c] += data[at + c];
      }
      sums[cell + 3] += 1;
    }
  }
  let text = "";
  for (let cell = 0; cell < sums.length; cell += 4) {
    for (let c = 0; c < 3; c += 1) {
      text += Math.round(sums[cell + c] / sums[cell + 3]).toString(16).padStart(2, "0");
    }
  }
  return text;
}, [kColumns, kRows]);

const channels = (text) => text.match(/../g).map((pair) => parseInt(pair, 16));

assert.ok(statSync(pageFile).size < 2e6, "a region's page is at most 2 MB");
const browser = await launch(["--force-device-scale-factor=1"]);
const { page, said } = await open(browser);
await page.selectOption("#names", "none");
const made = {};
for (const map of await maps(page)) {
  await show(page, map);
  made[map] = await cells(page);
}
assert.deepEqual(said, []);
await browser.close();
if (process.argv.includes("--write")) {
  writeFileSync(kFile, `${JSON.stringify(made, null, 1)}\n`);
} else {
  const references = JSON.parse(readFileSync(kFile, "utf8"));
  assert.deepEqual(Object.keys(made), Object.keys(references));
  for (const [map, text] of Object.entries(made)) {
    const wanted = channels(references[map]);
    const apart = channels(text).map((value, k) => Math.abs(value - wanted[k]));
    const mean = apart.reduce((sum, value) => sum + value, 0) / apart.length;
    assert.ok(mean < kMeanTolerance && Math.max(...apart) < kCellTolerance, `${map}: ${mean.toFixed(2)} apart on average, ${Math.max(...apart)} at most`);
  }
  assert.ok(new Set(Object.values(references)).size > Object.keys(references).length * 0.8, "maps differ from one another");
}
console.log(`${Object.keys(made).length} maps`);
