// Writing a report: nothing typed is lost, danger comes first, and who receives it is said.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expectAccessible } from "./rig/axe.mjs";
import { atTheEndpoint, bytesOf, onThePhone } from "./rig/kept.mjs";
import { Row } from "./rig/outbox.mjs";
import { ROOT } from "./rig/program.mjs";
import { LEVEL, PHOTO, Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const DEMO = /演示服务：没有人会处理这里的上报/;

/** Types like a person and reloads one second after the last key: that is what the test is about. */
async function reloadASecondLater(page) {
  await page.waitForTimeout(1_000);
  await page.reload();
}

// Each of two tabs wrote the whole draft: a photo and words were gone while the screen said that they were
// kept, and a second sealing replaced what had just been sent.
test("two tabs on one draft lose nothing of each other", async ({ phone }) => {
  const first = await phone.open("/report");
  const one = new Report(first);
  await one.upToTheWords("甲处");
  await one.words("甲的话");
  const kept = (page) => page.getByText("草稿已存手机");
  await expect(kept(first)).toBeVisible();
  const second = await phone.context.newPage();
  await second.goto(first.url());
  const two = new Report(second);
  const box = (page) => page.getByLabel("写几句");
  await expect(box(second)).toHaveValue("甲的话");
  // Whoever comes back to a tab goes on with what the other has written.
  await one.words("甲的话，再加一句");
  await expect(kept(first)).toBeVisible();
  await second.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(box(second)).toHaveValue("甲的话，再加一句");
  // Both on the screen at once: what differs becomes two drafts.
  await one.words("只有甲写");
  await expect(kept(first)).toBeVisible();
  await two.words("只有乙写");
  await expect(kept(second)).toBeVisible();
  await first.reload();
  await expect(box(first)).toHaveValue("只有甲写");
  await second.reload();
  await expect(box(second)).toHaveValue("只有乙写");
  expect(second.url()).not.toBe(first.url());
});

test("a sealing in another tab is not sealed again", async ({ endpoint, phone }) => {
  const first = await phone.open("/report");
  const one = new Report(first);
  await one.upToTheWords("甲处");
  await one.words("甲的话");
  await one.next();
  await expect(one.heading("看一遍，封好")).toBeVisible();
  const second = await phone.context.newPage();
  await second.goto(first.url());
  const two = new Report(second);
  await expect(two.heading("看一遍，封好")).toBeVisible();
  await one.seal();
  await two.button("封好，存手机").click();
  await expect(two.heading("已存手机")).toBeVisible();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  expect(atTheEndpoint(endpoint)[0].rev).toBe(1);
});

test("a reload one second after the last key loses no word and keeps the step", async ({ phone }) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.upToTheWords("黄桷树旁边");
  const box = phone.page.getByLabel("写几句");
  await box.pressSequentially("栏杆断了，晚上没有灯");
  await reloadASecondLater(phone.page);
  await expect(report.heading("还有要说的吗？")).toBeVisible();
  await expect(box).toHaveValue("栏杆断了，晚上没有灯");
  await phone.page.goBack();
  await expect(report.heading(LEVEL)).toBeVisible();
  await phone.page.goBack();
  await expect(phone.page.getByLabel("附近有什么认得出的")).toHaveValue("黄桷树旁边");
});

test("a page thrown away while the camera was open comes back to the camera's question", async ({
  phone,
}) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  const chooser = phone.page.waitForEvent("filechooser");
  await report.button("拍照").click();
  await chooser;
  expect((await onThePhone(phone.page)).drafts).toHaveLength(1);
  await phone.page.goto(new URL("/report", phone.page.url()).href);
  await expect(report.heading("拍一张现场")).toBeVisible();
  await expect(phone.page.getByText("刚才的照片没有拿到")).toBeVisible();
});

test("a closed browser opens again at the same question with the same photo", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  await phone.isKept();
  const report = new Report(phone.page);
  await report.photo();
  await report.next();
  await expect(report.heading("是哪一类的事？")).toBeVisible();
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  await phone.close();
  await endpoint.offline();
  await phone.open("/report");
  await expect(new Report(phone.page).heading("是哪一类的事？")).toBeVisible();
  await new Report(phone.page).button("返回").click();
  await expect(phone.page.getByRole("img", { name: "照片 1" })).toBeVisible();
});

test("a photo leaves everything behind but its pixels", async ({ phone }) => {
  const secret = Buffer.from("GPS 29.5066 106.5022 MADE BY SOMEBODY");
  const app1 = Buffer.concat([Buffer.from("Exif\0\0"), secret]);
  const segment = Buffer.concat([
    Buffer.from([0xff, 0xe1, (app1.length + 2) >> 8, (app1.length + 2) & 255]),
    app1,
  ]);
  const told = Buffer.concat([PHOTO.subarray(0, 2), segment, PHOTO.subarray(2), secret]);
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.photo({ name: "told.jpg", mimeType: "image/jpeg", buffer: told });
  await report.next();
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  const [draft] = (await onThePhone(phone.page)).drafts;
  const kept = await bytesOf(phone.page, draft.photos[0].sha256);
  expect(kept.includes("SOMEBODY")).toBe(false);
  expect(kept.includes("Exif")).toBe(false);
  expect([...kept.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  expect([...kept.subarray(-2)]).toEqual([0xff, 0xd9]);
});

test("gas: the call comes before anything else, and the report can still be filed", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.noPhoto();
  await report.kind("燃气线缆照明", "燃气泄漏异味", null);
  await expect(phone.page.getByRole("link", { name: /119/ })).toHaveAttribute("href", "tel:119");
  await expectAccessible(phone.page);
  await phone.page.getByRole("button", { name: "已经打过了，继续上报" }).click();
  await report.landmark();
  await report.next();
  await report.next();
  await report.seal();
  await phone.page.goto(`${endpoint.url}/outbox`);
  await new Row(phone.page).says("已送达（演示服务）");
  const [item] = atTheEndpoint(endpoint);
  expect(item.issue).toBe("utility.gas_leak");
  expect(JSON.parse(item.sealed).body.escalation).toMatchObject({
    asked: "utility.gas_leak",
    answer: "yes",
  });
});

test("without an operator every screen of reporting says that nobody will handle it", async ({
  phone,
}) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  const line = phone.page.getByText(DEMO);
  await expect(line).toBeVisible();
  await report.noPhoto();
  await report.kind();
  await expect(line).toBeVisible();
  await report.landmark();
  await report.next();
  await expect(line).toBeVisible();
  await report.next();
  await expect(line).toBeVisible();
  await report.seal();
  await expect(line).toBeVisible();
  await phone.page.goto(new URL("/outbox", phone.page.url()).href);
  await expect(line).toBeVisible();
});

test.describe("with an operator", () => {
  const example = join(ROOT, "crates/endpoint/operator.example.toml");
  test.use({ flags: ["--operator", example] });

  test("the demo line is gone and the page before sealing says who reads it, and when", async ({
    endpoint,
    phone,
  }) => {
    const name = readFileSync(example, "utf8").match(/^name = "(.+)"$/m)[1];
    await phone.open("/report");
    const report = new Report(phone.page);
    await expect(phone.page.getByText(DEMO)).toBeHidden();
    await report.noPhoto();
    await report.kind();
    await report.landmark();
    await report.next();
    await report.next();
    await expect(phone.page.getByText(name).first()).toBeVisible();
    await report.seal();
    await phone.page.goto(`${endpoint.url}/outbox`);
    await new Row(phone.page).says("已送达");
  });
});

test("a new build waits while a draft is open, and asks after sealing", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  await phone.isKept();
  const report = new Report(phone.page);
  await report.noPhoto();
  await report.kind();
  await report.landmark();
  await endpoint.restart(["--page", endpoint.otherBuild("second"), "--data", endpoint.data]);
  await phone.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  const question = phone.page.getByText("有新版本了");
  await expect(question).toBeHidden();
  await report.next();
  await report.next();
  await expect(question).toBeHidden();
  await report.seal();
  await expect(question).toBeVisible();
  await report.button("换上").click();
  // The page loads itself anew with the build: a look at that very moment finds no page.
  const kept = async () => {
    const names = await phone.page.evaluate(() => caches.keys()).catch(() => []);
    return names.filter((name) => name.startsWith("poshang-"));
  };
  await expect.poll(kept).toEqual(["poshang-second"]);
  await expect(() => phone.page.goto(`${endpoint.url}/outbox`)).toPass();
  await new Row(phone.page).says("已送达（演示服务）");
});

test("a report that begins at a park has its place filled in", async ({ endpoint, phone }) => {
  await phone.open("/parks/JLP-002");
  await phone.page.getByRole("link", { name: /坏了/ }).click();
  const report = new Report(phone.page);
  await report.noPhoto();
  await report.kind();
  await expect(phone.page.getByText("重庆动物园")).toBeVisible();
  await report.next();
  await report.next();
  await report.seal();
  await phone.page.goto(`${endpoint.url}/outbox`);
  await new Row(phone.page).says("已送达（演示服务）");
  const [item] = atTheEndpoint(endpoint);
  expect(JSON.parse(item.sealed).body.place).toMatchObject({ park: "JLP-002" });
});

// Whoever taps twice, out of habit or with a shaking hand, had answered two questions: the second tap
// fell on what had come in place of what was tapped.
test("the second of two quick taps answers nothing", async ({ phone }) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.noPhoto();
  await expect(report.heading("是哪一类的事？")).toBeVisible();
  const group = phone.page.getByRole("button", { name: "道路通行" });
  const { x, y, width, height } = await group.boundingBox();
  await phone.page.mouse.click(x + width / 2, y + height / 2, { clickCount: 2, delay: 60 });
  const leaf = phone.page.getByRole("button", { name: "台阶护栏破损" });
  await expect(leaf).toBeVisible();
  await phone.page.waitForTimeout(500);
  await expect(leaf, "no leaf was taken").toBeVisible();
  await leaf.click();
  await expect(leaf).toHaveCount(0);
});
