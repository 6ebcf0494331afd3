// Shows, saves and sends what the phone keeps, when the page itself cannot start. Plain JavaScript
// beside the build: it reads the stores of crates/outbox/src/idb and changes one thing in them, that
// bytes of a row have left. It has no sender of its own: it uploads the very file that it saves
// (docs/sync.md, the rescue file).
"use strict";

(() => {
  const DATABASE = "poshang";
  const CLIENT = "poshang/0.1.0";
  const PART_BYTES = 48 * 1024 * 1024;
  // What an entry and a part of a zip cost beside their bytes, as crates/model/src/rescue.rs counts.
  const ENTRY_BYTES = 2 * 70 + 30 + 46 + 150;
  const FRAME_BYTES = 1024;

  const ZH = {
    looking: "正在看……",
    nothing: "这个浏览器里没有存过上报。",
    broken: "手机里的数据库打不开。先别清除浏览数据，换个时间再打开这一页试试。",
    kept: (n) => `手机里有 ${n} 件封好的上报。`,
    save: (n, of) => (of > 1 ? `存成文件，第 ${n} 份，共 ${of} 份` : "存成文件"),
    send: (n) => `送出去（${n} 件没送到的）`,
    sendAgain: "再送一次",
    saved: (name) => `存好了：${name}。放到安全的地方，以后能导入坡上或交给收件处。`,
    sending: (n, of) => `正在送第 ${n} 份，共 ${of} 份……`,
    sent: (n) => `收件处回答收下了 ${n} 件。这一页核对不了回执，坡上能打开以后会自己再核对。`,
    refused: (n) => `有 ${n} 件收件处没收，都还在手机里。`,
    missing: (n) => `有 ${n} 张照片没有收全，都还在手机里。`,
    unreachable: "连不上收件处。东西都在手机里，有网再试，或者先存成文件。",
    stranger: "连上的不是收件处，可能是要登录的 Wi-Fi。先登录网络再试。",
    status: (code) => `收件处没有收，说的是 ${code}。东西都在手机里，可以先存成文件。`,
    damaged: (n) => `有 ${n} 张照片在手机里已经损坏或不在了，文件里没有它们。`,
    rows: "封好的",
    drafts: "没封好的草稿",
    changes: "改的是上面已经封好的一件",
    draftsMore: "草稿不在文件里。要紧的字，长按可以抄走。",
    photos: (n) => `${n} 张照片`,
    mine: (n) => `把 ${n} 个公园的收藏、盖章和笔记存成文件`,
    mineSaved: (name) => `存好了：${name}。以后在坡上的“我的公园”里读进来。`,
    nth: (n) => `第 ${n} 稿`,
    untitled: "没写字的一件",
    state: {
      sealed: "已存手机，还没送到",
      arrived: "已存手机，回执还没核对",
      partial: "文字已送达，还差照片",
      delivered: "已送达",
      remainder: "已送达，内容已清理",
      needs_you: "等你补一句",
    },
    delivered_demo: "已送达（演示服务）",
    withdrawn: "已撤回",
    undone: "已撤回，没送出去过",
    demo: "演示服务：没有人会处理这里的上报。有事请拨 12345，危险请拨 110/119/120",
  };

  const EN = {
    title: "What is kept on this phone · Poshang",
    looking: "Looking …",
    nothing: "No report was ever kept in this browser.",
    broken: "The database on this phone does not open. Do not clear the browser's data; try this page again later.",
    kept: (n) => `${n} sealed report(s) on this phone.`,
    save: (n, of) => (of > 1 ? `Save to a file, part ${n} of ${of}` : "Save to a file"),
    send: (n) => `Send (${n} not delivered)`,
    sendAgain: "Send once more",
    saved: (name) => `Saved: ${name}. Keep it in a safe place; it can be imported into Poshang or handed to the collecting point.`,
    sending: (n, of) => `Sending part ${n} of ${of} …`,
    sent: (n) => `The collecting point says that it took ${n}. This page cannot verify receipts; Poshang will, once it starts again.`,
    refused: (n) => `${n} were not taken; all are still on this phone.`,
    missing: (n) => `${n} photo(s) did not arrive; they are still on this phone.`,
    unreachable: "The collecting point cannot be reached. Everything is kept; try again with a network, or save a file first.",
    stranger: "Something else answered, perhaps a Wi-Fi that wants you to log in. Log in first, then try again.",
    status: (code) => `The collecting point did not take it and said ${code}. Everything is kept; you can save a file first.`,
    damaged: (n) => `${n} photo(s) are damaged or gone on this phone and are not in the file.`,
    rows: "Sealed",
    drafts: "Drafts, not sealed",
    changes: "Changes one of those above",
    draftsMore: "Drafts are not in the file. Press long on words that matter to copy them.",
    photos: (n) => `${n} photo(s)`,
    mine: (n) => `Save stars, stamps and notes of ${n} park(s) to a file`,
    mineSaved: (name) => `Saved: ${name}. Read it in under “My parks” once Poshang starts again.`,
    nth: (n) => `Revision ${n}`,
    untitled: "One without words",
    state: {
      sealed: "Saved on phone, not delivered",
      arrived: "Saved on phone, receipt not verified yet",
      partial: "Text delivered, photos to go",
      delivered: "Delivered",
      remainder: "Delivered, content cleared",
      needs_you: "Needs you",
    },
    delivered_demo: "Delivered (demo service)",
    withdrawn: "Taken back",
    undone: "Taken back, never sent",
    demo: "Demo service: nobody will handle what is reported here. Call 12345; in danger call 110/119/120",
  };

  const w = document.documentElement.lang === "en" ? EN : ZH;
  const at = (id) => document.getElementById(id);
  const tell = (id, text) => {
    at(id).textContent = text;
  };

  // --- What is kept -------------------------------------------------------------------------------

  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  /** The database, or null where none was ever made. This page must not make one: an empty database
   * would be taken for the person's own. */
  function open() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE);
      request.onupgradeneeded = () => {
        request.transaction.abort();
        resolve(null);
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("blocked"));
    });
  }

  let held = null;

  /** The database, opened again where it was closed: by the browser, or for a page that adds stores
   * to it and would wait for this one for ever. */
  async function database() {
    if (held) return held;
    const db = (held = await open());
    if (!db) return null;
    db.onclose = () => {
      if (held === db) held = null;
    };
    db.onversionchange = () => {
      db.close();
      db.onclose();
    };
    return db;
  }

  async function read(db) {
    // A database that only older builds have used has no store of what is kept of parks.
    const mine = [...db.objectStoreNames].filter((name) => name === "mine");
    const tx = db.transaction(["meta", "rows", "drafts", ...mine]);
    const [phone, rows, ids, drafts, [parks]] = await Promise.all([
      asked(tx.objectStore("meta").get("phone")),
      asked(tx.objectStore("rows").getAll()),
      asked(tx.objectStore("drafts").getAllKeys()),
      asked(tx.objectStore("drafts").getAll()),
      Promise.all(mine.map((name) => asked(tx.objectStore(name).getAll()))),
    ]);
    return {
      parks: (parks ?? []).map(parsed).filter(Boolean),
      phone: parsed(phone) ?? {},
      rows: rows.map(({ json }) => parsed(json)).filter(Boolean),
      drafts: drafts.map((json, at) => [ids[at], parsed(json)]).filter(([, draft]) => draft),
    };
  }

  /** These rows leave the phone now, in a file or over the line. Whoever takes one of them back later
   * must not be told that nobody has it. A database that does not take the note takes no word back
   * either: the file is made all the same. */
  async function noteLeaving(rows) {
    const db = await database();
    if (!db) return;
    await new Promise((resolve, reject) => {
      const tx = db.transaction("rows", "readwrite", { durability: "strict" });
      tx.oncomplete = resolve;
      tx.onabort = () => reject(tx.error);
      const store = tx.objectStore("rows");
      for (const { key } of rows) {
        const name = `${key.id}.${key.rev}`;
        const request = store.get(name);
        request.onsuccess = () => {
          const [kept, row] = [request.result, parsed(request.result?.json)];
          if (row && !row.tried) store.put({ ...kept, json: JSON.stringify({ ...row, tried: true }) }, name);
        };
      }
    });
  }

  /** One unreadable record must not hide the others. */
  function parsed(json) {
    try {
      return JSON.parse(json);
    } catch {
      return null;
    }
  }

  const isKept = (row) => row.sealed && row.kind !== "probe";
  const isUnsent = (row) => !["delivered", "remainder"].includes(row.delivery?.is);
  const isUndone = (row) => row.withdrawn && row.kind === "withdraw";
  /** How many things a person sees in these rows: a report, its revisions, its telephone number and the
   * word that either is taken back are one. `all`: every row. */
  function things(rows, all) {
    const about = new Map(all.map((row) => [row.key?.id, row.of]));
    const up = (id) => (about.has(about.get(id)) ? about.get(id) : id);
    // The word about a number is about the number, which is about its report: two steps at most.
    return new Set(rows.map((row) => up(up(row.key?.id)))).size;
  }
  const line = (row) => new TextEncoder().encode(`${JSON.stringify({ sha256: row.sha256, sealed: row.sealed })}\n`);

  // --- The rescue file: a zip of stored entries ----------------------------------------------------

  /** Divides rows into parts. A photo stands in one part only, beside a row that names it; a row
   * whose photos do not fit into one part is in several. */
  function parts(rows) {
    const parts = [];
    const placed = new Set();
    let part, left;
    const begin = () => {
      part = { rows: [], blobs: [] };
      left = PART_BYTES - FRAME_BYTES;
    };
    const end = () => {
      if (part.rows.length) parts.push(part);
      begin();
    };
    begin();
    for (const row of rows) {
      const bytes = line(row).length;
      let rest = (row.blobs ?? []).filter((blob) => !placed.has(blob.sha256));
      do {
        const first = rest.length ? rest[0].len + ENTRY_BYTES : 0;
        if (bytes + first > left) end();
        part.rows.push(row);
        left -= bytes;
        while (rest.length) {
          const alone = part.rows.length === 1 && !part.blobs.length;
          if (rest[0].len + ENTRY_BYTES > left && !alone) break;
          const [blob] = rest;
          rest = rest.slice(1);
          if (placed.has(blob.sha256)) continue;
          placed.add(blob.sha256);
          part.blobs.push(blob.sha256);
          left -= blob.len + ENTRY_BYTES;
        }
        if (rest.length) end();
      } while (rest.length);
    }
    end();
    return parts;
  }

  /** The bytes of one part. Photos that are gone or no longer what their name says are left out. */
  async function zipOf(part) {
    const db = await database();
    const entries = [["items.jsonl", joined(part.rows.map(line))]];
    const sums = [`${await digest(entries[0][1])}  items.jsonl\n`];
    let damaged = 0;
    for (const sha256 of part.blobs) {
      const bytes = db && (await asked(db.transaction("blobs").objectStore("blobs").get(sha256)));
      if (!bytes || (await digest(bytes)) !== sha256) {
        damaged += 1;
        continue;
      }
      entries.push([`blobs/${sha256}`, bytes]);
      sums.push(`${sha256}  blobs/${sha256}\n`);
    }
    entries.push(["SHA256SUMS", new TextEncoder().encode(sums.join(""))]);
    return { zip: new Blob(zip(entries), { type: "application/zip" }), damaged };
  }

  /** PKWARE's APPNOTE 4.3: a header and its bytes for each entry, then the central directory. */
  function zip(entries) {
    const pieces = [];
    const directory = [];
    let offset = 0;
    for (const [name, bytes] of entries) {
      const ascii = new TextEncoder().encode(name);
      // Version 2.0, no flags, stored, 1980-01-01, check sum, both sizes, length of the name.
      const about = [[20, 2], [0, 2], [0, 2], [0, 2], [33, 2], [crc32(bytes), 4], [bytes.length, 4], [bytes.length, 4], [ascii.length, 2], [0, 2]];
      const header = little([[0x04034b50, 4], ...about]);
      directory.push(little([[0x02014b50, 4], [20, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]]), ascii);
      pieces.push(header, ascii, bytes);
      offset += header.length + ascii.length + bytes.length;
    }
    const size = directory.reduce((sum, it) => sum + it.length, 0);
    const count = entries.length;
    const end = little([[0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]]);
    return [...pieces, ...directory, end];
  }

  /** Numbers, lowest byte first. */
  function little(numbers) {
    const bytes = numbers.flatMap(([number, count]) =>
      Array.from({ length: count }, (_, at) => (number >>> (8 * at)) & 255),
    );
    return Uint8Array.from(bytes);
  }

  const CRC = Uint32Array.from({ length: 256 }, (_, at) => {
    let crc = at;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });

  function crc32(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
  }

  function joined(pieces) {
    const all = new Uint8Array(pieces.reduce((sum, it) => sum + it.length, 0));
    let offset = 0;
    for (const piece of pieces) {
      all.set(piece, offset);
      offset += piece.length;
    }
    return all;
  }

  async function digest(bytes) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // --- Saving and sending ---------------------------------------------------------------------------

  async function save(part, name) {
    await noteLeaving(part.rows).catch(() => {});
    const { zip, damaged } = await zipOf(part);
    handOver(zip, name);
    return [w.saved(name), damaged && w.damaged(damaged)].filter(Boolean).join(" ");
  }

  /** What is kept of parks, as crates/model/src/mine.rs reads it. Nobody is ever sent this file. */
  async function saveMine(parks, name) {
    const file = { what: "poshang.mine", form: 1, saved_at: new Date().toISOString(), parks };
    handOver(new Blob([JSON.stringify(file, null, 2)], { type: "application/json" }), name);
    return w.mineSaved(name);
  }

  function handOver(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    // A browser reads the address after the click; a minute is long enough for the slowest.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** Uploads the parts. What the endpoint answers is told, and nothing on the phone is changed: only
   * the page, which verifies receipts, may call a report delivered. */
  async function send({ rows, phone }) {
    await noteLeaving(rows).catch(() => {});
    const all = parts(rows);
    const taken = new Set();
    const missing = new Set();
    for (const [at, part] of all.entries()) {
      tell("told", w.sending(at + 1, all.length));
      const { zip } = await zipOf(part);
      const answer = await upload(zip, phone);
      if (typeof answer === "string") return answer;
      for (const it of answer.results ?? []) {
        if (["stored", "duplicate", "held"].includes(it.result)) taken.add(`${it.id}.${it.rev}`);
        for (const sha256 of it.need ?? []) missing.add(sha256);
      }
      // A photo may have come with another part.
      for (const sha256 of part.blobs) if (!(answer.refused ?? []).includes(sha256)) missing.delete(sha256);
    }
    const isTaken = (row) => taken.has(`${row.key?.id}.${row.key?.rev}`);
    const refused = rows.filter((row) => !isTaken(row));
    return [w.sent(things(rows.filter(isTaken), rows)), refused.length && w.refused(things(refused, rows)), missing.size && w.missing(missing.size)]
      .filter(Boolean)
      .join(" ");
  }

  /** The endpoint's answer, or a sentence that says why there is none. */
  async function upload(zip, phone) {
    const device = phone.device ?? {};
    const headers = { "sync-client": CLIENT, authorization: `Bearer ${device.token}` };
    const post = () =>
      ask("/sync/v1/import", { method: "POST", headers: { ...headers, "content-type": "application/zip" }, body: zip });
    try {
      let answer = await post();
      if (answer.status === 401 && device.token) {
        // The endpoint does not know this phone yet.
        const token_sha256 = await digest(new TextEncoder().encode(device.token));
        await ask(`/sync/v1/devices/${device.id}`, {
          method: "PUT",
          headers: { "sync-client": CLIENT, "content-type": "application/json" },
          body: JSON.stringify({ token_sha256 }),
        });
        answer = await post();
      }
      if (!answer.headers.has("sync-protocol")) return w.stranger;
      return answer.ok ? await answer.json() : w.status(answer.status);
    } catch {
      return w.unreachable;
    }
  }

  const ask = (path, how) => fetch(path, { ...how, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });

  // --- The screen -----------------------------------------------------------------------------------

  /** Of each thing its last revision that says something; an earlier one is no thing of its own, and neither
   * is an empty row in the place of a change that was undone. */
  function newest(rows) {
    const sameThing = (row) => rows.filter((it) => it.key?.id === row.key?.id);
    const says = rows.filter((row) => !isUndone(row) || sameThing(row).length === 1);
    return says.filter(
      (row) => !says.some((it) => it.key?.id === row.key?.id && it.key?.rev > row.key?.rev),
    );
  }

  /** What each kind of report is called; nothing where the data of the district do not come. */
  async function kindNames() {
    const language = document.documentElement.lang === "en" ? "en" : "zh";
    try {
      const pack = await (await fetch("/data/pack.json", { credentials: "omit" })).json();
      const kinds = pack.groups.flatMap((group) => group.kinds);
      return new Map(kinds.map((kind) => [kind.id, kind[language]]));
    } catch {
      return new Map();
    }
  }

  function show(kept) {
    const rows = kept.rows.filter(isKept);
    const unsent = rows.filter(isUnsent);
    const today = new Date().toISOString().slice(0, 10);
    const offerMine = ({ parks }) => {
      const name = `poshang-parks-${today}.json`;
      if (parks.length) button(w.mine(parks.length), () => saveMine(parks, name), "btn plain");
    };
    if (!rows.length && !kept.drafts.length) {
      offerMine(kept);
      return tell("status", w.nothing);
    }
    const here = new Set(rows.map((row) => row.key?.id));
    tell("status", w.kept(things(rows, rows)));
    // Before an endpoint was met nobody reads anything either.
    const demo = (kept.phone.met?.mode ?? "demo") === "demo";
    if (demo) tell("demo", w.demo);
    const shown = newest(rows.filter((row) => !here.has(row.of)));
    const draw = (kinds) => list("rows", w.rows, shown.map((row) => rowWords(row, demo, kinds)));
    draw(new Map());
    // Nobody waits for a network to see what is kept.
    kindNames().then(draw);
    list("drafts", w.drafts, kept.drafts.map((draft) => draftWords(draft, here)));
    at("drafts").querySelector("p").textContent = w.draftsMore;
    const files = parts(rows);
    files.forEach((part, n) => {
      const name = `poshang-${today}${files.length > 1 ? `-${n + 1}` : ""}.zip`;
      button(w.save(n + 1, files.length), () => save(part, name), "btn");
    });
    if (unsent.length) {
      const element = button(w.send(things(unsent, rows)), () => send({ ...kept, rows: unsent }), "btn plain");
      // What was answered is not kept here, so the words on it would not be true any more.
      element.addEventListener("click", () => (element.textContent = w.sendAgain));
    }
    offerMine(kept);
  }

  function list(id, title, items) {
    if (!items.length) return;
    const section = at(id);
    section.querySelector("h2").textContent = title;
    section.hidden = false;
    section.querySelector("ul").replaceChildren();
    for (const [head, ...more] of items) {
      const item = section.querySelector("ul").appendChild(document.createElement("li"));
      item.appendChild(document.createElement("b")).textContent = head;
      for (const text of more.filter(Boolean)) {
        item.appendChild(document.createElement("span")).textContent = text;
      }
    }
  }

  function rowWords(row, demo, kinds) {
    const body = parsed(row.sealed)?.body ?? {};
    const words = body.words || row.label?.words || "";
    const when = new Date(row.sealed_ms).toLocaleString(document.documentElement.lang);
    const kind = kinds.get(row.label?.issue);
    const head = [kind, row.label?.place].filter(Boolean).join(" · ") || [...words].slice(0, 20).join("") || w.untitled;
    const change = row.key?.rev > 1 && !row.withdrawn ? w.nth(row.key.rev) : "";
    const is = row.delivery?.is;
    const reached = is === "delivered" && demo ? w.delivered_demo : w.state[is];
    // What was taken back before it left is an empty row, of which nothing is to be told.
    const state = !row.withdrawn ? reached : isUndone(row) ? w.undone : `${w.withdrawn} · ${reached}`;
    return [head, [change, state].filter(Boolean).join(" · "), when, words, count(row.blobs)];
  }

  function draftWords([id, draft], here) {
    return [draft.words || w.untitled, here.has(id) && w.changes, draft.place?.words, count(draft.photos)];
  }

  const count = (list) => (list?.length ? w.photos(list.length) : "");

  /** A button that does one thing at a time and says how it ended. */
  function button(words, act, look) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = look;
    element.textContent = words;
    element.onclick = async () => {
      element.disabled = true;
      try {
        tell("told", await act());
      } catch (why) {
        tell("told", String(why?.message ?? why));
      }
      element.disabled = false;
    };
    at("actions").hidden = false;
    return at("actions").appendChild(element);
  }

  async function start() {
    if (w === EN) document.title = w.title;
    tell("status", w.looking);
    try {
      const db = await database();
      show(db ? await read(db) : { rows: [], drafts: [], parks: [] });
    } catch (why) {
      tell("why", String(why?.message ?? why));
      tell("status", w.broken);
    }
  }

  start();
})();
