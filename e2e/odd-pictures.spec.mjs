// Every odd or hostile file that an album can hold: taken in bare and small, or refused in words,
// and what was there before stays.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bytesOf, onThePhone } from "./rig/kept.mjs";
import {
  ORIENTATIONS,
  avif,
  flatJpeg,
  flatPng,
  heic,
  held,
  pngBomb,
  video,
  withGainMap,
  withVideo,
} from "./rig/odd-pictures.mjs";
import { picture } from "./rig/pictures.mjs";
import { PHOTO, Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const SECRET = "GPS 29.5066 106.5022 MADE BY SOMEBODY";
const DAMAGED = "这张照片坏了";
const TOO_LARGE = "超过 6400 万像素";

/** Name, bytes, and the size it becomes. */
const TAKEN = [
  ["of 12 megapixels", () => flatJpeg(4_000, 3_000), [1_600, 1_200]],
  ["of 48 megapixels", () => flatJpeg(8_000, 6_000), [1_600, 1_200]],
  ["of 64 megapixels, the most that is taken", () => flatPng(8_000, 8_000), [1_600, 1_600]],
  ["progressive", () => flatJpeg(2_000, 1_000, { progressive: true }), [1_600, 800]],
  ["CMYK", () => flatJpeg(400, 300, { components: 4 }), [400, 300]],
  ["with a gain map", () => withGainMap(flatJpeg(400, 300), SECRET), [400, 300]],
  ["with a film behind it", () => withVideo(flatJpeg(400, 300), SECRET), [400, 300]],
  ["long and thin", () => flatJpeg(9_000, 100), [1_600, 18]],
  ["a PNG", () => flatPng(300, 200), [300, 200]],
];

/** Name, bytes, and the words it is refused with. */
const REFUSED = [
  ["a JPEG that is cut off", () => flatJpeg(4_000, 3_000).subarray(0, 5_000), DAMAGED],
  ["a JPEG of more than 64 megapixels", () => flatJpeg(9_000, 8_000), TOO_LARGE],
  ["a PNG of 900 megapixels in a megabyte", () => pngBomb(30_000, 30_000), TOO_LARGE],
  ["a PNG that says 4 thousand million a side", () => pngBomb(0xffffffff, 0xffffffff), TOO_LARGE],
  ["an AVIF of 900 megapixels", () => avif(30_000, 30_000), TOO_LARGE],
  ["a PNG without pixels", () => flatPng(600, 400, { cut: 4 }).subarray(0, 40), DAMAGED],
  ["one pixel", () => flatPng(1, 1), "太小了"],
  ["an SVG", () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`), "矢量图"],
  ["a HEIC that this browser cannot open", heic, "打不开这种照片"],
  ["no bytes at all", () => Buffer.alloc(0), "是空的"],
  ["a film", video, "这是视频"],
  ["a page named .jpg", () => Buffer.from("<html>not a picture</html>"), "不是照片"],
];

const file = (buffer, name = "odd.jpg") => ({ name, mimeType: "image/jpeg", buffer });

/** Chooses files of the album. */
async function pick(page, files) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "从相册选" }).click();
  await (await chooser).setFiles(files);
}

const kept = (page) => page.getByText(/^存好了/);
/** Of all drafts: whoever begins another one leaves an empty one behind. */
const photos = async (page) => (await onThePhone(page)).drafts.flatMap((it) => it.photos);

/** Marker and length of every part of a JPEG up to its scan; what stands behind its end. */
function parts(jpeg) {
  const markers = [];
  let at = 2;
  while (jpeg[at + 1] !== 0xda) {
    markers.push(jpeg[at + 1]);
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  const end = jpeg.indexOf(Buffer.from([0xff, 0xd9]), at);
  return { markers, behind: jpeg.length - end - 2 };
}

function expectBare(bytes) {
  const { markers, behind } = parts(bytes);
  // Of the parts that say something only JFIF is left.
  expect(markers.filter((it) => (it >= 0xe1 && it <= 0xef) || it === 0xfe)).toEqual([]);
  expect(behind).toBe(0);
  expect(bytes.includes("SOMEBODY")).toBe(false);
}

test("odd pictures are taken in, small and bare", async ({ phone }) => {
  await phone.open("/report");
  for (const [name, make, size] of TAKEN) {
    await phone.page.goto(new URL("/report?another=1", phone.page.url()).href);
    await pick(phone.page, file(make()));
    await expect(kept(phone.page), name).toHaveCount(1);
    await expect.poll(() => photos(phone.page), name).toHaveLength(1);
    const [photo] = await photos(phone.page);
    expect([photo.width, photo.height], name).toEqual(size);
    expectBare(await bytesOf(phone.page, photo.sha256));
    await phone.page.getByRole("button", { name: "删掉照片 1" }).click();
    await expect.poll(() => photos(phone.page)).toHaveLength(0);
  }
});

test("however the phone was held, the photo stands upright", async ({ phone }) => {
  await phone.open("/report");
  // Red above on the left, as it is stored; where it must stand, by orientation (Exif 2.32, 4.6.4).
  const corner = { 1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl" };
  const drawn = await phone.page.evaluate(cornered, [400, 200]);
  for (const orientation of ORIENTATIONS) {
    await phone.page.goto(new URL("/report?another=1", phone.page.url()).href);
    await pick(phone.page, file(held(Buffer.from(drawn, "base64"), orientation, SECRET)));
    await expect.poll(() => photos(phone.page)).toHaveLength(1);
    const [photo] = await photos(phone.page);
    const turned = orientation > 4;
    expect([photo.width, photo.height]).toEqual(turned ? [200, 400] : [400, 200]);
    const bytes = await bytesOf(phone.page, photo.sha256);
    expectBare(bytes);
    const where = await phone.page.evaluate(redCorner, bytes.toString("base64"));
    expect(where, `orientation ${orientation}`).toBe(corner[orientation]);
    await phone.page.getByRole("button", { name: "删掉照片 1" }).click();
    await expect.poll(() => photos(phone.page)).toHaveLength(0);
  }
});

test("what is no photo is refused in words, and the rest is kept", async ({ phone }) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.photo();
  for (const [name, make, words] of REFUSED) {
    // In one go with a good picture: that one is taken all the same.
    const good = await picture(phone.page, 40 + REFUSED.findIndex((it) => it[0] === name), 30);
    await pick(phone.page, [file(make()), file(good, "good.jpg")]);
    await expect(phone.page.getByRole("alert"), name).toContainText(words);
    await expect(kept(phone.page), name).toHaveCount(2);
    await expect.poll(() => photos(phone.page), name).toHaveLength(2);
    await phone.page.getByRole("button", { name: "删掉照片 2" }).click();
    await expect(kept(phone.page)).toHaveCount(1);
  }
  await report.next();
  await expect(report.heading("是哪一类的事？")).toBeVisible();
});

test("a file of 300 MB is refused without being read", async ({ phone }) => {
  const folder = mkdtempSync(join(tmpdir(), "poshang-large-"));
  const path = join(folder, "large.jpg");
  writeFileSync(path, PHOTO);
  // Sparse: the disk holds one block of it.
  truncateSync(path, 300 * 1024 * 1024);
  try {
    await phone.open("/report");
    await pick(phone.page, path);
    await expect(phone.page.getByRole("alert")).toContainText("超过 40 MB");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a photo that was taken out by a slip comes back to its place", async ({ phone }) => {
  await phone.open("/report");
  const page = phone.page;
  const two = [file(await picture(page, 60, 40), "1.jpg"), file(await picture(page, 61, 40), "2.jpg")];
  await pick(page, two);
  await expect(kept(page)).toHaveCount(2);
  const before = await photos(page);
  await page.getByRole("button", { name: "删掉照片 1" }).click();
  await expect(kept(page)).toHaveCount(1);
  await expect(page.getByText("第 1 张拿掉了。")).toBeVisible();
  // The button that had the focus is gone.
  await expect(page.getByRole("button", { name: "放回来" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(kept(page)).toHaveCount(2);
  await expect.poll(() => photos(page)).toEqual(before);
  await expect(page.getByText("拿掉了")).toHaveCount(0);
});

test("of several files that are no photos it is said how many", async ({ phone }) => {
  await phone.open("/report");
  const good = file(await picture(phone.page, 60, 40), "good.jpg");
  await pick(phone.page, [file(REFUSED[0][1]()), file(REFUSED[0][1]()), good]);
  await expect(phone.page.getByRole("alert")).toContainText("有 2 个文件没有放进来");
  await expect(kept(phone.page)).toHaveCount(1);
});

test("twelve photos are taken, and of more the first", async ({ phone }) => {
  await phone.open("/report");
  const all = [];
  for (let nth = 0; nth < 14; nth++) {
    all.push(file(await picture(phone.page, 60 + nth, 40), `${nth}.jpg`));
  }
  await pick(phone.page, all);
  await expect(kept(phone.page)).toHaveCount(12);
  await expect(phone.page.getByRole("button", { name: "从相册选" })).toBeHidden();
  await expect.poll(() => photos(phone.page)).toHaveLength(12);
  await expect(phone.page.getByRole("alert")).toHaveText(/最多 12 张照片，还有 2 张没有放进来/);
});

/** A JPEG, green, with a red upper left corner; base64. In the page. */
async function cornered([width, height]) {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#00a000";
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = "#ff0000";
  pen.fillRect(0, 0, width / 2, height / 2);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}

/** Which corner is red: top or bottom, left or right. In the page. */
async function redCorner(base64) {
  const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.drawImage(bitmap, 0, 0);
  const corners = { tl: [0.2, 0.2], tr: [0.8, 0.2], bl: [0.2, 0.8], br: [0.8, 0.8] };
  const isRed = ([x, y]) => {
    const [red, green] = pen.getImageData(width * x, height * y, 1, 1).data;
    return red > 150 && green < 100;
  };
  return Object.keys(corners).filter((name) => isRed(corners[name])).join(" ");
}
