// How long a page takes to its first complete view. Usage: node first_view.mjs carte.html [runs]. Not a test: times belong to a quiet machine.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { launch } from "./browser.mjs";

const [file, runs = "5"] = process.argv.slice(2);

/** Processor seconds of each renderer of a browser. */
function rendererSeconds() {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((name) => {
    try {
      const isRenderer = readFileSync(`/proc/${name}/cmdline`, "utf8").includes("--type=renderer");
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1].split(" ");
      return isRenderer ? (Number(fields[11]) + Number(fields[12])) / 100 : 0;
    } catch {
      return 0;
    }
  });
}

const walls = [];
const processor = [];
for (let run = 0; run < Number(runs); run += 1) {
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  const before = Math.max(0, ...rendererSeconds());
  await page.goto(`file://${file}`, { waitUntil: "commit" });
  await page.waitForFunction(() => window.maillage?.firstView, null, { polling: 30, timeout: 120000 });
  processor.push(Math.max(0, ...rendererSeconds()) - before);
  walls.push(await page.evaluate(() => window.maillage.firstView));
  await browser.close();
}
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
console.log(`${(statSync(file).size / 1e6).toFixed(2)} MB, first view ${Math.round(median(walls))} ms (least ${Math.round(walls[0])}), processor ${median(processor).toFixed(2)} s, medians of ${runs}`);
