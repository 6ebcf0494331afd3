// A later edition of the district's facts, as an operator puts it beside a running endpoint.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./program.mjs";

/** A square of a hundred metres in the middle of the district, where none of the parks is. */
const square = [
  [29.44, 106.36],
  [29.44, 106.361],
  [29.441, 106.361],
  [29.441, 106.36],
  [29.44, 106.36],
].map(([lat, lon]) => ({ lat, lon }));

/** The shipped facts as edition `version`, with a made park out of a made map. */
export function laterPack(endpoint, version, name = "测试公园 0001") {
  const tables = endpoint.folder();
  cpSync(join(ROOT, "data"), tables, { recursive: true });
  const district = readFileSync(join(tables, "district.csv"), "utf8");
  writeFileSync(join(tables, "district.csv"), district.replace(/(\n\d+),[^,]+,/, `$1,${version},`));
  const tags = { leisure: "park", name };
  const elements = [{ type: "way", id: 7, version: 3, geometry: square, tags }];
  writeFileSync(join(tables, "osm.json"), JSON.stringify({ elements }));
  const out = join(endpoint.data, "pack");
  execFileSync("cargo", ["xtask", "pack", "--ahead", "--district", tables, "--out", out], {
    cwd: ROOT,
    stdio: "ignore",
  });
  return out;
}

/** The edition that is kept beside the build, or null. */
export function keptEdition(page) {
  return page.evaluate(async () => {
    const cache = await caches.open("pack.poshang");
    const pack = await cache.match("/pack/pack.json");
    return pack ? (await pack.json()).version : null;
  });
}
