// Opens a page from disk in Debian's Chromium, without any network, and notes everything it says and asks for.
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { join } from "node:path";

const kSkip = 77;
const packages = process.env.MAILLAGE_PAGE_PACKAGES ?? "";
export const pageFile = process.env.MAILLAGE_PAGE ?? "";
/** A page of a territory with overseas departements. */
export const seasFile = process.env.MAILLAGE_PAGE_SEAS ?? "";

/** A package of the tests; says why the test is skipped where it is absent. */
export function need(name) {
  try {
    return createRequire(join(packages, "package.json"))(name);
  } catch (error) {
    skip(`npm's ${name} is not installed in ${packages || "MAILLAGE_PAGE_PACKAGES"} (${error.code})`);
  }
}

export function skip(reason) {
  console.log(`skipped: ${reason}`);
  process.exit(kSkip);
}

export function findProgram(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(":")) {
      if (existsSync(join(folder, name))) {
        return join(folder, name);
      }
    }
  }
  return null;
}

export async function launch(more = []) {
  const chromium = findProgram(["chromium", "chromium-browser"]);
  if (!chromium) {
    skip("no chromium");
  }
  return need("playwright-core").chromium.launch({ executablePath: chromium, args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND", ...more] });
}

/** A document from disk; `said` fills with errors, dialogs and requests beside the file itself. */
export async function openFile(browser, { file = pageFile, size = { width: 1366, height: 768 }, fragment = "" } = {}) {
  const context = await browser.newContext({ viewport: size, acceptDownloads: true });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => message.type() !== "log" && said.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`file://${file}`) && !url.startsWith("blob:") && !url.startsWith("data:")) {
      said.push(`request: ${url}`);
    }
  });
  await page.goto(`file://${file}${fragment}`);
  return { page, said, context };
}

/** The page, when it has read everything. */
export async function open(browser, what = {}) {
  const opened = await openFile(browser, what);
  await opened.page.waitForFunction(() => window.maillage?.complete, null, { timeout: 60000 });
  return opened;
}

export const drawn = (page) => page.evaluate(() => window.maillage.drawn);

/** Shows a map and waits until all of it is drawn. */
export async function show(page, map) {
  await page.selectOption("#view", map);
  await page.waitForFunction((name) => window.maillage.drawn[0].map === name && window.maillage.drawn[0].complete, map);
  return drawn(page);
}

export const maps = (page) => page.$$eval("#view option", (options) => options.map((option) => option.value));
