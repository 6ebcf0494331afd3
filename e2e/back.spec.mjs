// Going back: the phone's button and the arrow lead to where a person was, as they left it.
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";
import { onThePhone } from "./rig/kept.mjs";

const title = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const scrolled = (page) => page.evaluate(() => Math.round(scrollY));

// Back from a sealed report led into its questions, each a blank draft: it looked as if the report
// was gone. Now it leads to where the report was begun from.
test("the back button after sealing leads to where the report was begun, not into blank drafts", async ({
  phone,
}) => {
  const page = await phone.open("/parks/JLP-002");
  await page.getByRole("link", { name: "这里坏了" }).click();
  const report = new Report(page);
  await report.noPhoto();
  await report.kind();
  await report.next();
  await report.words("栏杆断了");
  await report.next();
  await report.seal();
  await expect(page).toHaveURL(/sealed=/);
  await page.goBack();
  await expect(title(page, "重庆动物园")).toBeVisible();
  const kept = await onThePhone(page);
  expect(kept.rows).toHaveLength(1);
  expect(kept.drafts).toHaveLength(0);
});

test("with nothing before it, the back button after sealing shows the sealed report", async ({
  phone,
}) => {
  const page = await phone.open("/report");
  const report = new Report(page);
  await report.noPhoto();
  await report.kind();
  await report.landmark();
  await report.next();
  await report.next();
  await report.seal();
  // The address of a question, as it stands in another tab or in a bookmark.
  const { rows } = await onThePhone(page);
  await page.goto(new URL(`/report?draft=${rows[0].key.id}&step=place`, page.url()).href);
  await expect(title(page, "已存手机")).toBeVisible();
  expect((await onThePhone(page)).drafts).toHaveLength(0);
});

// The heading took the focus, and the screen went to the top with it. It no longer scrolls.
test("the list is as far down as it was left", async ({ phone }) => {
  const page = await phone.open("/parks");
  await expect(page.locator(".sec .row").first()).toBeVisible();
  for (const down of [300, 1100, 2400]) {
    await page.mouse.move(180, 400);
    while ((await scrolled(page)) < down) await page.mouse.wheel(0, 200);
    const row = page.locator(".sec .row").filter({ visible: true });
    const box = await row.evaluateAll((all) => {
      const seen = all.findIndex((it) => it.getBoundingClientRect().top > 200);
      return { nth: seen, href: all[seen].getAttribute("href") };
    });
    // As it stands when the finger comes down, which may have brought it into sight.
    await page.evaluate(() => {
      const note = ({ target }) =>
        (globalThis.left = target.closest("a").getBoundingClientRect().top);
      addEventListener("pointerdown", note, { once: true });
    });
    await row.nth(box.nth).click();
    await expect(page).toHaveURL(new RegExp(`${box.href}$`));
    await expect.poll(() => scrolled(page)).toBe(0);
    await page.goBack();
    const left = await page.evaluate(() => globalThis.left);
    const stands = () => page.locator(`a[href="${box.href}"]`).evaluate((it) => it.getBoundingClientRect().top);
    await expect.poll(stands).toBeCloseTo(left, 0);
  }
  // Whoever taps on the tab begins at the top.
  await page.getByRole("link", { name: "首页" }).click();
  await page.getByRole("link", { name: "公园", exact: true }).click();
  await expect.poll(() => scrolled(page)).toBe(0);
});

test("the arrow of a park leads to where it was opened from, else to the list", async ({ phone }) => {
  const page = await phone.open("/parks?view=map");
  await page.goto(new URL("/parks/JLP-002", page.url()).href);
  await expect(title(page, "重庆动物园")).toBeVisible();
  await page.getByRole("link", { name: "返回" }).click();
  await expect(page).toHaveURL(/\/parks$/);
  await page.getByRole("link", { name: "我的", exact: true }).click();
  await page.getByRole("link", { name: /我的公园/ }).click();
  await expect(title(page, "我的公园")).toBeVisible();
  await page.getByRole("link", { name: "返回" }).click();
  await expect(title(page, "我的")).toBeVisible();
});
