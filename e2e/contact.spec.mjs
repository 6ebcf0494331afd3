// A telephone number beside a report: only on wish, with a consent of its own, sealed apart, taken back
// alone or with the report; and what stands in the sealed bytes of every consent.
import { expectAccessible } from "./rig/axe.mjs";
import { DIGITS, Giving, NUMBER, sentence } from "./rig/contact.mjs";
import { atTheEndpoint, numbersAtTheEndpoint, onThePhone, sha256 } from "./rig/kept.mjs";
import { delivered, Opened, sendNow, tellOnline } from "./rig/outbox.mjs";
import { photoOf } from "./rig/pictures.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const MASKED = "138****0000";

/** A report up to its look over. */
async function lookOver(page, words = "第二段梯坎的栏杆断了一截") {
  const report = new Report(page);
  await report.upToTheWords();
  await report.words(words);
  await report.next();
  await expect(report.heading("看一遍，封好")).toBeVisible();
  return [report, new Giving(page)];
}

/** Back to the photos for one more, and forward again past what was answered. */
async function oneMorePhoto(report, photo) {
  const questions = await report.backToThePhotos();
  await report.photo(photo);
  for (let nth = 0; nth < questions; nth++) await report.page.goForward();
  await expect(report.heading("看一遍，封好")).toBeVisible();
}

/** What the endpoint has of everything but numbers. */
const bodies = (endpoint) =>
  atTheEndpoint(endpoint)
    .filter((item) => item.kind !== "contact")
    .map((item) => JSON.parse(item.sealed));

/** A phone that has the page and then no network, at its look over. */
async function lookOverOffline(endpoint, phone) {
  await phone.open();
  await phone.isKept();
  await endpoint.offline();
  await phone.open("/report");
  return lookOver(phone.page);
}

test("a number and each consent are in the sealed bytes, with the digest of the very words", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  const [report, giving] = await lookOver(phone.page);
  await giving.number();
  for (const consent of [giving.passOn, giving.consent]) {
    await expect(consent, "nobody agrees beforehand").toHaveAttribute("aria-checked", "false");
    await consent.click();
  }
  await expect(phone.page.getByText(`会送出：${NUMBER}`)).toBeVisible();
  await expectAccessible(phone.page);
  const [passOn, called] = [await sentence(giving.passOn), await sentence(giving.consent)];
  const before = Date.now();
  await report.seal();
  await delivered(phone.page);

  const [sealed] = bodies(endpoint);
  expect(sealed.body.consents).toMatchObject([
    { what: "pass_on", version: "1", text_sha256: sha256(passOn) },
  ]);
  expect(JSON.stringify(sealed)).not.toContain(DIGITS);
  await expect.poll(() => numbersAtTheEndpoint(endpoint).length).toBe(1);
  const [number] = numbersAtTheEndpoint(endpoint);
  const contact = JSON.parse(number.sealed);
  expect(contact).toMatchObject({ kind: "contact", rev: 1, dseq: 2, device: sealed.device, blobs: [] });
  expect(contact.body).toMatchObject({
    of: sealed.id,
    phone: DIGITS,
    consent: { version: "1", text_sha256: sha256(called) },
  });
  expect(Math.abs(Date.parse(contact.body.consent.at) - before)).toBeLessThan(600_000);
  expect(number.case_no).toBe(atTheEndpoint(endpoint)[0].case_no);
});

test("people on photos are asked about only where there is a photo, and anew for each one more", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  const [report, giving] = await lookOver(phone.page);
  await expect(giving.passOn).toBeVisible();
  await expect(giving.photoPeople).toBeHidden();
  await oneMorePhoto(report);
  await giving.photoPeople.click();
  await expect(giving.photoPeople).toHaveAttribute("aria-checked", "true");
  await oneMorePhoto(report, await photoOf(phone.page, "teal"));
  await expect(giving.photoPeople).toHaveAttribute("aria-checked", "false");
  await giving.photoPeople.click();
  const said = await sentence(giving.photoPeople);
  await report.seal();
  await delivered(phone.page);
  expect(bodies(endpoint)[0].body.consents).toMatchObject([
    { what: "photo_people", version: "1", text_sha256: sha256(said) },
  ]);
});

test("a consent that was given in English is that of the English words", async ({ endpoint, phone }) => {
  await phone.open("/report");
  const [, giving] = await lookOver(phone.page);
  await giving.number();
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  await phone.choose("lang", "en");
  const consent = phone.page.getByRole("checkbox", { name: /may call this number/ });
  await consent.click();
  const words = await sentence(consent);
  await phone.page.getByRole("button", { name: "Seal and save on phone" }).click();
  await expect.poll(() => numbersAtTheEndpoint(endpoint).length).toBe(1);
  const { body } = JSON.parse(numbersAtTheEndpoint(endpoint)[0].sealed);
  expect(body.consent.text_sha256).toBe(sha256(words));
});

test("without a number no item is sealed but the report", async ({ endpoint, phone }) => {
  await phone.open("/report");
  const [report, giving] = await lookOver(phone.page);
  // Whoever changes their mind leaves nothing either.
  await giving.give();
  await giving.choose("不留");
  await expect(giving.field).toBeHidden();
  await report.seal();
  await delivered(phone.page);
  expect(atTheEndpoint(endpoint).map((item) => item.kind)).toEqual(["report"]);
  expect(numbersAtTheEndpoint(endpoint)).toEqual([]);
  expect((await onThePhone(phone.page)).rows).toHaveLength(1);
});

test("a wrong number says what is expected, keeps what was typed, and nothing is sealed", async ({
  phone,
}) => {
  await phone.open("/report");
  const [report, giving] = await lookOver(phone.page);
  for (const [typed, says] of [
    ["138 0000 000", "手机号是 11 位，现在是 10 位。"],
    ["6000 0000", "座机前面加上区号，重庆是 023。"],
    ["023 6000 000", /座机是区号加 7 或 8 位号码/],
    ["微信同号", "号码里只写数字，可以有空格。"],
    ["12345", /这不像电话号码/],
  ]) {
    await giving.number(typed);
    const field = phone.page.locator(".field").filter({ has: giving.field });
    await expect(field.getByText(says)).toBeVisible();
    await expect(giving.field).toHaveValue(typed);
    await expect(giving.field).toHaveAttribute("aria-invalid", "true");
    await expect(giving.seal).toHaveAttribute("aria-disabled", "true");
  }
  await giving.seal.click({ force: true });
  await expect(report.heading("看一遍，封好")).toBeVisible();
  // The way to what is wrong is the field itself; then the consent.
  const foot = phone.page.locator(".foot");
  await foot.getByRole("button", { name: "改" }).click();
  await expect(giving.field).toBeFocused();
  await giving.field.fill("023 6000 0000");
  await expect(foot.getByText(/还没同意打这个电话/)).toBeVisible();
  await foot.getByRole("button", { name: "改" }).click();
  await expect(giving.consent).toBeFocused();
  await phone.page.keyboard.press("Space");
  await expect(foot.getByRole("button", { name: "改" })).toBeHidden();
  await report.seal();
  const { rows } = await onThePhone(phone.page);
  expect(rows.map((row) => row.kind)).toEqual(["report", "contact"]);
  expect(JSON.parse(rows[1].sealed).body.phone).toBe("023-60000000");
});

test("a number survives a reload, is changed with its report, and the old one never leaves", async ({
  endpoint,
  phone,
}) => {
  const [report, giving] = await lookOverOffline(endpoint, phone);
  await giving.give();
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  await phone.page.reload();
  await expect(giving.field).toHaveValue(NUMBER);
  await expect(giving.consent).toHaveAttribute("aria-checked", "true");
  await report.seal();
  // With its number it is one thing, wherever things are counted.
  await phone.page.goto(`${endpoint.url}/rescue.html`);
  await expect(phone.page.getByText("手机里有 1 件封好的上报。")).toBeVisible();
  await expect(phone.page.getByRole("button", { name: "送出去（1 件没送到的）" })).toBeVisible();
  await phone.page.goto(endpoint.url);
  await expect(phone.page.getByText(/^1 件/).first()).toBeVisible();

  const opened = await Opened.newest(endpoint, phone.page);
  await expect(phone.page.getByText(`留了电话 ${MASKED}`)).toBeVisible();
  await expect(phone.page.getByText(DIGITS)).toHaveCount(0);
  const change = phone.page.getByRole("button", { name: "改一改" });
  await change.click();
  await expect(report.heading("看一遍，封好")).toBeVisible();
  await expect(giving.field).toHaveValue(DIGITS);
  await expect(giving.consent).toHaveAttribute("aria-checked", "true");
  // Sealed as it is, nobody is told twice.
  await report.seal();
  const kinds = async () => (await onThePhone(phone.page)).rows.map((row) => row.kind).sort();
  expect(await kinds()).toEqual(["contact", "report", "report"]);

  await Opened.newest(endpoint, phone.page);
  await change.click();
  await giving.field.fill("139 0000 0000");
  await report.seal();
  expect(await kinds(), "undone in its place: no byte of it had left").toEqual([
    "contact",
    "report",
    "report",
    "report",
    "withdraw",
  ]);
  await endpoint.online();
  await Opened.newest(endpoint, phone.page);
  await sendNow(phone.page);
  await opened.says("已送达（演示服务）");
  expect(numbersAtTheEndpoint(endpoint).map((it) => it.phone)).toEqual(["13900000000"]);
  const numbers = atTheEndpoint(endpoint).map((it) => it.dseq);
  expect(numbers.sort(), "and no number is missing").toEqual([1, 2, 3, 4, 5]);
});

test("a report that is undone takes its number with it", async ({ endpoint, phone }) => {
  const [report, giving] = await lookOverOffline(endpoint, phone);
  await giving.give();
  await report.seal();
  const opened = await Opened.newest(endpoint, phone.page);
  await opened.takeBack(/还没送出去/);
  await opened.says("已撤回");
  await expect(phone.page.getByText(MASKED)).toHaveCount(0);
  await endpoint.online();
  await tellOnline(phone.page);
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(2);
  expect(bodies(endpoint).map((it) => [it.kind, it.body])).toEqual([
    ["withdraw", {}],
    ["withdraw", {}],
  ]);
  expect(numbersAtTheEndpoint(endpoint)).toEqual([]);
  // The draft that it is again still has it, as it was agreed to.
  await phone.page.getByRole("link", { name: "接着写" }).click();
  await expect(giving.field).toHaveValue(DIGITS);
  await expect(giving.consent).toHaveAttribute("aria-checked", "true");
});

test("a report that was sent is withdrawn and its number is erased with it", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  const [report, giving] = await lookOver(phone.page);
  await giving.give();
  await report.seal();
  await delivered(phone.page);
  await expect.poll(() => numbersAtTheEndpoint(endpoint).length).toBe(1);
  const opened = await Opened.newest(endpoint, phone.page);
  await opened.takeBack(/已经送达/);
  await opened.explains("收件处知道撤回了。");
  expect(numbersAtTheEndpoint(endpoint)).toEqual([]);
});

test("a number that was sent is taken back alone, and the report stays", async ({ endpoint, phone }) => {
  await phone.open("/report");
  const [report, giving] = await lookOver(phone.page);
  await giving.give();
  await report.seal();
  await delivered(phone.page);
  const opened = await Opened.newest(endpoint, phone.page);
  const given = phone.page.locator("[data-numbers]");
  await expect(given).toContainText(`留了电话 ${MASKED}`);
  await expect(given).toContainText("号码已送达，收的人可以打。");
  await expectAccessible(phone.page);
  const dialog = phone.page.getByRole("dialog");
  const ask = given.getByRole("button", { name: "撤回电话" });
  await ask.click();
  await dialog.getByRole("button", { name: "留着" }).click();
  await expect(given).toContainText(MASKED);
  await endpoint.offline();
  await ask.click();
  await expect(dialog).toContainText("号码可能已经送出去了");
  await dialog.getByRole("button", { name: "撤回电话" }).click();
  await expect(given).toContainText("撤回电话还没告诉收件处");
  await endpoint.online();
  await sendNow(phone.page);
  await expect(given).toContainText("收件处知道电话撤回了。");
  await opened.says("已送达（演示服务）");
  expect(numbersAtTheEndpoint(endpoint)).toEqual([]);
  const [sealed, withdrawal] = bodies(endpoint);
  expect(withdrawal.body.of).not.toBe(sealed.id);
  expect(sealed.body.words).toBe("第二段梯坎的栏杆断了一截");
  await phone.page.goto(`${endpoint.url}/outbox`);
  await expect(phone.page.locator("[data-row]")).toHaveCount(1);
});

test("a number is remembered only if asked, fills in without agreeing, and is forgotten", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  const another = () => phone.page.goto(`${endpoint.url}/report?another=1`);
  const me = phone.page.getByRole("heading", { name: "记住的电话" });
  let [report, giving] = await lookOver(phone.page, "第一件");
  await giving.give();
  await expect(giving.remember).toHaveAttribute("aria-checked", "false");
  await report.seal();
  await phone.page.goto(`${endpoint.url}/me`);
  await expect(phone.page.getByRole("heading", { name: "怎么看" })).toBeVisible();
  await expect(me).toBeHidden();

  await another();
  [report, giving] = await lookOver(phone.page, "第二件");
  await giving.choose("留电话");
  await expect(giving.field).toHaveValue("");
  await giving.give();
  await giving.remember.click();
  await report.seal();

  await another();
  [report, giving] = await lookOver(phone.page, "第三件");
  await giving.choose("留电话");
  await expect(giving.field).toHaveValue(NUMBER);
  await expect(giving.consent).toHaveAttribute("aria-checked", "false");
  await expect(giving.remember).toHaveAttribute("aria-checked", "true");

  await phone.page.goto(`${endpoint.url}/me`);
  await expect(me).toBeVisible();
  await expect(phone.page.getByText(MASKED)).toBeVisible();
  await expectAccessible(phone.page);
  await phone.page.getByRole("button", { name: "忘掉" }).click();
  await expect(phone.page.getByText("电话已忘掉")).toBeVisible();
  await phone.page.reload();
  await expect(me).toBeHidden();
  await another();
  [, giving] = await lookOver(phone.page, "第四件");
  await giving.choose("留电话");
  await expect(giving.field).toHaveValue("");
});

test("a draft whose number lacks its consent says so, and is sealed with the others once it has it", async ({
  endpoint,
  phone,
}) => {
  const [, giving] = await lookOverOffline(endpoint, phone);
  await giving.number();
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  await phone.page.goto(`${endpoint.url}/report?another=1`);
  await lookOver(phone.page, "没留电话的");
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();

  await phone.page.goto(`${endpoint.url}/outbox`);
  const all = phone.page.getByRole("button", { name: "写好的 2 份，一次封好" });
  await expect(phone.page.getByText("还差：同意打电话")).toBeVisible();
  await expect(all).toBeHidden();
  const drafts = phone.page.getByRole("listitem").filter({ hasText: "还差：同意打电话" });
  await drafts.getByRole("link", { name: "接着写" }).click();
  await giving.consent.click();
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  await phone.page.goto(`${endpoint.url}/outbox`);
  await all.click();
  await expect(phone.page.locator("[data-row]")).toHaveCount(2);
  const { rows, drafts: left } = await onThePhone(phone.page);
  expect(left).toEqual([]);
  expect(rows.map((row) => row.kind).sort()).toEqual(["contact", "report", "report"]);
});
