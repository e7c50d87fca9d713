// The page in Firefox ESR, driven over WebDriver BiDi: it opens complete, moves, searches and shows every map.
import assert from "node:assert/strict";
import { findProgram, need, pageFile, skip } from "./browser.mjs";

const firefox = findProgram(["firefox-esr", "firefox"]);
if (!firefox) {
  skip("no Firefox");
}
const puppeteer = need("puppeteer-core");
const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true, args: ["--width=1366", "--height=768"] });
const page = await browser.newPage();
await page.setViewport({ width: 1366, height: 700 });
const said = [];
page.on("console", (message) => ["error", "warn"].includes(message.type()) && said.push(message.text()));
page.on("pageerror", (error) => said.push(error.message));
await page.goto(`file://${pageFile}`);
await page.waitForFunction(() => window.maillage?.complete, { timeout: 60000 });
const drawn = () => page.evaluate(() => window.maillage.drawn);
assert.deepEqual((await drawn())[0].layers, { communes: 3782, departements: 5, structures: 4035 });
const maps = await page.$$eval("#view option", (options) => options.map((option) => option.value));
for (const map of maps) {
  await page.select("#view", map);
  await page.waitForFunction((name) => window.maillage.drawn[0].map === name && window.maillage.drawn[0].complete, {}, map);
}
await page.type("#search", "amiens");
await page.keyboard.press("Enter");
assert.equal(await page.$eval("#card-name", (element) => element.textContent), "Amiens");
await page.focus("#map");
await page.keyboard.press("ArrowRight");
assert.match(await page.$eval("#live", (element) => element.textContent), /habitant/);
const colours = await page.evaluate(() => {
  const canvas = document.querySelector("#pane-first canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let k = 0; k < data.length; k += 400) {
    seen.add(`${data[k]},${data[k + 1]},${data[k + 2]}`);
  }
  return seen.size;
});
assert.ok(colours > 5, `${colours} colours on the map`);
assert.deepEqual(said, []);
await browser.close();
console.log(`Firefox: ${maps.length} maps`);
