// The assets in the repository are those that their sources make, byte for byte.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { skip } from "./browser.mjs";

const own = fileURLToPath(new URL("../../maps/assets/", import.meta.url));
const packages = process.env.MAILLAGE_ASSET_PACKAGES ?? "";
if (!existsSync(join(packages, "node_modules/esbuild"))) {
  skip("npm's esbuild is not installed in MAILLAGE_ASSET_PACKAGES");
}
const target = mkdtempSync(join(tmpdir(), "maillage-assets-"));
execFileSync(process.execPath, [join(own, "build.mjs"), target], { env: { ...process.env, MAILLAGE_ASSET_PACKAGES: packages }, stdio: "inherit" });
assert.deepEqual(readdirSync(target).sort(), readdirSync(join(own, "dist")).sort());
for (const name of readdirSync(target)) {
  assert.ok(readFileSync(join(target, name)).equals(readFileSync(join(own, "dist", name))), `${name} is not what its sources make: run npm ci && node build.mjs in maps/assets`);
}
rmSync(target, { recursive: true });
console.log("assets made anew");
