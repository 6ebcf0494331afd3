// The camera in the page: what it takes, when it is off, and what is offered where there is none.
import { expectAccessible } from "./rig/axe.mjs";
import { FAKE_DEVICES, REFUSED_DEVICES, streams, watchStreams } from "./rig/devices.mjs";
import { atTheEndpoint, bytesOf, onThePhone } from "./rig/kept.mjs";
import { Row } from "./rig/outbox.mjs";
import { PHOTO, Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const HERE = { latitude: 29.5066, longitude: 106.5022, accuracy: 14.2 };
const kept = (page) => page.getByText(/^存好了/);

async function toTheViewfinder(phone) {
  await phone.open();
  await watchStreams(phone);
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.button("拍照").click();
  await expect(report.heading("拍第 1 张")).toBeFocused();
  return report;
}

/** The shutter can be pressed once a picture is seen. */
async function press(report) {
  const shutter = report.button("拍下来");
  await expect(shutter).toHaveAttribute("aria-disabled", "false");
  await shutter.click();
  await expect(report.heading("拍一张现场")).toBeFocused();
}

/** Photos take their time to be made small, until `goOn` is called in the page. */
const holdPhotos = (page) =>
  page.evaluate(() => {
    const toBlob = HTMLCanvasElement.prototype.toBlob;
    HTMLCanvasElement.prototype.toBlob = function (...all) {
      globalThis.goOn = () => toBlob.apply(this, all);
    };
  });

test.describe("with a camera", () => {
  test.use({ phoneOptions: { ...FAKE_DEVICES, geolocation: HERE, permissions: ["geolocation"] } });

  test("a photo of the viewfinder is kept bare, and the camera is off", async ({ phone }) => {
    const report = await toTheViewfinder(phone);
    await expect(report.button("拍下来")).toHaveAttribute("aria-disabled", "false");
    await expectAccessible(phone.page);
    await press(report);
    await expect(kept(phone.page)).toHaveCount(1);
    expect(await streams(phone.page)).toEqual({ opened: 1, on: 0 });
    await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
    const [draft] = (await onThePhone(phone.page)).drafts;
    const [photo] = draft.photos;
    expect(photo.taken.at).toMatch(/^20/);
    expect(photo.fix).toBe(null);
    expect(Math.max(photo.width, photo.height)).toBeLessThanOrEqual(1_600);
    const bytes = await bytesOf(phone.page, photo.sha256);
    expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect([...bytes.subarray(-2)]).toEqual([0xff, 0xd9]);
    // The camera was closed by the person, so no photo is missing.
    expect(draft.photographing).toBe(null);
    await phone.page.reload();
    await expect(phone.page.getByText("刚才的照片没有拿到")).toBeHidden();
  });

  test("back closes the viewfinder, and so does a page that is hidden", async ({ phone }) => {
    const report = await toTheViewfinder(phone);
    await expect(report.button("拍下来")).toHaveAttribute("aria-disabled", "false");
    await phone.page.goBack();
    await expect(report.heading("拍一张现场")).toBeVisible();
    await expect.poll(() => streams(phone.page)).toEqual({ opened: 1, on: 0 });
    await report.button("拍照").click();
    await expect(report.button("拍下来")).toHaveAttribute("aria-disabled", "false");
    await phone.page.evaluate(hide, "hidden");
    await expect.poll(() => streams(phone.page)).toEqual({ opened: 2, on: 0 });
    await phone.page.evaluate(hide, "visible");
    await expect.poll(() => streams(phone.page)).toEqual({ opened: 3, on: 1 });
    await expect(report.button("拍下来")).toHaveAttribute("aria-disabled", "false");
    await report.button("返回").click();
    await expect(report.heading("拍一张现场")).toBeVisible();
    await expect.poll(() => streams(phone.page)).toEqual({ opened: 3, on: 0 });
  });

  // The phone throws the page away while the viewfinder is open.
  // When it is opened again, it must stand at the same photo, and nothing before may be lost.
  test("a page killed at the viewfinder comes back to the same photo", async ({ phone }) => {
    const report = await toTheViewfinder(phone);
    await press(report);
    await expect(kept(phone.page)).toHaveCount(1);
    await report.button("再拍一张").click();
    await expect(report.heading("拍第 2 张")).toBeVisible();
    await expect(report.button("拍下来")).toHaveAttribute("aria-disabled", "false");
    expect((await onThePhone(phone.page)).drafts[0]).toMatchObject({ photographing: 1 });
    await phone.kill();
    await phone.open("/report");
    const again = new Report(phone.page);
    await expect(again.heading("拍第 2 张")).toBeVisible();
    await expect(phone.page.getByText("刚才的照片没有拿到")).toBeVisible();
    // The made-up camera begins with the same picture each time, and the same photo is kept once.
    const video = phone.page.getByLabel("相机看到的");
    await expect.poll(() => video.evaluate((it) => it.currentTime)).toBeGreaterThan(2);
    await press(again);
    await expect(kept(phone.page)).toHaveCount(2);
    await expect(phone.page.getByText("刚才的照片没有拿到")).toBeHidden();
  });

  test("who wants it has the position noted at the shutter, and reads so before sealing", async ({
    endpoint,
    phone,
  }) => {
    await phone.open("/report");
    const report = new Report(phone.page);
    await phone.page.getByRole("switch", { name: /拍照时记下位置/ }).click();
    await report.button("拍照").click();
    await press(report);
    await expect
      .poll(async () => (await onThePhone(phone.page)).drafts[0]?.photos[0]?.fix)
      .toMatchObject({ lat: HERE.latitude, lon: HERE.longitude, accuracy_m: 15 });
    await report.next();
    await report.kind();
    await report.landmark();
    await report.next();
    await report.next();
    await expect(phone.page.getByText("1 张记下了拍照的位置，误差 15 米以内")).toBeVisible();
    await report.seal();
    await phone.page.goto(`${endpoint.url}/outbox`);
    await new Row(phone.page).says("已送达（演示服务）");
    const sealed = JSON.parse(atTheEndpoint(endpoint)[0].sealed);
    expect(sealed.blobs[0]).toMatchObject({ role: "photo", fix: 0 });
    expect(sealed.body.place.fixes).toMatchObject([
      { datum: "WGS84", accuracy_m: 15, source: "device" },
    ]);
    expect(sealed.body.place.how).toEqual(["words"]);
  });

  test("a photo enters the draft also when the person has left the room meanwhile", async ({
    phone,
  }) => {
    await phone.open("/report");
    const report = new Report(phone.page);
    await report.button("拍照").click();
    // The photo takes its time; by then the person is elsewhere.
    await holdPhotos(phone.page);
    await press(report);
    await expect.poll(() => phone.page.evaluate(() => typeof globalThis.goOn)).toBe("function");
    await report.button("返回").click();
    await expect(phone.page.getByText("哪里坏了，说一声").first()).toBeVisible();
    await phone.page.evaluate(() => globalThis.goOn());
    await expect
      .poll(async () => (await onThePhone(phone.page)).drafts[0]?.photos.length)
      .toBe(1);
  });

  // A photo was still being made small when the person left the report and opened it again. It entered
  // the draft on the disk, and the next answer wrote the older text over it.
  test("a photo that comes in late is on the screen of the draft that was opened again", async ({
    phone,
  }) => {
    await phone.open("/report");
    const report = new Report(phone.page);
    // Of the album: two frames of a test's camera may be one picture, which is kept once.
    const chooser = phone.page.waitForEvent("filechooser");
    await report.button("从相册选").click();
    await (await chooser).setFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: PHOTO });
    await expect(kept(phone.page)).toHaveCount(1);
    await report.button("再拍一张").click();
    await holdPhotos(phone.page);
    await press(report);
    await expect.poll(() => phone.page.evaluate(() => typeof globalThis.goOn)).toBe("function");
    await report.button("返回").click();
    await phone.page.getByRole("link", { name: "拍一张，开始上报" }).click();
    await expect(report.heading("拍一张现场")).toBeVisible();
    await expect(kept(phone.page)).toHaveCount(1);
    await phone.page.evaluate(() => globalThis.goOn());
    await expect(kept(phone.page)).toHaveCount(2);
    await report.next();
    await report.kind();
    await expect(report.heading("在哪里？")).toBeVisible();
    await phone.page.reload();
    await expect(report.heading("在哪里？")).toBeVisible();
    const [draft] = (await onThePhone(phone.page)).drafts;
    expect(draft.photos).toHaveLength(2);
    expect(draft.issue).not.toBeNull();
  });
});

test.describe("with a camera that is refused", () => {
  test.use({ phoneOptions: REFUSED_DEVICES });

  test("words and the phone's own camera stand in its place, and nobody asks again", async ({
    phone,
  }) => {
    await phone.open("/report");
    const report = new Report(phone.page);
    await report.button("拍照").click();
    await expect(phone.page.getByText("坡上没有用相机的许可")).toBeVisible();
    await expectAccessible(phone.page);
    const chooser = phone.page.waitForEvent("filechooser");
    await report.button("用手机自带的相机").click();
    await (await chooser).setFiles({
      name: "photo.jpg",
      mimeType: "image/jpeg",
      buffer: PHOTO,
    });
    await expect(report.heading("拍一张现场")).toBeVisible();
    await expect(kept(phone.page)).toHaveCount(1);
    const again = phone.page.waitForEvent("filechooser");
    await report.button("再拍一张").click();
    await again;
  });
});

/** As the browser tells a page that it is hidden, or looked at again. In the page. */
function hide(state) {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}
