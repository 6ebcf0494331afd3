// Exploring five thousand parks: ours against a list in Svelte and a map in Leaflet, in one run.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { keptEdition } from "../e2e/rig/pack.mjs";
import { expect, test } from "../e2e/rig/test.mjs";
import { EDITION, PACK, PLAIN, makeDistrict } from "./made-district.mjs";
import { measured, median } from "./measured.mjs";
import { BUILT } from "./references/build.mjs";
import { serve } from "./references/serve.mjs";

const ROUNDS = 7;
const SLOWER = 4;
const TYPED = "qingshang";
const DRAG_MS = 2_000;
/** The tick in which Linux counts a process's time. */
const TICK_MS = 10;
/** Both apps: a mark of the map is there. */
const MARK = ".map .pin, .leaflet-marker-icon";
const how = (more) =>
  `median of ${ROUNDS} rounds, ours and theirs in turn, 5,061 places (\`bench/parks.bench.mjs\`); ${more}`;

test.beforeAll(() => {
  test.setTimeout(600_000);
  makeDistrict();
});

/** Ours with the made district kept beside the page, and one app to compare with. */
async function begin(endpoint, phone, app) {
  cpSync(PACK, join(endpoint.data, "pack"), { recursive: true });
  await phone.open("/");
  await phone.isKept();
  await expect.poll(() => keptEdition(phone.page), { timeout: 60_000 }).toBe(EDITION);
  const reference = await serve([join(BUILT, app), PLAIN]);
  const devtools = await phone.context.newCDPSession(phone.page);
  await devtools.send("Performance.enable");
  return { page: phone.page, reference, devtools };
}

/** So many rounds of both, the first one to warm the caches of the browser; `measure` gives figures
 * by name, and so does this: the median of each. */
async function rounds(measure) {
  const all = { ours: [], theirs: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    for (const who of ["ours", "theirs"]) {
      const figures = await measure(who);
      if (round > 0) all[who].push(figures);
    }
  }
  console.log(JSON.stringify(all));
  const medians = (figures) =>
    Object.fromEntries(
      Object.keys(figures[0]).map((name) => [name, median(figures.map((it) => it[name]))]),
    );
  return { ours: medians(all.ours), theirs: medians(all.theirs) };
}

test("a keystroke in the search box", async ({ endpoint, phone }) => {
  const { page, reference, devtools } = await begin(endpoint, phone, "list-svelte");
  const counts = {};
  const { ours, theirs } = await rounds(async (who) => {
    await page.goto(who === "ours" ? `${endpoint.url}/parks` : reference.url);
    await expect(page.locator(".list li").first()).toBeVisible();
    // Ours keeps what was looked for over a reload.
    await page.getByRole("searchbox", { name: "找公园" }).fill("");
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    // Keys that type nothing cost what the measuring costs.
    const idle = await pressAll(page, devtools, Array(TYPED.length).fill("Shift"), "keydown");
    const typed = await pressAll(page, devtools, [...TYPED], "input");
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    counts[who] = await page.getByText(/^找到 \d+ 处$/).textContent();
    return { shown: typed.shown, work: (typed.work - idle.work) / TYPED.length };
  });
  reference.stop();
  expect(counts.ours, "both find the same").toBe(counts.theirs);
  const keys = `nine letters of pinyin, each pressed when the list of the one before is painted`;
  measured({
    what: `keystroke to updated list among 5,000 parks, ${SLOWER}× slower CPU: ours against Svelte 5`,
    goal: 0.8,
    value: ours.shown / theirs.shown,
    unit: "times as long",
    how: how(`${keys}; from the key to the frame after it: ${spoken(ours.shown)} against ${spoken(theirs.shown)} for all nine`),
  });
  measured({
    what: `main thread's work for one keystroke among 5,000 parks, ${SLOWER}× slower CPU`,
    goal: 16,
    value: ours.work,
    unit: "ms",
    how: how(`${keys}; \`TaskDuration\` less that of nine keys that type nothing; Svelte 5: ${spoken(theirs.work)}`),
  });
});

/** Presses one key after the other: milliseconds until all were shown, and of main thread's tasks. */
async function pressAll(page, devtools, keys, event) {
  await quiet(page);
  const before = await tasks(devtools);
  let shown = 0;
  for (const key of keys) {
    await page.evaluate(awaitShown, event);
    await page.keyboard.press(key);
    shown += await page.evaluate(() => globalThis.shown);
  }
  await quiet(page);
  return { shown, work: (await tasks(devtools)) - before };
}

/** `shown`: milliseconds from the next key, which causes this event, until what it changed is painted.
 * In the page. */
function awaitShown(event) {
  let begun;
  addEventListener("keydown", (key) => (begun = key.timeStamp), { capture: true, once: true });
  globalThis.shown = new Promise((resolve) => {
    const painted = () => {
      // A task of its own, after the frame.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - begun);
      port2.postMessage(null);
    };
    addEventListener(event, () => requestAnimationFrame(painted), { capture: true, once: true });
  });
}

/** Milliseconds that the page's main thread has worked so far. */
async function tasks(devtools) {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
}

test("the map until it is drawn", async ({ endpoint, phone }) => {
  const { page, reference } = await begin(endpoint, phone, "map-leaflet");
  await phone.context.addInitScript(noteDrawn, MARK);
  const { ours, theirs } = await rounds(async (who) => {
    const is = (mine, other) => (who === "ours" ? endpoint.url + mine : reference.url + other);
    await page.goto(is("/parks?view=map", "/"));
    const loaded = await page.evaluate(() => globalThis.drawn);
    await page.goto(is("/parks", "/?later"));
    await expect(page.locator(who === "ours" ? ".list li" : "#show").first()).toBeVisible();
    await quiet(page);
    const tap = who === "ours" ? ".views a:last-child" : "#show";
    const tapped = await page.evaluate(untilDrawn, [tap, MARK]);
    return { loaded, tapped };
  });
  reference.stop();
  const sees = "two frames after the first mark; where a whole district is seen, ours leaves an outline of less than 6 pixels to its mark";
  measured({
    what: "map of 5,000 parks drawn, page loaded out of the browser's caches: ours against Leaflet",
    goal: 0.5,
    value: ours.loaded / theirs.loaded,
    unit: "times as long",
    how: how(`${sees}; ${spoken(ours.loaded)} against ${spoken(theirs.loaded)}`),
  });
  measured({
    what: "map of 5,000 parks drawn after the tap on 地图, in an app that is loaded: ours against Leaflet",
    goal: 0.5,
    value: ours.tapped / theirs.tapped,
    unit: "times as long",
    how: how(`${sees}; ${spoken(ours.tapped)} against ${spoken(theirs.tapped)}`),
  });
});

/** `drawn`: when the map of this page is on the screen, milliseconds from the navigation. In the page. */
function noteDrawn(mark) {
  globalThis.drawn = new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector(mark)) return requestAnimationFrame(look);
      // What is drawn for the next frame is there in the one after it.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    };
    look();
  });
}

/** Milliseconds from a tap until the map is on the screen. In the page. */
function untilDrawn([tap, mark]) {
  return new Promise((resolve) => {
    const begun = performance.now();
    document.querySelector(tap).click();
    const look = () => {
      if (!document.querySelector(mark)) return requestAnimationFrame(look);
      requestAnimationFrame(() =>
        requestAnimationFrame(() => resolve(performance.now() - begun)),
      );
    };
    look();
  });
}

for (const [closer, seen] of [[0, "the whole district"], [3, "a town of it"]]) {
  test(`moving the map, ${seen}`, async ({ endpoint, phone }) => {
    const { page, reference, devtools } = await begin(endpoint, phone, "map-leaflet");
    const { ours, theirs } = await rounds(async (who) => {
      await page.goto(who === "ours" ? `${endpoint.url}/parks?view=map` : reference.url);
      await expect(page.locator(MARK).first()).toBeVisible();
      const plus = who === "ours" ? { name: "放大", exact: true } : { name: "Zoom in" };
      for (let step = 0; step < closer; step++) {
        await page.getByRole("button", plus).click();
        await quiet(page);
      }
      const surface = page.locator(who === "ours" ? ".surface" : "#map");
      await quiet(page);
      const [before, cpu] = [await tasks(devtools), cpuOf(phone)];
      await drag(devtools, await surface.boundingBox());
      await quiet(page);
      return { cpu: cpuSince(cpu, phone), main: (await tasks(devtools)) - before };
    });
    reference.stop();
    measured({
      what: `CPU while the map of 5,000 parks is moved, ${seen} on the screen: ours against Leaflet`,
      goal: 1,
      value: ours.cpu / theirs.cpu,
      unit: "times as much",
      how: how(
        `all threads of the renderers during a drag of ${DRAG_MS / 1_000} s and until it is settled: ` +
          `${spoken(ours.cpu)} against ${spoken(theirs.cpu)}; main thread alone ${spoken(ours.main)} against ${spoken(theirs.main)}`,
      ),
    });
  });
}

/** Rounds about the middle with the button held; at rest before it is let go, so nothing glides on.
 * Nobody waits for the page's answer to a step, as a finger does not: the browser brings those that a
 * slow page has missed together in one. */
async function drag(devtools, { x, y, width, height }) {
  const [left, top] = [x + width / 2, y + height / 2];
  const mouse = (type, [x, y], buttons) =>
    devtools.send("Input.dispatchMouseEvent", { type, x, y, button: "left", buttons, clickCount: 1 });
  const answers = [mouse("mousePressed", [left, top], 1)];
  const begun = Date.now();
  for (let passed = 0; passed < DRAG_MS; passed = Date.now() - begun) {
    const angle = (passed / 1_000) * 2 * Math.PI;
    const at = [left + 80 * Math.sin(angle), top + 60 * (1 - Math.cos(angle))];
    answers.push(mouse("mouseMoved", at, 1));
    await pause(16);
  }
  await pause(200);
  answers.push(mouse("mouseReleased", [left, top], 0));
  await Promise.race([Promise.all(answers), pause(5_000)]);
}

/** Milliseconds that all threads of each renderer have worked so far, by process. */
function cpuOf(phone) {
  const worked = (pid) => {
    try {
      // After the name, which may hold spaces, user and system time are the 12th and 13th.
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    } catch {
      return 0; // It has ended meanwhile.
    }
  };
  return new Map(phone.renderers().map((pid) => [pid, worked(pid)]));
}

/** What they have worked since. The process of the page before may end at any time: it counts no more. */
function cpuSince(before, phone) {
  const since = [...cpuOf(phone)].map(([pid, ms]) => Math.max(0, ms - (before.get(pid) ?? 0)));
  return since.reduce((sum, ms) => sum + ms, 0);
}

/** Nothing more pressing is left to do, and has not been for a while. (An idle callback may wait for
 * ever where no frame is drawn.) */
async function quiet(page) {
  const rest = () => scheduler.postTask(() => {}, { priority: "background" });
  await page.evaluate(rest);
  await pause(500);
  await page.evaluate(rest);
}

const spoken = (ms) => `${ms < 100 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
