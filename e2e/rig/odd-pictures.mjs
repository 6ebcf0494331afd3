// Pictures as they should not be, and some that are only unusual, made byte by byte.
import { deflateSync } from "node:zlib";

const word = (value) => [value >> 8, value & 255];
const segment = (marker, bytes) =>
  Buffer.from([0xff, marker, ...word(bytes.length + 2), ...bytes]);

/** The eight ways in which a phone can be held, as Exif tells them. */
export const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];

/**
 * A grey JPEG of any size in few bytes (ITU-T T.81): every block says "as the one before".
 * `components` 3: YCbCr; 4: CMYK as Adobe writes it. `progressive`: one scan of the first
 * coefficients.
 */
export function flatJpeg(width, height, { components = 3, progressive = false } = {}) {
  const ids = Array.from({ length: components }, (_, nth) => nth + 1);
  const tables = segment(0xdb, [0, ...Array(64).fill(1)]);
  const frame = segment(progressive ? 0xc2 : 0xc0, [
    8,
    ...word(height),
    ...word(width),
    components,
    ...ids.flatMap((id) => [id, 0x11, 0]),
  ]);
  // Two codes, "0" for no difference and "10" for one of ten bits; of the rest only "end of block".
  const first = segment(0xc4, [0x00, 1, 1, ...Array(14).fill(0), 0, 10]);
  const rest = segment(0xc4, [0x10, 1, ...Array(15).fill(0), 0]);
  const scan = segment(0xda, [
    components,
    ...ids.flatMap((id) => [id, 0x00]),
    0,
    progressive ? 0 : 63,
    0,
  ]);
  const adobe = segment(0xee, [...Buffer.from("Adobe"), 0, 100, 0, 0, 0, 0, 0]);
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const end = progressive ? "" : "0";
  // 640 of 1,024 above the middle: a light grey. Colours stay in the middle.
  const light = `10${(640).toString(2)}${end}`;
  const begin = ids.map((id) => (id === 1 || components === 4 ? light : `0${end}`)).join("");
  const zeros = (blocks - 1) * components * (progressive ? 1 : 2);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...(components === 4 ? [adobe] : []),
    tables,
    frame,
    first,
    ...(progressive ? [] : [rest]),
    scan,
    packed(begin, zeros),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** Bits as a scan holds them: a byte 0xFF is followed by 0x00, and ones fill the last byte. */
function packed(begin, zeros) {
  const bits = begin.length + zeros;
  const bytes = Buffer.alloc(Math.ceil(bits / 8));
  for (let at = 0; at < begin.length; at++) {
    if (begin[at] === "1") bytes[at >> 3] |= 128 >> (at & 7);
  }
  for (let at = bits; at < bytes.length * 8; at++) bytes[at >> 3] |= 128 >> (at & 7);
  // Only the first few bytes and the last have ones in them.
  return Buffer.concat([stuffed(bytes.subarray(0, 16)), bytes.subarray(16, -1), stuffed(bytes.subarray(Math.max(16, bytes.length - 1)))]);
}

function stuffed(bytes) {
  const out = [];
  for (const byte of bytes) out.push(...(byte === 255 ? [255, 0] : [byte]));
  return Buffer.from(out);
}

/** A JPEG with Exif that tells how the phone was held, where, and by whom it was made. */
export function held(jpeg, orientation, secret = "") {
  const tiff = Buffer.from("MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0", "latin1");
  tiff.writeUInt16BE(orientation, 18);
  const exif = segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), tiff, Buffer.from(secret)]));
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}

/** A JPEG with a second picture behind it, as phones store how bright it should glow. */
export function withGainMap(jpeg, secret) {
  const mpf = segment(0xe2, Buffer.from(`MPF\0MM\0*${secret}`, "latin1"));
  const xmp = segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<hdrgm:Version="1.0" ${secret}>`));
  const behind = flatJpeg(40, 30);
  return Buffer.concat([jpeg.subarray(0, 2), mpf, xmp, jpeg.subarray(2), behind, Buffer.from(secret)]);
}

/** A JPEG with a film behind it. */
export function withVideo(jpeg, secret) {
  const film = Buffer.concat([video(), Buffer.from(secret), Buffer.alloc(50_000, 7)]);
  return Buffer.concat([jpeg, film]);
}

/** The beginning of an MP4 file. */
export function video() {
  return Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x08mdat", "latin1");
}

/** The beginning of a HEIC photo, without a picture. */
export function heic() {
  return Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), Buffer.alloc(200)]);
}

/** An AVIF that says of itself that it is so large, in its `ispe` box (ISO/IEC 23008-12). */
export function avif(width, height) {
  const size = Buffer.alloc(20);
  size.writeUInt32BE(20, 0);
  size.write("ispe", 4, "latin1");
  size.writeUInt32BE(width, 12);
  size.writeUInt32BE(height, 16);
  const head = Buffer.from("\0\0\0\x18ftypavif\0\0\0\0mif1avif", "latin1");
  return Buffer.concat([head, size, Buffer.alloc(200)]);
}

/** A PNG of one grey, of any size in few bytes; `cut`: only so much of its pixels. */
export function flatPng(width, height, { cut } = {}) {
  const row = Buffer.alloc(Math.ceil(width / 8) + 1, 0xff);
  row[0] = 0;
  const rows = Buffer.alloc(row.length * height, 0xff);
  for (let at = 0; at < rows.length; at += row.length) rows[at] = 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1; // one bit, grey
  const pixels = deflateSync(rows);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", cut === undefined ? pixels : pixels.subarray(0, cut)),
    ...(cut === undefined ? [chunk("IEND", Buffer.alloc(0))] : []),
  ]);
}

/** Only the head of a PNG that says of itself that it is so large: nobody can unpack the rest. */
export function pngBomb(width, height) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.alloc(1 << 20))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name, bytes) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), bytes]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(bytes.length, 0);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc(body), 0);
  return Buffer.concat([frame, body, sum]);
}

/** ISO 3309; Node has it only from version 20 on. */
function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
