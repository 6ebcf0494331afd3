// What is broken: found by what people call it, asked besides only what helps, danger first.
import { expectAccessible } from "./rig/axe.mjs";
import { atTheEndpoint, onThePhone } from "./rig/kept.mjs";
import { Row } from "./rig/outbox.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const LAMP = "路灯院灯不亮";

async function atTheKinds(phone) {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.noPhoto();
  await expect(report.heading("是哪一类的事？")).toBeVisible();
  return report;
}

test("a lamp is found by its name, by pinyin, by first letters, and by what is wrong with it", async ({
  phone,
}) => {
  await atTheKinds(phone);
  const box = phone.page.getByRole("searchbox", { name: "找种类" });
  const hits = phone.page.getByRole("list").getByRole("button");
  for (const typed of ["路灯", "ludeng", "灯不亮", "Lu Deng"]) {
    await box.fill(typed);
    await expect(hits.first()).toContainText(LAMP);
  }
  await box.fill("ld");
  await expect(hits.filter({ hasText: LAMP })).toBeVisible();
  await expectAccessible(phone.page);
  await box.fill("坐飞机去月亮");
  await expect(phone.page.getByText("没有找到。换个说法，或者从下面选。")).toBeVisible();
  await expect(phone.page.getByRole("button", { name: "道路通行" })).toBeVisible();
});

test("what a kind asks is answered, kept over a reload, sealed, shown and changed", async ({
  endpoint,
  phone,
}) => {
  const report = await atTheKinds(phone);
  await report.button("小区").click();
  await phone.page.getByRole("searchbox", { name: "找种类" }).fill("ludeng");
  await phone.page.getByRole("button", { name: LAMP }).click();
  await report.button("不是").click();
  await expect(report.heading("再问几句")).toBeVisible();
  await expectAccessible(phone.page);
  const lamps = phone.page.getByRole("textbox", { name: "有几盏不亮？" });
  await lamps.fill("0");
  await lamps.blur();
  await expect(phone.page.getByText("写 1 到 99 之间的数，或者空着。")).toBeVisible();
  await lamps.fill("3");
  await lamps.blur();
  await phone.page.getByRole("group", { name: "灯怎么了？" }).getByRole("button", { name: "一闪一闪" }).click();
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  await phone.page.reload();
  await expect(report.heading("再问几句")).toBeVisible();
  await expect(lamps).toHaveValue("3");
  await expect(report.button("一闪一闪")).toHaveAttribute("aria-pressed", "true");
  await report.next();
  await report.landmark();
  await report.next();
  await report.next();
  await expect(phone.page.getByText(/有几盏不亮？ 3 盏\s+灯怎么了？ 一闪一闪/)).toBeVisible();
  await report.seal();
  const { rows } = await onThePhone(phone.page);
  const body = JSON.parse(rows[0].sealed).body;
  expect(body.answers).toEqual({ lamps_out: 3, lamp_how: "flickers" });
  expect(body.area_kind).toBe("residential");
  await phone.page.goto(`${endpoint.url}/outbox`);
  await new Row(phone.page).says("已送达（演示服务）");
  expect(JSON.parse(atTheEndpoint(endpoint)[0].sealed).body.answers).toEqual(body.answers);
  const id = JSON.parse(rows[0].sealed).id;
  await phone.page.goto(`${endpoint.url}/outbox?row=${id}.1`);
  await expect(phone.page.getByText("3 盏")).toBeVisible();
  await report.button("改一改").click();
  await expect(report.heading("看一遍，封好")).toBeVisible();
  await report.button("改：问到的").click();
  await phone.page.getByRole("button", { name: "多一个" }).click();
  await report.button("改好了，回去看一遍").click();
  await report.seal();
  const again = (await onThePhone(phone.page)).rows.map((row) => JSON.parse(row.sealed));
  expect(again.find((it) => it.rev === 2).body.answers).toEqual({ lamps_out: 4, lamp_how: "flickers" });
});

test("a car in the fire lane leads to the fire lane's own question, whose yes calls 119", async ({
  phone,
}) => {
  const report = await atTheKinds(phone);
  await report.page.getByRole("button", { name: "停车秩序" }).click();
  await report.page.getByRole("button", { name: /^机动车乱停/ }).click();
  await report.button("是").click();
  await expect(phone.page.getByText("这更像「消防车通道被占」。要换成它吗？")).toBeVisible();
  await report.button("换成它").click();
  await expect(report.heading("现在正着火吗？")).toBeVisible();
  await report.button("是").click();
  await expect(phone.page.getByRole("link", { name: /119/ })).toHaveAttribute("href", "tel:119");
  await report.button("已经打过了，继续上报").click();
  await expect(report.heading("再问几句")).toBeVisible();
  await phone.page.goBack();
  await expect(phone.page.getByRole("link", { name: /119/ })).toBeVisible();
});

test("what was reported lately is one tap away the next time, and nowhere but on this phone", async ({
  endpoint,
  phone,
}) => {
  let report = await atTheKinds(phone);
  await expect(phone.page.getByRole("group", { name: "最近用过" })).toBeHidden();
  await report.kind("绿化设施", "绿地毁坏脏乱", null);
  await report.landmark();
  await report.next();
  await report.next();
  await report.seal();
  await phone.page.goto(`${endpoint.url}/report?another=1`);
  report = new Report(phone.page);
  await report.noPhoto();
  await phone.page.getByRole("group", { name: "最近用过" }).getByRole("button").click();
  await expect(report.heading("在哪里？")).toBeVisible();
  const { rows } = await onThePhone(phone.page);
  expect(rows[0].sealed).not.toContain("kinds");
});
