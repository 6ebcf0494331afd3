// The language of the screens: chosen once, and every screen is there in it.
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const radio = (page, name) => page.getByRole("radio", { name });
const heading = (page, name) => page.getByRole("heading", { level: 1, name });

test("another language is on every screen at once, stays after a reload, and leaves the person at the choice", async ({
  endpoint,
  phone,
}) => {
  const page = await phone.open("/me");
  await radio(page, "中文").focus();
  await page.keyboard.press("ArrowRight");
  await expect(heading(page, "Mine")).toBeVisible();
  await expect(radio(page, "English")).toBeChecked();
  await expect(radio(page, "English")).toBeFocused();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("link", { name: "Parks", exact: true }).click();
  await expect(heading(page, "Parks")).toBeVisible();
  await page.goBack();
  await expect(heading(page, "Mine")).toBeVisible();
  await page.goto(`${endpoint.url}/parks`);
  await expect(heading(page, "Parks")).toBeVisible();
  await page.goto(`${endpoint.url}/me`);
  await radio(page, "English").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(heading(page, "我的")).toBeVisible();
  await expect(radio(page, "中文")).toBeFocused();
});

test("a draft that was begun in one language goes on in the other", async ({ endpoint, phone }) => {
  const page = await phone.open("/report");
  const report = new Report(page);
  await report.upToTheWords("黄桷树旁边");
  await report.words("栏杆断了");
  await expect(page.getByText("草稿已存手机")).toBeVisible();
  const address = page.url();
  await page.goto(`${endpoint.url}/me`);
  await radio(page, "English").check({ force: true });
  await expect(heading(page, "Mine")).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole("textbox")).toHaveValue("栏杆断了");
  await expect(page.getByRole("button", { name: "Next" })).toBeVisible();
});
