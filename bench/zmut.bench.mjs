import { cpSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { keptEdition } from "../e2e/rig/pack.mjs";
import { expect, test } from "../e2e/rig/test.mjs";
import { EDITION, PACK, makeDistrict } from "./made-district.mjs";
test("mut", async ({ endpoint, phone }) => {
  test.setTimeout(300000);
  makeDistrict();
  cpSync(PACK, join(endpoint.data, "pack"), { recursive: true });
  await phone.open("/"); await phone.isKept();
  await expect.poll(() => keptEdition(phone.page), { timeout: 60_000 }).toBe(EDITION);
  const page = phone.page;
  await page.goto(`${endpoint.url}/parks`);
  await expect(page.locator(".list li").first()).toBeVisible();
  await page.evaluate(() => {
    window.log = []; const name = (n) => n.nodeType === 1 ? n.tagName + "." + (n.getAttribute("class") ?? "") : "#" + n.nodeType;
    new MutationObserver((ms) => { const c = {}; for (const m of ms) { const t = m.type === "attributes" ? "attr " + name(m.target) + "@" + m.attributeName : m.type === "characterData" ? "text " + name(m.target.parentNode ?? {nodeType:0}) : [...m.addedNodes].map((n) => "+" + name(n)).concat([...m.removedNodes].map((n) => "-" + name(n))).join(",") + " in " + name(m.target); c[t] = (c[t] ?? 0) + 1; } log.push(c); }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  for (const key of "qingshang") { await page.keyboard.press("Shift"); await page.getByRole("searchbox", { name: "找公园" }).press(key); await pause(300); await page.evaluate((k) => log.push(k + " " + document.querySelectorAll(".page *").length + " nodes " + document.querySelectorAll(".page li").length + " rows " + document.querySelector("[role=status]").textContent), key); }
  console.log(JSON.stringify(await page.evaluate(() => log), null, 1));
});
