// The pictures in docs/screens, made by the journeys themselves.
import { join } from "node:path";

import { ROOT } from "./program.mjs";

/** Takes a screen in light and dark; `variant` names a third, such as `elder`, taken in light. */
export async function shoot(page, name, variant) {
  for (const scheme of variant ? ["light"] : ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    const path = join(ROOT, "docs", "screens", `${name}-${variant ?? scheme}.png`);
    await page.screenshot({ path, animations: "disabled", caret: "hide" });
  }
  await page.emulateMedia({ colorScheme: null });
}
