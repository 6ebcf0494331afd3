// A district with five thousand parks, for measuring alone: made up, never shipped, the same each time.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../e2e/rig/program.mjs";

const FOLDER = join(ROOT, "target", "page-parts", "made-district");
/** The pack as an endpoint serves it beside the page, and what the apps to compare with read. */
export const PACK = join(FOLDER, "pack");
export const PLAIN = join(FOLDER, "plain");
/** Later than any edition that is built with the page. */
export const EDITION = "2099-01-01";

const PARKS = 5_000;
/** A name is one of each: 26 × 25 × 8 of them, some more than there are parks. */
const NAMES = [
  [..."青翠云桃金银白碧紫红龙凤鹤松竹梅兰桂石玉清华福安和春"],
  [..."山湖溪岭坡湾泉岩滩林谷亭桥台塘坝园洲屏峰井河沙田岗"],
  ["公园", "湿地公园", "森林公园", "体育公园", "社区公园", "口袋公园", "滨江公园", "游园"],
];
const CORNERS = { least: 8, most: 40 };
/** From the middle to the outline, metres: most are small, as parks are. */
const RADIUS_M = { least: 40, most: 400 };
const DEGREE_M = 111_195;

/** Builds the pack with the real builder out of the shipped tables and the made parks. */
export function makeDistrict() {
  const tables = join(FOLDER, "tables");
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(PLAIN, { recursive: true });
  cpSync(join(ROOT, "data"), tables, { recursive: true });
  const district = readFileSync(join(tables, "district.csv"), "utf8");
  writeFileSync(join(tables, "district.csv"), district.replace(/(\n\d+),[^,]+,/, `$1,${EDITION},`));
  writeFileSync(join(tables, "osm.json"), JSON.stringify({ elements: elements(boundary()) }));
  execFileSync("cargo", ["xtask", "pack", "--ahead", "--district", tables, "--out", PACK], {
    cwd: ROOT,
    stdio: "ignore",
  });
  writePlain();
}

function boundary() {
  const { features } = JSON.parse(readFileSync(join(ROOT, "data", "boundary.geojson"), "utf8"));
  return features[0].geometry.coordinates;
}

/** The made parks, as an Overpass server would answer. */
function elements(rings) {
  const chance = chances(7);
  const box = boxOf(rings[0]);
  return shuffled(names(), chance).slice(0, PARKS).map((name, nth) => ({
    type: "way",
    id: nth + 1,
    version: 1,
    geometry: outlineInside(rings, box, chance),
    tags: { leisure: "park", name, toilets: chance() < 0.3 ? "yes" : "no" },
  }));
}

/** None that a real place has: it would be taken for that place. */
function names() {
  const real = readFileSync(join(ROOT, "data", "parks.csv"), "utf8");
  const [first, second, kinds] = NAMES;
  const all = kinds.flatMap((kind) => first.flatMap((a) => second.map((b) => a + b + kind)));
  return all.filter((name) => !real.includes(name));
}

/** Tries until one lies wholly inside the district. */
function outlineInside(rings, box, chance) {
  for (;;) {
    const outline = outlineAbout(pointIn(box, chance), chance);
    if (outline.every(({ lat, lon }) => isInside(rings, [lon, lat]))) return outline;
  }
}

/** A closed line about a point that never crosses itself: each corner a step further round. */
function outlineAbout([lon, lat], chance) {
  const corners = CORNERS.least + Math.floor(chance() * (CORNERS.most - CORNERS.least + 1));
  const radius = RADIUS_M.least * (RADIUS_M.most / RADIUS_M.least) ** (chance() ** 2);
  const eastM = DEGREE_M * Math.cos((lat * Math.PI) / 180);
  const points = Array.from({ length: corners }, (_, nth) => {
    const angle = (2 * Math.PI * nth) / corners;
    const far = radius * (0.6 + 0.4 * chance());
    return {
      lat: rounded(lat + (far * Math.sin(angle)) / DEGREE_M),
      lon: rounded(lon + (far * Math.cos(angle)) / eastM),
    };
  });
  return [...points, points[0]];
}

const rounded = (degrees) => Math.round(degrees * 1e6) / 1e6;

function boxOf(ring) {
  const [lons, lats] = [0, 1].map((at) => ring.map((point) => point[at]));
  return { west: Math.min(...lons), east: Math.max(...lons), south: Math.min(...lats), north: Math.max(...lats) };
}

function pointIn({ west, east, south, north }, chance) {
  return [west + chance() * (east - west), south + chance() * (north - south)];
}

/** Inside an odd number of rings. */
function isInside(rings, [x, y]) {
  let inside = false;
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at++) {
      const [[ax, ay], [bx, by]] = [ring[at - 1], ring[at]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** Numbers from 0 to 1, the same ones each time (Lehmer, 16807). */
function chances(seed) {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

function shuffled(items, chance) {
  const all = [...items];
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(chance() * (at + 1));
    [all[at], all[other]] = [all[other], all[at]];
  }
  return all;
}

/** The same names, readings, points and outlines for the apps to compare with, out of the pack itself. */
function writePlain() {
  const pack = JSON.parse(readFileSync(join(PACK, "pack.json"), "utf8"));
  const layer = (name) => JSON.parse(readFileSync(join(PACK, name), "utf8"));
  if (layer(pack.layers.links).length > 0) throw new Error("a made park was taken for a real one");
  const { places } = layer(pack.layers.osm);
  const list = [...pack.parks, ...places].map(({ id, name, name_en: english, kind, spoken }) => ({
    id,
    name,
    english,
    kind,
    spoken: spoken.map(({ word, reading }) => [word, reading]),
  }));
  const map = places.map(({ id, name, at, outline }) => ({ id, name, at, outline: outline.map(traced) }));
  writeFileSync(join(PLAIN, "list.json"), JSON.stringify(list));
  const ring = pack.district.boundary[0];
  writeFileSync(join(PLAIN, "map.json"), JSON.stringify({ boundary: ring, parks: map }));
}

/** The pack writes a line as its first point and the steps from there, in hundred-thousandths. */
function traced(steps) {
  const line = [];
  let [lat, lon] = [0, 0];
  for (let at = 0; at < steps.length; at += 2) {
    [lat, lon] = [lat + steps[at], lon + steps[at + 1]];
    line.push([lat / 1e5, lon / 1e5]);
  }
  return line;
}
