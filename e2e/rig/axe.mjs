// What a machine can tell about use with a screen reader, a keyboard, weak eyes.
import { expect } from "@playwright/test";
import axe from "axe-core";

const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };

/** Fails with each rule that is broken and where. */
export async function expectAccessible(page) {
  // Evaluated and not added as a script: the page's content security policy stays as it is.
  await page.evaluate(axe.source);
  // A colour on its way from one theme to the other is neither.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((it) => it.finished)));
  const { violations } = await page.evaluate((rules) => globalThis.axe.run(rules), RULES);
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((it) => it.html).join(" ")}`);
  expect(told).toEqual([]);
}
