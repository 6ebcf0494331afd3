// What a person covers is gone from the pixels, and after sealing from the phone.
import { expectAccessible } from "./rig/axe.mjs";
import { atTheEndpoint, bytesOf, onThePhone } from "./rig/kept.mjs";
import { Row } from "./rig/outbox.mjs";
import { picture } from "./rig/pictures.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const covered = (page, count) => page.getByText(`已遮好 ${count} 处`);

/** A photo of 800 × 600 pixels, bright all over, on the screen where boxes are drawn. */
async function toTheBoxes(phone) {
  await phone.open("/report");
  const report = new Report(phone.page);
  const buffer = await picture(phone.page, 800, 600);
  await report.photo({ name: "bright.jpg", mimeType: "image/jpeg", buffer });
  await report.button("遮住照片 1 上的脸和车牌").click();
  await expect(report.heading("遮住不该看见的")).toBeVisible();
  await expect(phone.page.getByRole("img", { name: "要遮的照片" })).toBeVisible();
  return report;
}

async function draft(phone) {
  return (await onThePhone(phone.page)).drafts[0];
}

test("a box drawn with a finger is in the pixels, and what lay under it leaves at sealing", async ({
  endpoint,
  phone,
}) => {
  const report = await toTheBoxes(phone);
  const seen = await phone.page.locator(".cover svg").boundingBox();
  const at = (x, y) => [seen.x + seen.width * x, seen.y + seen.height * y];
  await phone.page.mouse.move(...at(0.25, 0.25));
  await phone.page.mouse.down();
  await phone.page.mouse.move(...at(0.4, 0.4), { steps: 4 });
  await phone.page.mouse.move(...at(0.5, 0.5), { steps: 4 });
  await phone.page.mouse.up();
  await expect(phone.page.getByText("遮了 1 块。")).toBeVisible();
  await expectAccessible(phone.page);
  await report.button("遮好了").click();
  await expect(covered(phone.page, 1)).toBeVisible();
  const [photo] = (await draft(phone)).photos;
  const bare = photo.under.sha256;
  expect(photo.sha256).not.toBe(bare);
  expect((await bytesOf(phone.page, bare)).length).toBe(photo.under.len);
  await report.next();
  await report.kind();
  await report.landmark();
  await report.next();
  await report.next();
  await expect(covered(phone.page, 1)).toBeVisible();
  await report.seal();
  await phone.page.goto(`${endpoint.url}/outbox`);
  await new Row(phone.page).says("已送达（演示服务）");
  const [blob] = JSON.parse(atTheEndpoint(endpoint)[0].sealed).blobs;
  expect(blob).toMatchObject({ sha256: photo.sha256, covered: 1 });
  expect(await bytesOf(phone.page, bare)).toBeUndefined();
  const stored = await bytesOf(phone.page, blob.sha256);
  const pixels = await phone.page.evaluate(pixelsOf, [
    stored.toString("base64"),
    [[300, 200], [210, 160], [390, 290], [100, 100], [500, 400]],
  ]);
  for (const dark of pixels.slice(0, 3)) expect(Math.max(...dark)).toBeLessThan(70);
  for (const bright of pixels.slice(3)) expect(Math.min(...bright)).toBeGreaterThan(150);
  expect(stored.includes("Exif")).toBe(false);
});

test("the keyboard alone adds, moves, sizes, removes and undoes; a reload keeps it", async ({
  phone,
}) => {
  const report = await toTheBoxes(phone);
  await report.button("加一块").focus();
  await phone.page.keyboard.press("Enter");
  const box = phone.page.getByRole("button", { name: /^遮块 1/ });
  await box.focus();
  const [x, w] = [await box.getAttribute("x"), await box.getAttribute("width")].map(Number);
  await phone.page.keyboard.press("ArrowRight");
  expect(Number(await box.getAttribute("x"))).toBe(x + 16);
  await phone.page.keyboard.press("+");
  expect(Number(await box.getAttribute("width"))).toBe(w + 16);
  await report.button("退一步").click();
  await report.button("退一步").click();
  expect(Number(await box.getAttribute("x"))).toBe(x);
  await report.button("加一块").click();
  await expect(phone.page.getByText("遮了 2 块。")).toBeVisible();
  await phone.page.getByRole("button", { name: /^遮块 2/ }).focus();
  await phone.page.keyboard.press("Delete");
  await expect(phone.page.getByText("遮了 1 块。")).toBeVisible();
  await expect.poll(async () => (await draft(phone)).photos[0].boxes.length).toBe(1);
  await phone.page.reload();
  await expect(report.heading("遮住不该看见的")).toBeVisible();
  await expect(phone.page.getByText("遮了 1 块。")).toBeVisible();
  await report.button("返回").click();
  await expect(covered(phone.page, 1)).toBeVisible();
  // Taken back, the photo is what it was, byte for byte.
  const [before] = (await draft(phone)).photos;
  await report.button("遮住照片 1 上的脸和车牌").click();
  await phone.page.getByRole("button", { name: /^遮块 1/ }).focus();
  await phone.page.keyboard.press("Delete");
  await report.button("遮好了").click();
  await expect(phone.page.getByText(/^存好了/)).toBeVisible();
  await expect
    .poll(async () => (await draft(phone)).photos[0])
    .toMatchObject({ sha256: before.under.sha256, under: null });
});

// The page was closed while the boxes were on their way into the pixels.
// A photo that looked covered on the screen must not be sealed as it was.
test("boxes that a closed page did not put into the pixels are put there before sealing", async ({
  endpoint,
  phone,
}) => {
  const report = await toTheBoxes(phone);
  await report.button("加一块").click();
  await expect.poll(async () => (await draft(phone)).photos[0].boxes.length).toBe(1);
  await phone.kill();
  await phone.open();
  const { id } = await phone.page.evaluate(async () => {
    const db = await new Promise((resolve) => {
      indexedDB.open("poshang").onsuccess = ({ target }) => resolve(target.result);
    });
    const keys = await new Promise((resolve) => {
      db.transaction("drafts").objectStore("drafts").getAllKeys().onsuccess = ({ target }) =>
        resolve(target.result);
    });
    db.close();
    return { id: keys[0] };
  });
  await phone.open(`/report?draft=${id}&step=place`);
  await report.landmark.call(new Report(phone.page));
  const again = new Report(phone.page);
  await again.next();
  await again.next();
  await again.seal();
  await phone.page.goto(`${endpoint.url}/outbox`);
  await new Row(phone.page).says("已送达（演示服务）");
  expect(JSON.parse(atTheEndpoint(endpoint)[0].sealed).blobs[0].covered).toBe(1);
});

/** Red, green and blue of these points of a JPEG. In the page. */
async function pixelsOf([base64, points]) {
  const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(bitmap, 0, 0);
  return points.map(([x, y]) => [...pen.getImageData(x, y, 1, 1).data.slice(0, 3)]);
}
