// A phone with little room: photos that are safe elsewhere go before a new one is refused, what has
// not arrived never does, and words are kept in any case.
import { execFileSync } from "node:child_process";

import { injected } from "./rig/faults.mjs";
import { bytesOf, ENDPOINT, onThePhone } from "./rig/kept.mjs";
import { delivered } from "./rig/outbox.mjs";
import { photoOf } from "./rig/pictures.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

/** What the browser says of its room from now on. The reserve for words is 8 MiB. */
const leaves = (page, bytes) =>
  page.evaluate((left) => {
    StorageManager.prototype.estimate = async () => ({ quota: 1e11, usage: 1e11 - left });
  }, bytes);

const RESERVE = 8 * 1024 * 1024;

async function written(phone, colour, words) {
  const report = new Report(phone.page);
  await expect(report.heading("拍一张现场")).toBeVisible();
  await report.photo(await photoOf(phone.page, colour));
  await report.next();
  await report.kind();
  await report.landmark();
  await report.next();
  await report.words(words);
  await report.next();
  await report.seal();
}

test("a photo that would take of the room for words is refused, and the words are kept", async ({
  phone,
}) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.upToTheWords("黄桷树旁边");
  await report.words("栏杆断了");
  const questions = await report.backToThePhotos();
  await leaves(phone.page, RESERVE + 100);
  const fault = injected("C11", "the browser said that 100 bytes more than the reserve are left");
  await report.shoot(await photoOf(phone.page, "red"));
  await expect(phone.page.getByText(/手机存不下这张照片/)).toBeVisible();
  for (let nth = 0; nth < questions; nth++) await phone.page.goForward();
  await report.words("栏杆断了，底下是车道");
  await report.next();
  await report.seal();
  const [row] = (await onThePhone(phone.page)).rows;
  expect(row.blobs).toEqual([]);
  expect(JSON.parse(row.sealed).body).toMatchObject({
    words: "栏杆断了，底下是车道",
    place: { words: "黄桷树旁边" },
  });
  fault.observed("refused by the meter before the phone was full; the words were kept and sealed");
});

test("photos that are safe elsewhere go first, oldest first, and what has not arrived never goes", async ({
  endpoint,
  phone,
}) => {
  const page = await phone.open("/report");
  const another = () => page.goto(`${endpoint.url}/report?another=1`);
  await written(phone, "red", "最早的");
  await delivered(page);
  await another();
  await written(phone, "green", "第二早的");
  await delivered(page);
  const backup = endpoint.folder();
  execFileSync(ENDPOINT, ["backup", "--data", endpoint.data, "--to", backup, "--confirm"]);
  await another();
  await written(phone, "blue", "备份以后的");
  await delivered(page);
  await expect.poll(async () => (await onThePhone(page)).phone.met.safe_upto).toBe(2);
  await endpoint.offline();
  await another();
  await written(phone, "yellow", "还没送的");
  await another();
  await leaves(page, RESERVE);
  const fault = injected("C11", "nothing beside the reserve was left, with four photos on the phone");
  const report = new Report(page);
  const states = async () => (await onThePhone(page)).rows.map((row) => row.delivery.is);
  for (const [colour, expected] of [
    ["black", ["remainder", "delivered", "delivered", "sealed"]],
    ["white", ["remainder", "remainder", "delivered", "sealed"]],
  ]) {
    await report.photo(await photoOf(page, colour));
    expect(await states()).toEqual(expected);
  }
  await report.shoot(await photoOf(page, "gray"));
  await expect(page.getByText(/手机存不下这张照片/)).toBeVisible();
  expect(await states()).toEqual(["remainder", "remainder", "delivered", "sealed"]);
  const { rows } = await onThePhone(page);
  const here = await Promise.all(rows.map((row) => bytesOf(page, row.blobs[0].sha256)));
  expect(here.map(Boolean)).toEqual([false, false, true, true]);
  const words = rows.map((row) => JSON.parse(row.sealed).body.words);
  expect(words).toEqual(["最早的", "第二早的", "备份以后的", "还没送的"]);
  for (const row of rows) expect(Boolean(row.receipts.length)).toBe(row.delivery.is !== "sealed");
  fault.observed("two safe photos let go, oldest first, for two new ones; then refused, all others and all words kept");
  await page.goto(`${endpoint.url}/outbox?row=${JSON.parse(rows[0].sealed).id}.1`);
  await expect(page.getByText("最早的")).toBeVisible();
  await expect(page.getByText(/^照片已送达，/)).toBeVisible();
});
