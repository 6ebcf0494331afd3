// Every screen as it looks, for docs/screens, and what a machine can tell of its use by everybody.
import { expectAccessible } from "./rig/axe.mjs";
import { Giving } from "./rig/contact.mjs";
import { Row } from "./rig/outbox.mjs";
import { picture } from "./rig/pictures.mjs";
import { Report } from "./rig/report.mjs";
import { shoot } from "./rig/screens.mjs";
import { expect, test } from "./rig/test.mjs";

const ROOMS = [
  ["home", "/", "哪里坏了，说一声"],
  ["parks", "/parks", "公园"],
  ["park", "/parks/JLP-001", "彩云湖国家湿地公园"],
  ["outbox", "/outbox", "上报箱"],
  ["me", "/me", "我的"],
  ["help", "/me/help", null],
  ["privacy", "/me/privacy", null],
  ["safe", "/me/safe", "我的活儿安全吗"],
  ["data", "/me/data", null],
  ["unknown", "/nowhere", null],
];

async function look(page, name, elder) {
  await page.evaluate(() => document.fonts.ready);
  await shoot(page, name, elder ? "elder" : undefined);
  await expectAccessible(page);
  // Nothing may stand wider than the screen.
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
}

for (const elder of [false, true]) {
  test(`the rooms${elder ? " in the elder edition" : ""}`, async ({ endpoint, phone }) => {
    phone.allow(/404 \(Not Found\).*\/nowhere/);
    await phone.open();
    if (elder) await phone.choose("edition", "elder");
    await phone.page.goto(`${endpoint.url}/report`);
    await new Report(phone.page).write({ photos: 1 });
    await phone.page.goto(`${endpoint.url}/outbox`);
    await new Row(phone.page).says("已送达（演示服务）");
    for (const [name, path, heading] of ROOMS) {
      await phone.page.goto(endpoint.url + path);
      const h1 = phone.page.getByRole("heading", { level: 1 });
      await expect(heading ? h1.filter({ hasText: heading }).first() : h1.first()).toBeVisible();
      if (name === "outbox") await new Row(phone.page).says("已送达（演示服务）");
      if (name === "safe") await expect(phone.page.getByText("验过回执")).toBeVisible();
      await look(phone.page, name, elder);
    }
  });

  test(`the questions${elder ? " in the elder edition" : ""}`, async ({ endpoint, phone }) => {
    await phone.open();
    if (elder) await phone.choose("edition", "elder");
    await phone.page.goto(`${endpoint.url}/report`);
    const report = new Report(phone.page);
    const buffer = await picture(phone.page, 1_200, 900);
    await report.photo({ name: "photo.jpg", mimeType: "image/jpeg", buffer });
    await look(phone.page, "report-photo", elder);
    await report.button("遮住照片 1 上的脸和车牌").click();
    await report.button("加一块").click();
    await look(phone.page, "report-cover", elder);
    await report.button("遮好了").click();
    await expect(phone.page.getByText("已遮好 1 处")).toBeVisible();
    await report.next();
    await expect(report.heading("是哪一类的事？")).toBeVisible();
    await look(phone.page, "report-kind", elder);
    await phone.page.getByRole("button", { name: "燃气线缆照明" }).click();
    await look(phone.page, "report-leaf", elder);
    await phone.page.getByRole("button", { name: "燃气泄漏异味" }).click();
    await look(phone.page, "report-call", elder);
    await report.button("已经打过了，继续上报").click();
    await report.landmark();
    await look(phone.page, "report-place", elder);
    await report.next();
    await report.words("楼道里闻得到，白天更重。");
    await look(phone.page, "report-details", elder);
    await report.next();
    await expect(report.heading("看一遍，封好")).toBeVisible();
    await look(phone.page, "report-check", elder);
    await new Giving(phone.page).give();
    await phone.page.getByText("要不要留个电话？").evaluate((it) => it.scrollIntoView());
    await look(phone.page, "report-number", elder);
    await report.seal();
    await look(phone.page, "report-sealed", elder);
  });
}

for (const [width, height] of [[320, 640], [820, 1180]]) {
  test(`nothing is cut off at ${width} × ${height}`, async ({ endpoint, phone }) => {
    phone.allow(/404 \(Not Found\).*\/nowhere/);
    await phone.open();
    await phone.page.setViewportSize({ width, height });
    for (const [name, path] of ROOMS) {
      await phone.page.goto(endpoint.url + path);
      await expect(phone.page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      const wide = await phone.page.evaluate(
        () => document.documentElement.scrollWidth - innerWidth,
      );
      expect(wide, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
    }
  });
}
