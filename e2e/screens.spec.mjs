// Every screen as it looks, for docs/screens, and what a machine can tell of its use by everybody.
import { expectAccessible } from "./rig/axe.mjs";
import { Giving } from "./rig/contact.mjs";
import { Row } from "./rig/outbox.mjs";
import { picture } from "./rig/pictures.mjs";
import { LEVEL, Report } from "./rig/report.mjs";
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

/** Nothing may stand wider than the screen. */
async function expectNothingCutOff(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
}

async function look(page, name, elder) {
  await page.evaluate(() => document.fonts.ready);
  await shoot(page, name, elder ? "elder" : undefined);
  await expectAccessible(page);
  await expectNothingCutOff(page, name);
}

/** Every question of a report, from the first photo to 已存手机; `at` is called at each. */
async function everyQuestion(page, at) {
  const report = new Report(page);
  const buffer = await picture(page, 1_200, 900);
  await report.photo({ name: "photo.jpg", mimeType: "image/jpeg", buffer });
  await at("photo");
  await report.button("遮住照片 1 上的脸和车牌").click();
  await report.button("加一块").click();
  await at("cover");
  await report.button("遮好了").click();
  await expect(page.getByText("已遮好 1 处")).toBeVisible();
  await report.next();
  await expect(report.heading("是哪一类的事？")).toBeVisible();
  await at("kind");
  await page.getByRole("button", { name: "燃气线缆照明" }).click();
  await at("leaf");
  await page.getByRole("button", { name: "燃气泄漏异味" }).click();
  await at("call");
  await report.button("已经打过了，继续上报").click();
  await report.landmark();
  await at("place");
  await report.button("下一问").click();
  await expect(report.heading(LEVEL)).toBeVisible();
  await page.getByText("梯坎", { exact: true }).last().click();
  await at("level");
  await report.next();
  await report.words("楼道里闻得到，白天更重。");
  await at("details");
  await report.next();
  await expect(report.heading("看一遍，封好")).toBeVisible();
  await at("check");
  await new Giving(page).give();
  await page.getByText("要不要留个电话？").evaluate((it) => it.scrollIntoView());
  await at("number");
  await report.seal();
  await at("sealed");
}

/** What only some kinds ask. */
async function questionsOfAKind(page, at) {
  const report = new Report(page);
  await expect(report.heading("是哪一类的事？")).toBeVisible();
  await page.getByRole("button", { name: "道路通行" }).click();
  await page.getByRole("button", { name: "台阶护栏破损" }).click();
  await expect(report.button("不是")).toBeVisible();
  await at("danger");
  await report.button("不是").click();
  await expect(report.heading("再问几句")).toBeVisible();
  await at("asks");
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

  test(`the filters${elder ? " in the elder edition" : ""}`, async ({ endpoint, phone }) => {
    const page = await phone.open();
    if (elder) await phone.choose("edition", "elder");
    await page.goto(`${endpoint.url}/parks`);
    await page.getByRole("button", { name: "筛选", exact: true }).click();
    await page.getByRole("button", { name: "公厕", exact: true }).first().click();
    await look(page, "parks-filter", elder);
  });

  test(`the questions${elder ? " in the elder edition" : ""}`, async ({ endpoint, phone }) => {
    const page = await phone.open();
    if (elder) await phone.choose("edition", "elder");
    const at = (name) => look(page, `report-${name}`, elder);
    await page.goto(`${endpoint.url}/report`);
    await everyQuestion(page, at);
    await page.goto(`${endpoint.url}/report?another=kind`);
    await questionsOfAKind(page, at);
  });
}

for (const elder of [false, true]) {
  test(`no question is cut off on a small phone${elder ? " in the elder edition" : ""}`, async ({
    endpoint,
    phone,
  }) => {
    const page = await phone.open();
    await page.setViewportSize({ width: 320, height: 640 });
    if (elder) await phone.choose("edition", "elder");
    const at = (name) => expectNothingCutOff(page, name);
    await page.goto(`${endpoint.url}/report`);
    await everyQuestion(page, at);
    await page.goto(`${endpoint.url}/report?another=kind`);
    await questionsOfAKind(page, at);
  });
}

// The bar beside the page was taller than the screen, and 我的 lay below it.
for (const elder of [false, true]) {
  test(`every main screen is in reach on a phone that lies on its side${elder ? ", in the elder edition" : ""}`, async ({
    phone,
  }) => {
    const page = await phone.open();
    if (elder) await phone.choose("edition", "elder");
    await page.setViewportSize({ width: 740, height: 360 });
    const links = page.locator(".tabs a").filter({ visible: true });
    await expect(links).toHaveCount(elder ? 3 : 5);
    for (const link of await links.all()) await expect(link).toBeInViewport({ ratio: 1 });
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
      await expectNothingCutOff(phone.page, name);
      if (width > 800 && ["parks", "park"].includes(name)) await shoot(phone.page, name, "wide");
    }
  });
}
