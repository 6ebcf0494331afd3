// What is really stored: on the phone, read past the app; at the endpoint, read past its answers.
import { execFileSync } from "node:child_process";
import { createHash, createPublicKey, verify } from "node:crypto";
import { join, resolve } from "node:path";

import { ROOT } from "./program.mjs";

export const ENDPOINT = resolve(
  ROOT,
  process.env.CARGO_TARGET_DIR ?? "target",
  process.env.POSHANG_QUICK === undefined ? "server" : "quick",
  "endpoint",
);

/** The phone's record, rows and drafts out of IndexedDB. */
export async function onThePhone(page) {
  return page.evaluate(async () => {
    const asked = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await asked(indexedDB.open("poshang"));
    const tx = db.transaction(["meta", "rows", "drafts"]);
    const [phone, rows, drafts] = await Promise.all([
      asked(tx.objectStore("meta").get("phone")),
      asked(tx.objectStore("rows").getAll()),
      asked(tx.objectStore("drafts").getAll()),
    ]);
    db.close();
    return {
      phone: JSON.parse(phone ?? "{}"),
      rows: rows.map(({ json }) => JSON.parse(json)),
      drafts: drafts.map((json) => JSON.parse(json)),
    };
  });
}

/** The bytes of a photo out of IndexedDB. */
export async function bytesOf(page, sha256) {
  const bytes = await page.evaluate(async (name) => {
    const asked = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await asked(indexedDB.open("poshang"));
    const bytes = await asked(db.transaction("blobs").objectStore("blobs").get(name));
    db.close();
    return bytes && [...bytes];
  }, sha256);
  return bytes && Buffer.from(bytes);
}

/** What the endpoint has stored, item by item, in the order of its feed. */
export function atTheEndpoint(endpoint) {
  const options = { encoding: "utf8", maxBuffer: 1 << 28 };
  const lines = execFileSync(ENDPOINT, ["items", "--data", endpoint.data], options);
  return lines.split("\n").filter(Boolean).map(JSON.parse);
}

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Does one of these raw keys (base64url) verify this receipt? A judge that is not ours. */
export function verifies({ receipt, signature }, keys) {
  return keys.some((x) => {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    return verify(null, Buffer.from(receipt), key, Buffer.from(signature, "base64url"));
  });
}

/** The telephone numbers that may be called, as an operator lists them. */
export function numbersAtTheEndpoint(endpoint) {
  const lines = execFileSync(ENDPOINT, ["contacts", "--data", endpoint.data], { encoding: "utf8" });
  return lines.split("\n").filter(Boolean).map(JSON.parse);
}
