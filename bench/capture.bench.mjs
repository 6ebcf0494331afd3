// What taking a photo costs a person: the time until they can go on, the phone's memory, bytes.
import { readFileSync } from "node:fs";

import { FAKE_DEVICES } from "../e2e/rig/devices.mjs";
import { onThePhone } from "../e2e/rig/kept.mjs";
import { Report } from "../e2e/rig/report.mjs";
import { expect, test } from "../e2e/rig/test.mjs";
import { measured, median } from "./measured.mjs";

const TIMES = 5;
const SLOWER = 6;
const HOW = `median of ${TIMES} (\`bench/capture.bench.mjs\`)`;
const PICTURE = "a drawn picture whose detail falls with its size, as in photographs";

test.use({ phoneOptions: FAKE_DEVICES });

async function slower(phone, rate) {
  const devtools = await phone.context.newCDPSession(phone.page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate });
}

/** A new draft at its first question. */
async function begin(endpoint, phone) {
  await phone.page.goto(`${endpoint.url}/report?another=1`);
  const report = new Report(phone.page);
  await expect(report.heading("拍一张现场")).toBeVisible();
  return report;
}

test("the shutter of the viewfinder", async ({ endpoint, phone }) => {
  await phone.open();
  await phone.isKept();
  const took = [];
  for (let time = 0; time < TIMES; time++) {
    const report = await begin(endpoint, phone);
    await report.button("拍照").click();
    await expect(report.button("拍下来")).toHaveAttribute("aria-disabled", "false");
    await slower(phone, SLOWER);
    took.push(await phone.page.evaluate(untilHeading, ["拍下来", "拍一张现场"]));
    await slower(phone, 1);
    await expect(phone.page.getByText(/^存好了/)).toBeVisible();
  }
  measured({
    what: `from the viewfinder's shutter to the question on the screen again, ${SLOWER}× slower CPU`,
    goal: 400,
    value: median(took),
    unit: "ms",
    how: HOW,
  });
});

test("a photo of twelve megapixels out of the phone's own camera", async ({ endpoint, phone }) => {
  await phone.open();
  await phone.isKept();
  const base64 = await draw(phone, 1);
  const [took, sealed, lengths] = [[], [], []];
  for (let time = 0; time < TIMES; time++) {
    const report = await begin(endpoint, phone);
    await phone.page.evaluate(holdPhoto, base64);
    await slower(phone, SLOWER);
    took.push(await phone.page.evaluate(untilNextQuestion, "是哪一类的事？"));
    await slower(phone, 1);
    await expect
      .poll(async () => (await onThePhone(phone.page)).drafts.at(0)?.photos.length)
      .toBe(1);
    lengths.push((await onThePhone(phone.page)).drafts[0].photos[0].len / 1_024);
    await report.kind();
    await report.landmark();
    await report.next();
    await report.next();
    await expect(report.heading("看一遍，封好")).toBeVisible();
    await slower(phone, SLOWER);
    sealed.push(await phone.page.evaluate(untilHeading, ["封好，存手机", "已存手机"]));
    await slower(phone, 1);
  }
  const what = "of 12 megapixels";
  measured({
    what: `from a photo ${what} out of the phone's own camera to the next question, ${SLOWER}× slower CPU`,
    goal: 400,
    value: median(took),
    unit: "ms",
    how: `${HOW}, ${PICTURE}`,
  });
  measured({
    what: `from the tap that seals to 已存手机, with one photo, ${SLOWER}× slower CPU`,
    goal: 400,
    value: median(sealed),
    unit: "ms",
    how: HOW,
  });
  measured({
    what: `bytes that are stored of a photo ${what}`,
    goal: 350,
    value: median(lengths),
    unit: "KiB",
    how: `${HOW}, ${PICTURE}`,
  });
});

test("sealing a text", async ({ endpoint, phone }) => {
  await phone.open();
  await phone.isKept();
  const took = [];
  for (let time = 0; time < TIMES; time++) {
    const report = await begin(endpoint, phone);
    await report.upToTheWords("黄桷树旁边");
    await report.words("栏杆断了");
    await report.next();
    await expect(report.heading("看一遍，封好")).toBeVisible();
    await slower(phone, SLOWER);
    took.push(await phone.page.evaluate(untilHeading, ["封好，存手机", "已存手机"]));
    await slower(phone, 1);
  }
  measured({
    what: `from the tap that seals to 已存手机, text alone, ${SLOWER}× slower CPU`,
    goal: 100,
    value: median(took),
    unit: "ms",
    how: HOW,
  });
});

for (const [megapixels, tiles, goal] of [[12, 1, 120], [48, 2, 260]]) {
  test(`memory for ${megapixels} megapixels`, async ({ endpoint, phone }) => {
    await phone.open();
    await phone.isKept();
    const base64 = await draw(phone, tiles);
    const over = [];
    for (let time = 0; time < TIMES; time++) {
      await begin(endpoint, phone);
      await phone.page.evaluate(holdPhoto, base64);
      await phone.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
      const idle = await most(phone, 5);
      await phone.page.evaluate(give);
      let peak = 0;
      const kept = phone.page.getByText(/^存好了/);
      while ((await kept.count()) === 0) peak = Math.max(peak, await most(phone, 1));
      over.push((peak - idle) / 1_048_576);
    }
    measured({
      what: `memory of the page's process over idle while a photo of ${megapixels} megapixels is taken in`,
      goal,
      // The first one takes the most: what the browser got once it keeps for the next.
      value: Math.max(...over),
      unit: "MiB",
      how: `the most of ${TIMES} (\`bench/capture.bench.mjs\`), resident bytes of the largest renderer`,
    });
  });
}

/** Resident bytes of the largest renderer, the most of so many looks. */
async function most(phone, looks) {
  let peak = 0;
  for (let look = 0; look < looks; look++) {
    for (const pid of phone.renderers()) {
      const kib = readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+)/m)?.[1] ?? 0;
      peak = Math.max(peak, kib * 1_024);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return peak;
}

/** Draws the picture on a page of its own, whose memory goes with it; `tiles` a side. */
async function draw(phone, tiles) {
  const page = await phone.context.newPage();
  const base64 = await page.evaluate(drawn, tiles);
  await page.close();
  return base64;
}

/** Octaves of noise, 4,000 × 3,000 pixels each tile; base64 of a JPEG. In the page. */
async function drawn(tiles) {
  const [width, height] = [4_000, 3_000];
  const canvas = new OffscreenCanvas(width * tiles, height * tiles);
  const pen = canvas.getContext("2d");
  let seed = 7;
  const chance = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const one = new OffscreenCanvas(width, height);
  const brush = one.getContext("2d");
  brush.fillStyle = "#8a8f88";
  brush.fillRect(0, 0, width, height);
  for (let side = 4, alpha = 0.7; side <= 2_048; side *= 2, alpha *= 0.72) {
    const [across, down] = [side, Math.ceil((side * 3) / 4)];
    const noise = new ImageData(across, down);
    for (let at = 0; at < noise.data.length; at += 4) {
      const grey = chance() * 255;
      for (let colour = 0; colour < 3; colour++) {
        noise.data[at + colour] = grey + (chance() - 0.5) * 60;
      }
      noise.data[at + 3] = 255;
    }
    const small = new OffscreenCanvas(across, down);
    small.getContext("2d").putImageData(noise, 0, 0);
    brush.globalAlpha = alpha;
    brush.drawImage(small, 0, 0, width, height);
  }
  for (let x = 0; x < tiles; x++) {
    for (let y = 0; y < tiles; y++) pen.drawImage(one, x * width, y * height);
  }
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(text);
}

/** Keeps the photo ready as the camera would hand it over. In the page. */
function holdPhoto(base64) {
  const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
  globalThis.photo = new File([bytes], "photo.jpg", { type: "image/jpeg" });
}

/** Hands it over. In the page. */
function give() {
  const files = new DataTransfer();
  files.items.add(globalThis.photo);
  const input = document.querySelector("input[capture]");
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Milliseconds from handing it over, and the tap on 下一问, until the next question is painted. */
function untilNextQuestion(heading) {
  return new Promise((resolve) => {
    const begun = performance.now();
    const files = new DataTransfer();
    files.items.add(globalThis.photo);
    const input = document.querySelector("input[capture]");
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    const named = (it) => /^(下一问|不拍了)/.test(it.textContent);
    [...document.querySelectorAll(".foot button")].find(named).click();
    const look = () => {
      if (document.querySelector("#app h1")?.textContent !== heading) return requestAnimationFrame(look);
      requestAnimationFrame(() => resolve(performance.now() - begun));
    };
    look();
  });
}

/** Milliseconds from a tap on this button until this heading is painted. In the page. */
function untilHeading([button, heading]) {
  return new Promise((resolve) => {
    const begun = performance.now();
    const named = (it) => it.textContent.trim() === button;
    [...document.querySelectorAll("button")].find(named).click();
    const look = () => {
      if (document.querySelector("#app h1")?.textContent !== heading) return requestAnimationFrame(look);
      requestAnimationFrame(() => resolve(performance.now() - begun));
    };
    look();
  });
}
