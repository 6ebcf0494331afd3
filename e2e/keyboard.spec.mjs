// A whole report by keyboard alone, as somebody writes it who does not see the screen: every control is
// found by the name that a screen reader says, and reached by Tab. No map, no photo, no pointer.
import { numbersAtTheEndpoint, atTheEndpoint } from "./rig/kept.mjs";
import { expect, test } from "./rig/test.mjs";

/** Tab until this control has the focus. What is not reached is not there for a keyboard. */
async function tabTo(page, control) {
  await expect(control).toBeVisible();
  for (let steps = 0; steps < 80; steps++) {
    if (await control.evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${control} was never reached`);
}

/** A new screen begins at its heading: that is where a screen reader goes on. */
async function arrives(page, heading) {
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeFocused();
}

test("a report is written, looked over and sealed by keyboard and by names alone", async ({
  endpoint,
  phone,
}) => {
  const page = await phone.open("/");
  const keys = page.keyboard;
  const role = (kind, name) => page.getByRole(kind, { name }).first();
  const press = async (name, key = "Enter") => {
    await tabTo(page, role("button", name));
    await keys.press(key);
  };
  const write = async (label, words) => {
    await tabTo(page, role("textbox", label));
    await keys.insertText(words);
  };
  await page.locator("#app h1").waitFor();

  await tabTo(page, page.getByRole("link", { name: "上报", exact: true }));
  await keys.press("Enter");
  await arrives(page, "拍一张现场");
  await press("不拍了");
  await arrives(page, "是哪一类的事？");
  await press(/^道路通行/);
  await arrives(page, "具体是哪种？");
  await press(/台阶护栏破损/, "Space");
  await arrives(page, "护栏缺了，旁边有高差吗？");
  await press(/^不是$/);
  await arrives(page, "再问几句");
  await press("下一问");
  await arrives(page, "在哪里？");
  await write("附近有什么认得出的", "小卖部门口");
  await press("下一问");
  await arrives(page, "在坡的哪一层？");
  // A part of the slope, its number, the road it is counted from: one stop each, arrows between.
  await tabTo(page, role("radio", "马路"));
  await keys.press("Space");
  await keys.press("ArrowRight");
  await expect(role("radio", "梯坎")).toBeChecked();
  await press("高一级");
  await keys.press("Enter");
  await tabTo(page, role("radio", "说不清"));
  await keys.press("ArrowRight");
  await expect(page.getByText("梯坎从下面马路往上第 2 段")).toBeVisible();
  await write("再说细一点", "3 单元楼道");
  await press("下一问");
  await arrives(page, "还有要说的吗？");
  await write("写几句", "栏杆断了一截");
  await press("下一问");

  await arrives(page, "看一遍，封好");
  await tabTo(page, role("checkbox", /转给能办的单位/));
  await keys.press("Space");
  // One stop for the question, arrows for its answers.
  await tabTo(page, role("radio", "不留"));
  await keys.press("ArrowRight");
  await expect(role("radio", "留电话")).toBeChecked();
  await write("电话号码", "023 6000 0000");
  await expect(page.getByLabel("电话号码")).toHaveAccessibleDescription(/带区号的座机/);
  await tabTo(page, role("checkbox", /可以打这个电话/));
  await keys.press("Space");
  await expect(role("checkbox", /可以打这个电话/)).toBeChecked();
  await tabTo(page, role("switch", /这件事不公开/));
  await keys.press("Space");
  await tabTo(page, page.getByText("一起送出的还有什么"));
  await keys.press("Enter");
  await expect(page.getByText("封的时候有没有网")).toBeVisible();
  const seal = role("button", "封好，存手机");
  await tabTo(page, seal);
  await expect(seal).toHaveAccessibleDescription(/封好以后自动送/);
  await keys.press("Enter");
  await arrives(page, "已存手机");

  await expect.poll(() => numbersAtTheEndpoint(endpoint).length).toBe(1);
  const { body, blobs } = JSON.parse(atTheEndpoint(endpoint)[0].sealed);
  expect(blobs).toEqual([]);
  expect(body).toMatchObject({
    issue: "road.steps_rail",
    words: "栏杆断了一截",
    private: true,
    place: { how: ["words"], words: "小卖部门口", vertical: { from: "lower_road", flights: 2, words: "3 单元楼道" } },
  });
  expect(body.consents.map((it) => it.what)).toEqual(["pass_on"]);
});
