// Usage: npm ci && node libraries.mjs carte.html [runs]: medians, in milliseconds, in headless Chromium.
import { readFileSync, statSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const [file, runs = "5"] = process.argv.slice(2);
const made = await build({ entryPoints: ["candidates.js"], bundle: true, minify: true, write: false, format: "iife", nodePaths: ["node_modules"] });
const block = /<script type="application\/octet-stream" id="first">[^<]*<\/script>/.exec(readFileSync(file, "utf8"))[0];
const page = join(mkdtempSync(join(tmpdir(), "maillage-bench-")), "bench.html");
writeFileSync(page, `<!doctype html><meta charset="utf-8"><body>${block}<script>${made.outputFiles[0].text.replaceAll("</script", "<\\/script")}</script>`);
const all = [];
for (let run = 0; run < Number(runs); run += 1) {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const tab = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  tab.on("pageerror", (error) => console.error(error.message));
  await tab.goto(`file://${page}`);
  await tab.waitForFunction(() => window.result, null, { timeout: 180000 });
  all.push(await tab.evaluate(() => window.result));
  await browser.close();
}
const median = (name) => all.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(all.length / 2)];
console.log(`${median("communes")} communes, page of ${(statSync(file).size / 1e6).toFixed(1)} MB, medians of ${all.length}`);
for (const name of ["own", "d3", "ol"]) {
  console.log(`${name}: first ${Math.round(median(`${name}_first`))} ms, frame ${Math.round(median(`${name}_frame`))} ms`);
}
for (const [name, entry] of [["own", "d3-zoom, d3-selection, flatbush"], ["ol", "ol"]]) {
  const code = name === "own" ? 'import "d3-zoom"; import "d3-selection"; import "flatbush"; import * as z from "d3-zoom"; import * as s from "d3-selection"; import F from "flatbush"; console.log(z.zoom, s.select, F);' : 'import Map from "ol/Map.js"; import View from "ol/View.js"; import VectorLayer from "ol/layer/Vector.js"; import VectorSource from "ol/source/Vector.js"; console.log(Map, View, VectorLayer, VectorSource);';
  const size = (await build({ stdin: { contents: code, resolveDir: "." }, bundle: true, minify: true, write: false, nodePaths: ["node_modules", "../../maps/assets/node_modules"] })).outputFiles[0].contents.length;
  console.log(`${entry}: ${Math.round(size / 1000)} kB minified`);
}
