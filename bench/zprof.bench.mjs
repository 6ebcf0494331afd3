import { cpSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { keptEdition } from "../e2e/rig/pack.mjs";
import { expect, test } from "../e2e/rig/test.mjs";
import { EDITION, PACK, PLAIN, makeDistrict } from "./made-district.mjs";
import { BUILT } from "./references/build.mjs";
import { serve } from "./references/serve.mjs";
globalThis.LL = {};
const CPU = process.env.CPU === "1";
const ours = process.env.ONLY_OURS === "1";
async function traced(cdp, what, per, act) {
  const events = [];
  cdp.removeAllListeners("Tracing.dataCollected");
  cdp.on("Tracing.dataCollected", (d) => events.push(...d.value));
  await cdp.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline","disabled-by-default-devtools.timeline","toplevel", "v8", ...(CPU ? ["disabled-by-default-v8.cpu_profiler"] : [])] } });
  await act();
  const done = new Promise((r) => cdp.once("Tracing.tracingComplete", r));
  await cdp.send("Tracing.end"); await done;
  console.log("== " + what);
  if (CPU) {
    const nodes = new Map(), selfT = new Map();
    for (const e of events) if (e.name === "ProfileChunk") {
      const d = e.args.data; for (const n of d.cpuProfile?.nodes ?? []) nodes.set(e.id + n.id, { ...n, parent: n.parent ? e.id + n.parent : undefined });
      const s = d.cpuProfile?.samples ?? []; s.forEach((id, i) => selfT.set(e.id + id, (selfT.get(e.id + id) ?? 0) + d.timeDeltas[i]));
    }
    const flat = {}, incl = {};
    for (const [id, t] of selfT) { const seen = new Set(); let n = nodes.get(id); if (!n) continue; const nm = (n) => n.callFrame.functionName || "(anon)"; flat[nm(n)] = (flat[nm(n)] ?? 0) + t; for (; n; n = nodes.get(n.parent)) { const k = nm(n); if (!seen.has(k)) { seen.add(k); incl[k] = (incl[k] ?? 0) + t; } } }
    console.log("FLAT"); for (const [n, t] of Object.entries(flat).sort((a, b) => b[1] - a[1]).slice(0, 40)) console.log("  ", (t / 1000 / per).toFixed(2), n.slice(0, 150));
    console.log("INCL"); for (const [n, t] of Object.entries(incl).sort((a, b) => b[1] - a[1]).slice(0, 70)) console.log("  ", (t / 1000 / per).toFixed(2), n.slice(0, 150));
  }
  const by = {};
  for (const e of events) if (e.ph === "X" && e.dur) { const k = e.pid+":"+e.tid; (by[k] ??= []).push(e); }
  let best; let most = 0;
  for (const [k, list] of Object.entries(by)) { const t = list.filter((e) => e.name === "FunctionCall" || e.name==="EventDispatch" || e.name === "UpdateLayoutTree" || e.name === "Layout").reduce((a, e) => a + e.dur, 0); if (t > most) { most = t; best = list; } }
  best.sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  if (what.startsWith('keys')) for (const e of best.filter((e) => e.name === 'Layout')) { const d = e.args.beginData.dirtyObjects; const k = d > 150 ? 'big' : d < 20 ? 'small' : 'mid'; (globalThis.LL[what] ??= {}); (globalThis.LL[what][k] ??= []).push(e.dur / 1000); }
  const self = {}; const total={}; const count={}; const stack = [];
  for (const e of best) {
    while (stack.length && stack.at(-1).ts + stack.at(-1).dur <= e.ts) stack.pop();
    if (stack.length) self[stack.at(-1).n] -= e.dur;
    const n = e.name + (e.name==="EventDispatch" ? ":"+e.args.data.type : "") + (e.args?.data?.functionName ? ":"+e.args.data.functionName : "");
    e.n = n; self[n] = (self[n] ?? 0) + e.dur; total[n]=(total[n]??0)+e.dur; count[n]=(count[n]??0)+1; stack.push(e);
  }
  for (const [n, t] of Object.entries(self).sort((a, b) => b[1] - a[1]).slice(0, 18)) console.log("  ", n.padEnd(44), (t / 1000 / per).toFixed(2), (total[n]/1000/per).toFixed(2), count[n]);
}
async function drag(devtools, { x, y, width, height }) {
  const [left, top] = [x + width / 2, y + height / 2];
  const mouse = (type, [x, y], buttons) => devtools.send("Input.dispatchMouseEvent", { type, x, y, button: "left", buttons, clickCount: 1 });
  const answers = [mouse("mousePressed", [left, top], 1)];
  const begun = Date.now();
  for (let passed = 0; passed < 2000; passed = Date.now() - begun) {
    const angle = (passed / 1_000) * 2 * Math.PI;
    answers.push(mouse("mouseMoved", [left + 80 * Math.sin(angle), top + 60 * (1 - Math.cos(angle))], 1));
    await pause(16);
  }
  await pause(200);
  answers.push(mouse("mouseReleased", [left, top], 0));
  await Promise.race([Promise.all(answers), pause(5_000)]);
}
async function begin(endpoint, phone, app) {
  test.setTimeout(300000);
  makeDistrict();
  cpSync(PACK, join(endpoint.data, "pack"), { recursive: true });
  await phone.open("/"); await phone.isKept();
  await expect.poll(() => keptEdition(phone.page), { timeout: 60_000 }).toBe(EDITION);
  const reference = await serve([join(BUILT, app), PLAIN]);
  const cdp = await phone.context.newCDPSession(phone.page);
  return { page: phone.page, reference, cdp };
}
const CV = ".list>li{content-visibility:auto;contain-intrinsic-size:auto 77px}"; const FL=".row{display:flex !important}.row .m{flex:1;display:block !important}.row .m>*{display:block}";
const VAR = { cv: CV, cvflex: CV + FL, cvsearch: CV + FL + ".body>.search{contain:content}" };
const WHO = process.env.VARS ? [...Array(3)].flatMap(() => ["ours", ...Object.keys(VAR), "theirs"]) : ours ? ["ours", "ours"] : ["ours", "theirs", "ours", "theirs"];
test("keys", async ({ endpoint, phone }) => {
  const { page, reference, cdp } = await begin(endpoint, phone, "list-svelte");
  for (const who of WHO) {
    await page.goto(who !== "theirs" ? `${endpoint.url}/parks` : reference.url);
    await expect(page.locator(".list li").first()).toBeVisible();
    if (who !== "theirs" && who !== "ours") await page.evaluate((css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }, VAR[who]);
    await page.getByRole("searchbox", { name: "找公园" }).fill("");
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await pause(1500);
    await traced(cdp, "keys " + who, 9, async () => { for (const key of "qingshang") { await page.keyboard.press(key); await pause(300); } });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  }
  const med = (l) => l && l.sort((a, b) => a - b)[l.length >> 1].toFixed(2); for (const [w, k] of Object.entries(LL)) console.log("M", w.padEnd(20), "big", med(k.big), "mid", med(k.mid), "small", med(k.small));
  reference.stop();
});
test("load", async ({ endpoint, phone }) => {
  const { page, reference, cdp } = await begin(endpoint, phone, "map-leaflet");
  for (const who of WHO) {
    await page.goto("about:blank"); await pause(1000);
    await traced(cdp, "load " + who, 1, async () => { await page.goto(who === "ours" ? endpoint.url + "/parks?view=map" : reference.url); await pause(1500); });
  }
  reference.stop();
});
for (const closer of [0, 3]) test("drag " + closer, async ({ endpoint, phone }) => {
  const { page, reference, cdp } = await begin(endpoint, phone, "map-leaflet");
  for (const who of WHO) {
    await page.goto(who === "ours" ? `${endpoint.url}/parks?view=map` : reference.url);
    await expect(page.locator(".map .pin, .leaflet-marker-icon").first()).toBeVisible();
    for (let step = 0; step < closer; step++) { await page.getByRole("button", who === "ours" ? { name: "放大", exact: true } : { name: "Zoom in" }).click(); await pause(800); }
    await pause(1500);
    const box = await page.locator(who === "ours" ? ".surface" : "#map").boundingBox();
    await traced(cdp, `drag ${closer} ` + who, 1, async () => { await drag(cdp, box); await pause(1000); });
  }
  reference.stop();
});
