// The sound is a report: spoken, kept, delivered, and played again.
import { expectAccessible } from "./rig/axe.mjs";
import { FAKE_DEVICES, REFUSED_DEVICES, streams, watchStreams } from "./rig/devices.mjs";
import { atTheEndpoint, bytesOf, onThePhone } from "./rig/kept.mjs";
import { Row } from "./rig/outbox.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const note = (page) => page.getByText(/^录音 \d+ 秒$/);

/** Taps, speaks for two seconds as the made-up microphone does, taps. */
async function say(page) {
  await page.getByRole("button", { name: "说一段话" }).click();
  await expect(page.getByRole("button", { name: /^说完了（[2-9]/ })).toBeVisible();
  await page.getByRole("button", { name: /^说完了/ }).click();
  await expect(note(page)).toBeVisible();
}

/** Plays it and waits until it has really moved on. */
async function plays(page) {
  await page.getByRole("button", { name: "听一遍" }).click();
  const audio = page.locator("audio");
  await expect.poll(() => audio.evaluate((it) => it.currentTime)).toBeGreaterThan(0.3);
}

test.describe("with a microphone", () => {
  test.use({ phoneOptions: FAKE_DEVICES });

  test("what was said is kept, delivered as it was, and can be heard", async ({
    endpoint,
    phone,
  }) => {
    await phone.open();
    await watchStreams(phone);
    await phone.open("/report");
    const report = new Report(phone.page);
    await say(phone.page);
    expect(await streams(phone.page)).toEqual({ opened: 1, on: 0 });
    await plays(phone.page);
    await expectAccessible(phone.page);
    await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
    const [draft] = (await onThePhone(phone.page)).drafts;
    await phone.page.reload();
    await expect(note(phone.page)).toBeVisible();
    await report.next();
    await phone.page.getByRole("button", { name: "说不清是哪类" }).click();
    await expect(report.heading("在哪里？")).toBeVisible();
    await report.button("说不清").click();
    await report.next();
    await expect(note(phone.page).first()).toBeVisible();
    await report.seal();
    await expect(phone.page.getByText("有录音")).toBeVisible();
    await phone.page.goto(`${endpoint.url}/outbox`);
    await new Row(phone.page).says("已送达（演示服务）");
    const sealed = JSON.parse(atTheEndpoint(endpoint)[0].sealed);
    expect(sealed.blobs).toHaveLength(1);
    expect(sealed.blobs[0]).toMatchObject({
      role: "voice",
      type: "audio/webm",
      sha256: draft.voice.sha256,
    });
    expect(sealed.blobs[0].seconds).toBeGreaterThanOrEqual(2);
    expect(sealed.blobs[0].width).toBeUndefined();
    const bytes = await bytesOf(phone.page, draft.voice.sha256);
    expect(bytes.length).toBe(sealed.blobs[0].len);
    await phone.page.getByRole("link", { name: /说不清|台阶|上报/ }).first().click();
    await expect(note(phone.page)).toBeVisible();
    await plays(phone.page);
  });

  test("who holds the button ends by letting go, and can delete it", async ({ phone }) => {
    await phone.open("/report");
    const button = phone.page.getByRole("button", { name: "说一段话" });
    await button.hover();
    await phone.page.mouse.down();
    await expect(phone.page.getByRole("button", { name: /^说完了（[1-9]/ })).toBeVisible();
    await phone.page.mouse.up();
    await expect(note(phone.page)).toBeVisible();
    await phone.page.getByRole("button", { name: "删掉录音" }).click();
    await expect(button).toBeVisible();
    await expect
      .poll(async () => (await onThePhone(phone.page)).drafts[0]?.voice ?? null)
      .toBe(null);
  });

  test("who goes on while speaking keeps what was said", async ({ phone }) => {
    await phone.open("/report");
    const report = new Report(phone.page);
    await phone.page.getByRole("button", { name: "说一段话" }).click();
    await expect(phone.page.getByRole("button", { name: /^说完了（[1-9]/ })).toBeVisible();
    await report.noPhoto();
    await expect(report.heading("是哪一类的事？")).toBeVisible();
    await expect
      .poll(async () => (await onThePhone(phone.page)).drafts[0]?.voice?.seconds ?? 0)
      .toBeGreaterThan(0);
  });

  test("in the elder edition speech comes first", async ({ phone }) => {
    await phone.open("/report");
    await phone.choose("edition", "elder");
    const speak = await phone.page.getByRole("button", { name: "说一段话" }).boundingBox();
    const shoot = await phone.page.getByRole("button", { name: "拍照" }).boundingBox();
    expect(speak.y).toBeLessThan(shoot.y);
    expect(speak.height).toBeGreaterThanOrEqual(60);
  });
});

test.describe("with a microphone that is refused", () => {
  test.use({ phoneOptions: REFUSED_DEVICES });

  test("it is said in words, and everything else goes on", async ({ phone }) => {
    await phone.open("/report");
    await phone.page.getByRole("button", { name: "说一段话" }).click();
    await expect(phone.page.getByText("坡上没有用话筒的许可")).toBeVisible();
    await new Report(phone.page).noPhoto();
    await expect(new Report(phone.page).heading("是哪一类的事？")).toBeVisible();
  });
});
