// What axe-core and vnu say of a document.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { basename, dirname, join } from "node:path";
import { createRequire } from "node:module";
import { findProgram, need } from "./browser.mjs";

/** The script that a page needs before its violations are asked for. */
export const axe = need("axe-core").source;

/** Violations of WCAG 2.2 AA and of good practice, as axe-core names them. */
export async function violations(page) {
  return page.evaluate(async () => {
    const found = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
    return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
  });
}

/** Fails at any error of the Nu HTML checker. */
export function validates(file) {
  const java = findProgram(["java"]);
  if (!java) {
    console.log("vnu: no java, not checked");
    return;
  }
  const jar = createRequire(join(process.env.MAILLAGE_PAGE_PACKAGES, "package.json")).resolve("vnu-jar/build/dist/vnu.jar");
  try {
    execFileSync(java, ["-Xss1m", "-jar", jar, "--errors-only", "--format", "text", file], { stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    assert.fail(`vnu in ${dirname(jar)}: ${error.stderr}`);
  }
  console.log(`vnu: 0 errors in ${basename(file)}`);
}
