// Texts of the data never become markup: 300 hostile strings in every text of the page's data.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { launch, maps, open, pageFile, show } from "./browser.mjs";

const kActs = ["alert(1)", "window.hacked=1", "fetch('https://example.invalid/')", "document.title='x'"];
const kShapes = [
  (act) => `<script>${act}</script>`, (act) => `"><script>${act}</script>`, (act) => `</script><script>${act}</script>`, (act) => `<img src=x onerror="${act}">`,
  (act) => `<svg onload=${act}>`, (act) => `<svg><script>${act}</script></svg>`, (act) => `<iframe src="javascript:${act}"></iframe>`, (act) => `javascript:${act}`, (act) => `' onmouseover='${act}`,
  (act) => `" onfocus="${act}" autofocus="`, (act) => `<a href="javascript:${act}">x</a>`, (act) => `<style>@import 'https://example.invalid/${act}'</style>`, (act) => `<link rel=stylesheet href=https://example.invalid/${act}>`,
  (act) => `<meta http-equiv=refresh content="0;url=https://example.invalid/${act}">`, (act) => `<base href=https://example.invalid/>${act}`, (act) => `<form action=https://example.invalid/><input name=${act}>`, (act) => `<object data=https://example.invalid/${act}>`,
  (act) => `<embed src=https://example.invalid/${act}>`, (act) => `<math><mi xlink:href="javascript:${act}">`, (act) => `<details open ontoggle=${act}>`, (act) => `<video><source onerror=${act}>`, (act) => `{{constructor.constructor('${act}')()}}`,
  (act) => `\${${act}}`, (act) => `<!--${act}-->`, (act) => `]]>${act}`, (act) => `&lt;script&gt;${act}&lt;/script&gt;`, (act) => `&#60;img src=x onerror=${act}&#62;`, (act) => `\u202e${act}\u202c`, (act) => `\u0000${act}\u0007`, (act) => `=cmd|'/c ${act}'!A1`,
  (act) => `+${act}`, (act) => `-${act}`, (act) => `@${act}`, (act) => `\t=${act}`, (act) => `"${act}";x`, (act) => `%3Cscript%3E${act}%3C/script%3E`, (act) => `\\u003cscript\\u003e${act}`, (act) => `<p style="background:url(https://example.invalid/${act})">`,
  (act) => `<body onload=${act}>`, (act) => `<input autofocus onfocus=${act}>`, (act) => `<marquee onstart=${act}>`, (act) => `<template><script>${act}</script></template>`, (act) => `<noscript><p title="</noscript><img src=x onerror=${act}>">`, (act) => `</textarea><script>${act}</script>`,
  (act) => `</title><script>${act}</script>`, (act) => `</option></select><img src=x onerror=${act}>`, (act) => `<table background="javascript:${act}">`, (act) => `<img srcset="https://example.invalid/${act} 1x">`, (act) => `__proto__${act}`, (act) => `constructor${act}`,
  (act) => `<x onclick=${act}>`, (act) => `<a ping=https://example.invalid/ href=#>${act}</a>`, (act) => `<svg><use href="https://example.invalid/${act}#x"/></svg>`, (act) => `<svg><animate onbegin=${act} attributeName=x dur=1s>`, (act) => `<button formaction=javascript:${act}>`, (act) => `<q cite="javascript:${act}">`,
  (act) => `<isindex action="javascript:${act}">`, (act) => `<audio src=x onerror=${act}>`, (act) => `<frameset onload=${act}>`, (act) => `<keygen autofocus onfocus=${act}>`, (act) => `<bgsound src="javascript:${act}">`, (act) => `<layer src="javascript:${act}">`, (act) => `<xss style="behavior:url(${act})">`,
  (act) => `<div id="map">${act}</div>`, (act) => `<b id=first>${act}</b>`, (act) => `<a id=maillage href=#>${act}</a>`, (act) => `<font color="${act}">`, (act) => `<li role=option>${act}`, (act) => `<label for=search>${act}`, (act) => `'"><b>${act}</b>`, (act) => `<![CDATA[<script>${act}</script>]]>`, (act) => `<?php ${act} ?>`, (act) => `<% ${act} %>`, (act) => `‹script›${act}‹/script›`, (act) => `é\u0301<i>${act}</i>`,
];
export const hostile = kShapes.flatMap((shape) => kActs.map(shape));
assert.ok(hostile.length >= 300, `${hostile.length} hostile strings`);

let turn = 0;
const next = () => hostile[turn++ % hostile.length];

/** Names of communes and of structures, every category, every label and title: each becomes a hostile string. */
function spoil(data) {
  const changed = new Map();
  const spoilt = (text) => {
    if (!changed.has(text)) {
      changed.set(text, `${next()} ${changed.size}`);
    }
    return changed.get(text);
  };
  const kKept = new Set(["code", "cle", "commune", "nature", "definition", "origine_point"]);
  for (const layer of Object.values(data.columns ?? {})) {
    for (const [name, column] of Object.entries(layer)) {
      if (!kKept.has(name)) {
        column.texts &&= column.texts.map((text) => (text === null ? null : `${next()} ${text}`));
        column.different &&= column.different.map((text) => `${next()} ${text}`);
      }
    }
  }
  const inBoth = (text) => ({ fr: spoilt(text.fr), en: spoilt(text.en) });
  for (const layer of data.layers ?? []) {
    layer.title = inBoth(layer.title);
    layer.fields.forEach((field) => Object.assign(field, { label: inBoth(field.label), meaning: inBoth(field.meaning), unit: field.unit && !["m", "s"].includes(field.unit) ? next() : field.unit }));
  }
  for (const view of data.views ?? []) {
    Object.assign(view, { title: inBoth(view.title), legend: inBoth(view.legend), note: inBoth(view.note) });
    view.classes.forEach((one) => { one.label = inBoth(one.label); });
  }
  for (const map of data.maps ?? []) {
    Object.assign(map, { title: inBoth(map.title), question: inBoth(map.question) });
  }
  if (data.sources) {
    Object.assign(data, { title: next(), territory: next(), plane: next(), date: inBoth(data.date), sources: data.sources.map(inBoth) });
    [...data.coverages, ...data.accesses, ...data.continuities].forEach((one) => { one.label = next(); });
  }
  return data;
}

const folder = mkdtempSync(join(tmpdir(), "maillage-hostile-"));
const file = join(folder, "carte.html");
const html = readFileSync(pageFile, "utf8").replace(/(<script type="application\/octet-stream" id="\w+">)([^<]*)/g, (all, tag, block) => {
  const data = spoil(JSON.parse(gunzipSync(Buffer.from(block, "base64"))));
  return tag + gzipSync(JSON.stringify(data)).toString("base64");
});
writeFileSync(file, html);

const browser = await launch();
const { page, said } = await open(browser, { file });
const elements = () => page.evaluate(() => [...new Set([...document.querySelectorAll("main *, header *, footer *")].filter((element) => !element.matches(".pane > img.print-only")).map((element) => element.localName))].sort());
const kPlain = new Set("a button canvas caption circle details div fieldset figcaption figure footer g h1 h2 h3 h4 input label legend li line nav optgroup option p path polygon polyline pre rect section select span summary svg table tbody td text th thead title tr ul".split(" "));
for (const map of await maps(page)) {
  await show(page, map);
}
await page.fill("#search", "script");
const found = await page.$$eval("#search-list .option-label", (options) => options.map((option) => option.textContent));
assert.ok(found.some((text) => text.includes("<script>")), "shown as it is");
await page.keyboard.press("Enter");
await page.selectOption("#scope", "epci");
await page.selectOption("#compare", "side");
for (const layer of await page.$$eval("#table-source option", (options) => options.map((option) => option.value))) {
  await page.selectOption("#table-source", layer);
  await page.check("#table-all");
}
await page.click("#home");
const box = await (await page.$("#map")).boundingBox();
await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
await page.mouse.click(box.x + box.width / 4, box.y + box.height / 2);
assert.match(await page.textContent("#card"), /[<>"']/);
await page.selectOption("#table-source", "communes");
const [download] = await Promise.all([page.waitForEvent("download"), page.click("#export")]);
const csv = readFileSync(await download.path(), "utf8");
assert.doesNotMatch(csv, /(^|;)"?[=+@]/m, "no formula in the exported file");
await page.waitForTimeout(300);
assert.deepEqual((await elements()).filter((name) => !kPlain.has(name)), [], "only the page's own elements");
assert.equal(await page.evaluate(() => window.hacked), undefined);
assert.equal(await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => [...element.attributes].some((attribute) => attribute.name.startsWith("on"))).length), 0, "no handler in an attribute");
assert.deepEqual(said, []);
await browser.close();
rmSync(folder, { recursive: true });
console.log(`${hostile.length} hostile strings`);
