// What can break, each injected: a screen that says what to do, and what was typed stays.
import { injected } from "./rig/faults.mjs";
import { onThePhone } from "./rig/kept.mjs";
import { PHOTO, Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

test("a phone that is full keeps the words and refuses the photo in words", async ({ phone }) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.noPhoto();
  await report.kind();
  await report.landmark("黄桷树旁边");
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  await report.backToThePhotos();
  const fault = injected("C11", "the storage said QuotaExceededError for the bytes of a photo");
  // The browser's quota cannot be set reliably from outside: the storage says it as a full one does.
  await phone.page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      if (this.name === "blobs") throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, given);
    };
  });
  await report.shoot();
  await expect(phone.page.getByText(/手机存不下这张照片/)).toBeVisible();
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  expect((await onThePhone(phone.page)).drafts[0].place.words).toBe("黄桷树旁边");
  fault.observed("the photo is refused in words, the draft and its words are kept");
});

// Storage runs full in the middle of a photo.
// The words must be on the disk first, and a photo that would take the last room is asked for smaller.
test("a phone that is nearly full keeps the words first and the photo smaller", async ({ phone }) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  const buffer = Buffer.from(await phone.page.evaluate(noise), "base64");
  // Beyond what stays free for texts there is room for 250 KB.
  await phone.page.evaluate(() => {
    navigator.storage.estimate = async () => ({ quota: 8_388_608 + 250_000, usage: 0 });
  });
  const chooser = phone.page.waitForEvent("filechooser");
  await report.button("从相册选").click();
  await (await chooser).setFiles({ name: "noise.jpg", mimeType: "image/jpeg", buffer });
  await expect(phone.page.getByText("手机快满了，照片存小了一号")).toBeVisible();
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  const [photo] = (await onThePhone(phone.page)).drafts[0].photos;
  expect([photo.width, photo.height]).toEqual([800, 600]);
  expect(photo.len).toBeLessThan(250_000);
});

/** A JPEG of 1,600 × 1,200 pixels that cannot be made much smaller; base64. In the page. */
async function noise() {
  const canvas = new OffscreenCanvas(1_600, 1_200);
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(1_600, 1_200);
  let seed = 7;
  for (let at = 0; at < image.data.length; at++) {
    seed = (seed * 16_807) % 2_147_483_647;
    image.data[at] = at % 4 === 3 ? 255 : 100 + (seed % 80);
  }
  pen.putImageData(image, 0, 0);
  const bytes = new Uint8Array(
    await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 })).arrayBuffer(),
  );
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(text);
}

for (const [what, file, says] of [
  ["cut in half", { name: "half.jpg", mimeType: "image/jpeg", buffer: PHOTO.subarray(0, 300) }, /坏了|打不开/],
  ["empty", { name: "none.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(0) }, /空的/],
  ["a drawing", { name: "a.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") }, /矢量图/],
  ["a text", { name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not a photo at all") }, /不是照片/],
]) {
  test(`a photo that is ${what} is refused in words and the rest is kept`, async ({ phone }) => {
    await phone.open("/report");
    const report = new Report(phone.page);
    await report.photo();
    await report.shoot(file);
    await expect(phone.page.getByRole("alert").getByText(says)).toBeVisible();
    await expect(phone.page.getByRole("img", { name: "照片 1" })).toBeVisible();
  });
}

test("a refused location is said once, and the list still works", async ({ phone }) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.noPhoto();
  await report.kind();
  await phone.page.getByRole("button", { name: /就在我这里/ }).click();
  // The button that was pressed is gone; what is said in its place has the focus, and is read out.
  await expect(phone.page.locator(":focus")).toContainText("没有开放定位");
  // What was known before the page was loaded takes no focus from anybody.
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  await phone.page.reload();
  await expect(phone.page.getByText(/没有开放定位/)).toBeVisible();
  await phone.page.waitForTimeout(500);
  await expect(phone.page.locator("body")).toBeFocused();
  await phone.page.getByLabel("找地点").fill("民主村");
  await phone.page.getByRole("button", { name: /民主村/ }).first().click();
  await report.next();
  await expect(report.heading("还有要说的吗？")).toBeVisible();
});

test("an unknown address says so and leads back", async ({ phone }) => {
  phone.allow(/404 \(Not Found\).*\/nowhere/);
  await phone.open("/nowhere");
  await expect(phone.page.getByText("没有这一页")).toBeVisible();
  await phone.page.getByRole("link", { name: "回首页" }).click();
  await expect(phone.page.getByRole("heading", { name: "哪里坏了，说一声" })).toBeVisible();
});

test("a damaged pack shows no half park, and a report works in one's own words", async ({
  endpoint,
  phone,
}) => {
  const half = '{"form":1,"district":{"code":"500107"';
  const body = { status: 200, headers: [["content-type", "application/json"]], body: half };
  await endpoint.rules([{ path: "/data/pack.json", fault: { status: body } }]);
  await phone.open("/parks");
  await expect(phone.page.getByText("公园数据少了一段")).toBeVisible();
  await phone.page.getByRole("link", { name: "先去上报" }).click();
  const report = new Report(phone.page);
  await report.noPhoto();
  await report.next();
  await report.landmark("黄桷树旁边");
  await report.next();
  await report.words("栏杆断了");
  await report.next();
  await report.seal();
});
