// A report begins with whatever the person has at hand; the other questions follow, each once.
import { atTheEndpoint } from "./rig/kept.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const isAsked = (phone, nth) => expect(phone.page.getByText(`第 ${nth} 问，共 5 问`)).toBeVisible();

test("a report that begins with its kind asks for the photo next, and nothing twice", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.page.getByRole("link", { name: "先选种类" }).click();
  const report = new Report(phone.page);
  await expect(report.heading("是哪一类的事？")).toBeVisible();
  await isAsked(phone, 1);
  await phone.page.reload();
  await expect(report.heading("是哪一类的事？")).toBeVisible();
  await isAsked(phone, 1);
  await report.kind();
  await expect(report.heading("拍一张现场")).toBeVisible();
  await isAsked(phone, 2);
  await phone.page.reload();
  await isAsked(phone, 2);
  await report.photo();
  await report.next();
  await isAsked(phone, 3);
  await report.landmark();
  await report.next();
  await report.words("栏杆断了");
  await report.next();
  await report.seal();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  const { body, blobs } = JSON.parse(atTheEndpoint(endpoint)[0].sealed);
  expect(body).toMatchObject({ issue: "road.steps_rail", words: "栏杆断了" });
  expect(blobs).toHaveLength(1);
});

test("a report that begins with its place can be left by the arrow, and asks for the rest", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.page.getByRole("link", { name: "先说地点" }).click();
  const report = new Report(phone.page);
  await isAsked(phone, 1);
  await report.button("返回").click();
  await expect(report.heading("哪里坏了，说一声")).toBeVisible();
  await phone.page.getByRole("link", { name: "先说地点" }).click();
  await isAsked(phone, 1);
  await report.landmark("黄桷树旁边");
  await report.next();
  await expect(report.heading("拍一张现场")).toBeVisible();
  await isAsked(phone, 2);
  await report.noPhoto();
  await isAsked(phone, 3);
  await report.kind();
  await report.words("栏杆断了");
  await report.next();
  await report.seal();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  const { body } = JSON.parse(atTheEndpoint(endpoint)[0].sealed);
  expect(body).toMatchObject({ issue: "road.steps_rail", words: "栏杆断了" });
  expect(body.place.words).toBe("黄桷树旁边");
});
