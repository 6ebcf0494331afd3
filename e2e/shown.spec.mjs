// Whatever leaves the phone is shown in words before it is sealed: the sealed bytes are held against the
// look over, member by member, and a member that nobody has thought of fails.
import { FAKE_DEVICES } from "./rig/devices.mjs";
import { DIGITS, Giving, NUMBER } from "./rig/contact.mjs";
import { atTheEndpoint, numbersAtTheEndpoint } from "./rig/kept.mjs";
import { delivered } from "./rig/outbox.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const HERE = { latitude: 29.5066, longitude: 106.5022, accuracy: 12 };

/** What the look over says of each member; those of a list stand under `*`. A form says what a member is
 * and nothing of the person: the version of the app tells it. */
const SHOWN = {
  id: /这件事的随机编号/,
  rev: /第几稿/,
  dseq: /这部手机封的第几件/,
  device: /这部手机在坡上的随机编号/,
  kind: /看一遍，封好/,
  schema: /坡上的版本/,
  sealed_at: /封好的时间/,
  mono_ms: /那时页面开了多久/,
  boot: /那时页面开了多久/,
  secret_sha256: /查询密码的指纹/,
  "blobs.*.sha256": /1 张/,
  "blobs.*.len": /共 \d+ KB/,
  "blobs.*.type": /1 张/,
  "blobs.*.role": /照片/,
  "blobs.*.taken_at": /照片是什么时候拍的，录音是什么时候录的/,
  "blobs.*.mono_ms": /照片是什么时候拍的，录音是什么时候录的/,
  "blobs.*.boot": /照片是什么时候拍的，录音是什么时候录的/,
  "blobs.*.fix": /1 张记下了拍照的位置/,
  "blobs.*.width": /1 张/,
  "blobs.*.height": /1 张/,
  "blobs.*.covered": /遮/,
  "blobs.*.seconds": /录音 \d+ 秒/,
  "body.pack": /地点和种类用的哪一份数据/,
  "body.lang": /屏幕的语言/,
  "body.issue": /台阶护栏破损/,
  "body.area_kind": /小区/,
  "body.words": /底下是车道/,
  "body.place.how.*": /小卖部门口/,
  "body.place.sub_district": /杨家坪街道|街道|镇/,
  "body.place.community": /社区|村/,
  "body.place.park": /公园|动物园/,
  "body.place.words": /小卖部门口/,
  "body.place.vertical.from": /从上面马路数起/,
  "body.place.vertical.floor": /负 1 层/,
  "body.place.vertical.basement": /地下/,
  "body.place.vertical.words": /车库靠里/,
  "body.place.fixes.*.lat": /手机的位置/,
  "body.place.fixes.*.lon": /手机的位置/,
  "body.place.fixes.*.datum": /手机的位置/,
  "body.place.fixes.*.accuracy_m": /误差 12 米以内/,
  "body.place.fixes.*.source": /手机的位置/,
  "body.place.fixes.*.at": /手机的位置/,
  "body.place.outside": null,
  "body.escalation.asked": /危险/,
  "body.escalation.answer": /说了：现在没有/,
  "body.escalation.called": /危险/,
  "body.private": /这件事不公开/,
  "body.consents.*.what": /转给能办的单位/,
  "body.consents.*.version": /你勾过的同意：是哪段话/,
  "body.consents.*.text_sha256": /你勾过的同意：是哪段话/,
  "body.consents.*.at": /什么时候勾的/,
  "body.client.app": /坡上的版本/,
  "body.client.browser": /浏览器的名字和大版本号/,
  "body.client.touch": /是不是触屏/,
  "body.client.elder_edition": /是不是长辈版/,
  "body.client.offline_at_seal": /封的时候有没有网/,
};

/** Of a number, beside what every sealed thing has. */
const OF_A_NUMBER = {
  ...Object.fromEntries(Object.entries(SHOWN).filter(([path]) => !/[.]/.test(path))),
  "body.of": /只用来问清这件事/,
  "body.phone": new RegExp(`会送出：${NUMBER}`),
  "body.consent.version": /你勾过的同意：是哪段话/,
  "body.consent.text_sha256": /你勾过的同意：是哪段话/,
  "body.consent.at": /什么时候勾的/,
};

/** Each member with its value, by its path. */
function members(value, path = []) {
  if (Array.isArray(value)) return value.flatMap((it) => members(it, [...path, "*"]));
  if (value === null || typeof value !== "object") return [path.join(".")];
  return Object.entries(value).flatMap(([name, it]) => members(it, [...path, name]));
}

/** Each member is one that the look over tells of, in these words. */
function expectShown(sealed, shown, words) {
  for (const path of new Set(members(sealed))) {
    if (path.startsWith("body.answers.")) continue; // Asked for and shown one by one; see kinds.spec.mjs.
    expect(Object.keys(shown), `${path} leaves the phone, and the look over does not say so`).toContain(path);
    // Within or outside the district is told where it is not the usual.
    if (shown[path]) expect(words, path).toMatch(shown[path]);
  }
}

test.use({ phoneOptions: { ...FAKE_DEVICES, geolocation: HERE, permissions: ["geolocation"] } });

test("every member of the sealed bytes is told in words on the look over", async ({ endpoint, phone }) => {
  const page = await phone.open("/report");
  const report = new Report(page);
  await page.getByRole("button", { name: "说一段话" }).click();
  await expect(page.getByRole("button", { name: /^说完了（[2-9]/ })).toBeVisible();
  await page.getByRole("button", { name: /^说完了/ }).click();
  await page.getByRole("switch", { name: /拍照时记下位置/ }).click();
  await report.button("拍照").click();
  await expect(report.button("拍下来")).toHaveAttribute("aria-disabled", "false");
  await report.button("拍下来").click();
  await expect(page.getByText(/^存好了/)).toBeVisible();
  await report.next();
  await report.button("小区").click();
  await report.kind();
  await report.button(/^就在我这里/).click();
  await report.button("用它").click();
  await report.landmark();
  await report.button("下一问").click();
  await page.getByText("地下", { exact: true }).last().click();
  await report.button("低一级").click();
  await page.getByText("上面马路", { exact: true }).last().click();
  await page.getByLabel("再说细一点").fill("车库靠里");
  await report.button("下一问").click();
  await report.words("栏杆断了，底下是车道");
  await report.next();
  const giving = new Giving(page);
  await giving.passOn.click();
  await giving.give();
  await page.getByText("一起送出的还有什么").click();
  const words = await page.locator("#app").innerText();
  await report.seal();
  await delivered(page);

  const [sealed] = atTheEndpoint(endpoint).filter((item) => item.kind === "report");
  expectShown(JSON.parse(sealed.sealed), SHOWN, words);
  await expect.poll(() => numbersAtTheEndpoint(endpoint).length).toBe(1);
  const [number] = numbersAtTheEndpoint(endpoint);
  expect(number.phone).toBe(DIGITS);
  expectShown(JSON.parse(number.sealed), OF_A_NUMBER, words);
});
