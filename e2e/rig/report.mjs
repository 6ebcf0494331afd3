// A person who writes a report: every step by what stands on the screen.
import { expect } from "@playwright/test";

/** 16 × 12 pixels, 669 bytes: the photo of the golden file. */
export const PHOTO = Buffer.from(
  JSON.parse(
    (await import("node:fs")).readFileSync(
      new URL("../../crates/model/tests/golden/sync-1.json", import.meta.url),
      "utf8",
    ),
  ).photo.base64,
  "base64",
);

/** The question after the place. */
export const LEVEL = "在坡的哪一层？";

/** A phone that has the page, loses its network, and then writes a whole report. */
export async function writtenOffline(endpoint, phone, what) {
  await phone.open();
  await phone.isKept();
  await endpoint.offline();
  await phone.open("/report");
  await new Report(phone.page).write(what);
}

export class Report {
  constructor(page) {
    this.page = page;
  }

  heading(text) {
    return this.page.getByRole("heading", { level: 1, name: text });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** To the next question; from the place past its level, which has a spec of its own. */
  async next() {
    const heading = this.page.locator("#app h1");
    const from = await heading.textContent();
    await this.button("下一问").click();
    if (from !== "在哪里？") return;
    await expect(heading).not.toHaveText(from);
    if ((await heading.textContent()) === LEVEL) await this.button("下一问").click();
  }

  /** Presses 拍照 and gives the camera's answer: a file. */
  async shoot(file = { name: "photo.jpg", mimeType: "image/jpeg", buffer: PHOTO }) {
    const chooser = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: /^(拍照|再拍一张)$/ }).click();
    await (await chooser).setFiles(file);
  }

  async photo(file) {
    const kept = this.page.getByText(/^存好了/);
    const before = await kept.count();
    await this.shoot(file);
    await expect(kept).toHaveCount(before + 1);
  }

  /** Back to the first question, however many a kind asks. Returns how many steps that was. */
  async backToThePhotos() {
    const heading = this.page.locator("#app h1");
    for (let back = 0; ; back++) {
      const asked = await heading.textContent();
      if (asked === "拍一张现场") return back;
      await this.button("返回").click();
      await expect(heading).not.toHaveText(asked);
    }
  }

  async noPhoto() {
    await this.button("不拍了").click();
  }

  /** Group, leaf, and the answer to the leaf's question if it has one. */
  async kind(group = "道路通行", leaf = "台阶护栏破损", danger = "不是") {
    await expect(this.heading("是哪一类的事？")).toBeVisible();
    await this.page.getByRole("button", { name: group }).click();
    await this.page.getByRole("button", { name: leaf }).click();
    if (danger) await this.page.getByRole("button", { name: danger, exact: true }).click();
    await this.passAsks();
  }

  /** Passes over what the kind asks besides, if it asks anything. */
  async passAsks() {
    const call = this.page.getByRole("button", { name: "已经打过了，继续上报" });
    const asks = this.heading("再问几句");
    const next = this.heading(/^(在哪里？|拍一张现场|还有要说的吗？)$/);
    await expect(asks.or(next).or(call)).toBeVisible();
    if (await asks.isVisible()) await this.next();
  }

  async landmark(words = "小卖部门口") {
    await expect(this.heading("在哪里？")).toBeVisible();
    await this.page.getByLabel("附近有什么认得出的").fill(words);
  }

  /** All questions before the words, without a photo. */
  async upToTheWords(place) {
    await this.noPhoto();
    await this.kind();
    await this.landmark(place);
    await this.next();
  }

  async words(words) {
    await expect(this.heading("还有要说的吗？")).toBeVisible();
    await this.page.getByLabel("写几句").fill(words);
  }

  async seal() {
    await expect(this.heading("看一遍，封好")).toBeVisible();
    await this.button("封好，存手机").click();
    await expect(this.heading("已存手机")).toBeVisible();
  }

  /** A whole report; `photos` so many. */
  async write({ photos = 0, words = "第二段梯坎的栏杆断了一截" } = {}) {
    await expect(this.heading("拍一张现场")).toBeVisible();
    for (let i = 0; i < photos; i++) await this.photo();
    await (photos ? this.next() : this.noPhoto());
    await this.kind();
    await this.landmark();
    await this.next();
    await this.words(words);
    await this.next();
    await this.seal();
  }
}
