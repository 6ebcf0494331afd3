// A code on the screen, as a camera sees it.
import decodeQR from "qr/decode.js";

/** What a camera reads off the screen: a judge that is not ours. */
export async function scan(page, name) {
  const code = page.getByRole("img", { name });
  await code.scrollIntoViewIfNeeded();
  const png = await code.screenshot();
  const { width, height, data } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0);
    const { width, height, data } = context.getImageData(0, 0, picture.width, picture.height);
    return { width, height, data: [...data] };
  }, png.toString("base64"));
  return decodeQR({ width, height, data: Uint8Array.from(data) });
}
