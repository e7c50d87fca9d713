// Bundles src/ into dist/, which is part of the repository: the program is built without npm. Usage: node build.mjs [folder]
// Packages stand in node_modules here, or where MAILLAGE_ASSET_PACKAGES says.
import { readFileSync, writeFileSync, mkdirSync, readdirSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packagesFolder = process.env.MAILLAGE_ASSET_PACKAGES ?? here;
const { build } = createRequire(join(packagesFolder, "package.json"))("esbuild");
const target = process.argv[2] ?? join(here, "dist");
mkdirSync(target, { recursive: true });
const shared = { minify: true, legalComments: "none", charset: "utf8", logLevel: "warning", write: true, absWorkingDir: here, nodePaths: [join(packagesFolder, "node_modules")] };
const result = await build({ ...shared, entryPoints: ["src/main.js"], bundle: true, format: "iife", target: ["es2022"], outfile: join(target, "page.js"), metafile: true });
await build({ ...shared, entryPoints: ["src/page.css"], outfile: join(target, "page.css") });
writeFileSync(join(target, "page.html"), readFileSync(join(here, "src/page.html")));

const packages = [...new Set(Object.keys(result.metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean))].sort();
const licences = packages.map((name) => {
  const folder = join(packagesFolder, "node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file || !existsSync(join(folder, file))) {
    throw new Error(`${name}: no licence text`);
  }
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim()}\n`;
});
writeFileSync(join(target, "licences.txt"), licences.join("\n----\n\n"));
