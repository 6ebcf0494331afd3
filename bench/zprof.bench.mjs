import { cpSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { keptEdition } from "../e2e/rig/pack.mjs";
import { expect, test } from "../e2e/rig/test.mjs";
import { EDITION, PACK, PLAIN, makeDistrict } from "./made-district.mjs";
import { BUILT } from "./references/build.mjs";
import { serve } from "./references/serve.mjs";
test("prof", async ({ endpoint, phone }) => {
  test.setTimeout(300000);
  makeDistrict();
  cpSync(PACK, join(endpoint.data, "pack"), { recursive: true });
  await phone.open("/");
  await phone.isKept();
  await expect.poll(() => keptEdition(phone.page), { timeout: 60_000 }).toBe(EDITION);
  const reference = await serve([join(BUILT, "list-svelte"), PLAIN]);
  const page = phone.page;
  const cdp = await phone.context.newCDPSession(page);
  for (const who of ["ours","theirs","ours","theirs"]) {
    await page.goto(who === "ours" ? `${endpoint.url}/parks` : reference.url);
    await expect(page.locator(".list li").first()).toBeVisible();
    await page.getByRole("searchbox", { name: "找公园" }).fill("");
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await pause(1500);
    const events = [];
    cdp.removeAllListeners("Tracing.dataCollected");
    cdp.on("Tracing.dataCollected", (d) => events.push(...d.value));
    await cdp.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline","disabled-by-default-devtools.timeline","toplevel"] } });
    for (const key of "qingshang") { await page.keyboard.press(key); await pause(300); }
    const done = new Promise((r) => cdp.once("Tracing.tracingComplete", r));
    await cdp.send("Tracing.end"); await done;
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const main = events.filter((e) => e.name === "thread_name" && e.args.name === "CrRendererMain").map((e) => e.pid+":"+e.tid);
    // by the thread with most work
    const by = {};
    for (const e of events) if (e.ph === "X" && e.dur) { const k = e.pid+":"+e.tid; (by[k] ??= []).push(e); }
    let best; let most = 0;
    for (const [k, list] of Object.entries(by)) { if (!list.some((e)=>e.name==="EventDispatch")) continue; const t = list.filter((e) => e.name === "FunctionCall" || e.name==="EventDispatch").reduce((a, e) => a + e.dur, 0); if (t > most) { most = t; best = list; } }
    best.sort((a, b) => a.ts - b.ts || b.dur - a.dur);
    // self times
    const self = {}; const total={}; const stack = [];
    for (const e of best) {
      while (stack.length && stack.at(-1).ts + stack.at(-1).dur <= e.ts) stack.pop();
      if (stack.length) self[stack.at(-1).n] -= e.dur;
      const n = e.name + (e.name==="EventDispatch" ? ":"+e.args.data.type : "") + (e.args?.data?.functionName ? ":"+e.args.data.functionName : "");
      e.n = n; self[n] = (self[n] ?? 0) + e.dur; total[n]=(total[n]??0)+e.dur; stack.push(e);
    }
    console.log(who); for (const [n, t] of Object.entries(self).sort((a, b) => b[1] - a[1]).slice(0, 18)) console.log("  ", n.padEnd(44), (t / 9000).toFixed(2), (total[n]/9000).toFixed(2));
  }
  reference.stop();
});
