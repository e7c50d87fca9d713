// Bundles src/ into dist/, which is part of the repository: the program is built without npm. Usage: node build.mjs [folder]
import { readFileSync, writeFileSync, mkdirSync, readdirSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "dist");
mkdirSync(target, { recursive: true });
const shared = { minify: true, legalComments: "none", charset: "utf8", logLevel: "warning", write: true, absWorkingDir: here };
const result = await build({ ...shared, entryPoints: ["src/main.js"], bundle: true, format: "iife", target: ["es2022"], outfile: join(target, "page.js"), metafile: true });
await build({ ...shared, entryPoints: ["src/page.css"], outfile: join(target, "page.css") });
writeFileSync(join(target, "page.html"), readFileSync(join(here, "src/page.html")));

const packages = [...new Set(Object.keys(result.metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean))].sort();
const licences = packages.map((name) => {
  const folder = join(here, "node_modules", name);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file || !existsSync(join(folder, file))) {
    throw new Error(`${name}: no licence text`);
  }
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim()}\n`;
});
writeFileSync(join(target, "licences.txt"), licences.join("\n----\n\n"));
