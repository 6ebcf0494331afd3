// When the page itself cannot start: rescue.html lists, saves, sends; and what it saves is read in by
// another phone and by the endpoint.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { injected } from "./rig/faults.mjs";
import { ENDPOINT, atTheEndpoint, bytesOf, onThePhone, sha256 } from "./rig/kept.mjs";
import { delivered, Opened, Row, tellOnline } from "./rig/outbox.mjs";
import { Phone } from "./rig/phone.mjs";
import { Report, writtenOffline } from "./rig/report.mjs";
import { sayNothingLeft } from "./rig/storage.mjs";
import { expect, test } from "./rig/test.mjs";

/** Saves the file of rescue.html, as a person does. */
async function saveFile(page) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "存成文件" }).click();
  return readFileSync(await (await download).path());
}

/** Reads a file in, in 上报箱. */
async function readIn(page, buffer, name = "poshang.zip") {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "读一份文件" }).click();
  await (await chooser).setFiles({ name, mimeType: "application/zip", buffer });
}

/** Two reports of a phone that has no network, one with a photo. */
async function twoReports(endpoint, phone) {
  await writtenOffline(endpoint, phone, { photos: 1, words: "有照片的" });
  await phone.page.goto(`${endpoint.url}/report?another=1`);
  await new Report(phone.page).write({ words: "没照片的" });
}

test("a page whose WebAssembly is gone leads to what is kept, and it is saved and sent", async ({
  endpoint,
  phone,
}) => {
  phone.allow(/./);
  await twoReports(endpoint, phone);
  await phone.context.addInitScript(() => {
    WebAssembly.instantiateStreaming = () => Promise.reject(new Error("404"));
    WebAssembly.instantiate = () => Promise.reject(new Error("404"));
  });
  await phone.page.goto(`${endpoint.url}/outbox`);
  await phone.page.getByRole("link", { name: /看看手机里存了什么/ }).click();
  await expect(phone.page).toHaveURL(/rescue\.html/);
  await expect(phone.page.getByText("手机里有 2 件封好的上报。")).toBeVisible();
  await expect(phone.page.getByText("没照片的")).toBeVisible();
  const file = await saveFile(phone.page);

  const path = join(endpoint.folder(), "poshang.zip");
  writeFileSync(path, file);
  await endpoint.online();
  await phone.page.getByRole("button", { name: /^送出去/ }).click();
  await expect(phone.page.getByText(/收件处回答收下了 2 件/)).toBeVisible();
  await expect(phone.page.getByRole("button", { name: "再送一次" })).toBeVisible();
  await expect(phone.page.getByRole("button", { name: /没送到的/ })).toHaveCount(0);
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(2);
  // The same file handed over on a stick, twice, to an endpoint that has none of it.
  const data = endpoint.folder();
  for (let i = 0; i < 2; i++) execFileSync(ENDPOINT, ["import", path, "--data", data]);
  for (const stored of [atTheEndpoint(endpoint), atTheEndpoint({ data })]) {
    expect(stored).toHaveLength(2);
    expect(stored.every((it) => it.blobs === it.blobs_here)).toBe(true);
  }
});

test("where the database throws at open the page says so and leads to the rescue page", async ({
  endpoint,
  phone,
}) => {
  await twoReports(endpoint, phone);
  await phone.context.addInitScript(() => {
    if (location.pathname !== "/rescue.html") {
      IDBFactory.prototype.open = () => {
        throw new DOMException("no", "UnknownError");
      };
    }
  });
  await phone.page.goto(`${endpoint.url}/outbox`);
  await phone.page.getByText("怎么办").click();
  await phone.page.getByRole("link", { name: "看看手机里存了什么" }).click();
  await expect(phone.page.getByText("手机里有 2 件封好的上报。")).toBeVisible();
  expect((await saveFile(phone.page)).length).toBeGreaterThan(669);
});

test("the file of one browser is read in by another, and each report arrives once", async ({
  endpoint,
  phone,
}) => {
  // On iOS a page on the home screen does not see what its tab has kept.
  const fault = injected("C14", "reports waited in one browser profile, the app ran in another");
  await twoReports(endpoint, phone);
  const before = (await onThePhone(phone.page)).rows;
  await phone.page.goto(`${endpoint.url}/outbox`);
  await phone.page.getByRole("link", { name: "存一份到文件" }).click();
  const file = await saveFile(phone.page);

  const other = new Phone(endpoint.url);
  await endpoint.online();
  await other.open("/outbox");
  await endpoint.offline();
  await readIn(other.page, file);
  await expect(other.page.getByText("读进来 2 件，本来就有的 0 件。")).toBeVisible();
  await expect(other.page.locator("[data-row]")).toHaveCount(2);
  await new Row(other.page).says("已存手机");
  const { rows } = await onThePhone(other.page);
  expect(rows.map((it) => it.sha256)).toEqual(before.map((it) => it.sha256));
  const [{ sha256: photo }] = before[0].blobs;
  expect(sha256(await bytesOf(other.page, photo))).toBe(photo);

  await readIn(other.page, file);
  await expect(other.page.getByText("读进来 0 件，本来就有的 2 件。")).toBeVisible();
  await endpoint.online();
  await tellOnline(other.page);
  await expect(other.page.getByText("已送达（演示服务）")).toHaveCount(2, { timeout: 30_000 });
  await delivered(phone.page);
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(2);
  expect(atTheEndpoint(endpoint).every((it) => it.blobs === it.blobs_here)).toBe(true);
  fault.observed("the app read the tab's file; both sent, each report is there once");
  await other.discard();
});

// A file with a damaged photo was read first. The good one, read after it, found the report known and
// brought nothing: the photo was gone for good.
test("a photo that one file has damaged comes with the next, and the report arrives whole", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone, { photos: 1, words: "有照片的" });
  await phone.page.goto(`${endpoint.url}/rescue.html`);
  const file = await saveFile(phone.page);
  const damaged = Buffer.from(file);
  damaged[damaged.indexOf(Buffer.from([0xff, 0xd8, 0xff])) + 100] ^= 1;

  const other = new Phone(endpoint.url);
  await endpoint.online();
  await other.open("/outbox");
  await readIn(other.page, damaged);
  await expect(other.page.getByText("有 1 张照片这份里没有，或者坏了。")).toBeVisible();
  const row = new Row(other.page);
  await row.says("等你补一句");
  await readIn(other.page, file);
  await expect(other.page.getByText("补上了 1 张原来缺的照片。")).toBeVisible();
  await row.says("已送达（演示服务）");
  expect(atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 1 }]);
  await other.discard();
});

test("a file that is none of ours, or cut off, changes nothing and says so", async ({
  endpoint,
  phone,
}) => {
  await twoReports(endpoint, phone);
  await phone.page.goto(`${endpoint.url}/rescue.html`);
  const file = await saveFile(phone.page);
  const before = (await onThePhone(phone.page)).rows;
  await phone.page.goto(`${endpoint.url}/outbox`);
  const wrong = phone.page.getByText("这不是上报箱存的文件（.zip），或者没有下载完整。手机里的东西没有动。");
  for (const bytes of [Buffer.from("<html>"), file.subarray(0, file.length - 30), Buffer.alloc(0)]) {
    await readIn(phone.page, file);
    await expect(phone.page.getByText(/本来就有的 2 件/)).toBeVisible();
    await readIn(phone.page, bytes);
    await expect(wrong).toBeVisible();
  }
  expect((await onThePhone(phone.page)).rows.map((it) => it.key)).toEqual(before.map((it) => it.key));
});

// Its person was told that nobody could see it, while the file lay at the collecting point.
test("what went into a file is withdrawn and not undone, and whoever reads both files knows", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone, { words: "护栏断了" });
  await phone.page.goto(`${endpoint.url}/rescue.html`);
  const before = await saveFile(phone.page);
  const path = join(endpoint.folder(), "poshang.zip");
  writeFileSync(path, before);
  const opened = await Opened.newest(endpoint, phone.page);
  await opened.takeBack(/可能已经送出去了/);
  await opened.explains(/撤回还没告诉收件处/);
  await phone.page.goto(`${endpoint.url}/rescue.html`);
  const after = await saveFile(phone.page);
  await endpoint.online();
  await tellOnline(phone.page);
  await phone.page.goto(`${endpoint.url}/outbox`);
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(2);
  const [report, withdrawal] = atTheEndpoint(endpoint).map((it) => JSON.parse(it.sealed));
  expect(withdrawal.body).toEqual({ of: report.id });

  for (const files of [[before, after], [after, before]]) {
    const other = new Phone(endpoint.url);
    await other.open("/outbox");
    for (const file of files) {
      await readIn(other.page, file);
      await expect(other.page.getByText(/读进来 \d 件，本来就有的 \d 件。/)).toBeVisible();
      await expect(other.page.locator("[data-row]")).toHaveCount(1);
    }
    await expect(other.page.locator("[data-row]")).toHaveCount(1);
    await new Row(other.page).says("已撤回");
    await other.discard();
  }
});

// An older page had sent it without saying so. The empty row in the report's place clashed with it, and
// nothing was said and nothing sent any more.
test("what turns out to be there after all is withdrawn by an item of its own", async ({
  endpoint,
  phone,
}) => {
  phone.allow(/./);
  await writtenOffline(endpoint, phone, { words: "护栏断了" });
  await phone.page.goto(`${endpoint.url}/rescue.html`);
  await endpoint.online();
  await phone.page.getByRole("button", { name: /^送出去/ }).click();
  await expect(phone.page.getByText(/收件处回答收下了 1 件/)).toBeVisible();
  await endpoint.offline();
  await sayNothingLeft(phone.page);
  const opened = await Opened.newest(endpoint, phone.page);
  await opened.takeBack(/还没送出去/);
  await opened.explains("没送出去就撤回了，谁也看不到。");
  await endpoint.online();
  await tellOnline(phone.page);
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(2);
  const [report, withdrawal] = atTheEndpoint(endpoint).map((it) => JSON.parse(it.sealed));
  expect(report.body.words).toBe("护栏断了");
  expect(withdrawal.body).toEqual({ of: report.id });
  await opened.explains("收件处知道撤回了。");
});
