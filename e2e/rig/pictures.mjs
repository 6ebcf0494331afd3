// Pictures that the browser of a test draws: bright, with something in them.

/** A JPEG of this size. Stripes, so that it is no smooth surface. */
export async function picture(page, width, height) {
  const base64 = await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#ffe9c0";
      pen.fillRect(0, 0, width, height);
      pen.fillStyle = "#c0d8ff";
      for (let x = 0; x < width; x += 40) pen.fillRect(x, 0, 20, height);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    },
    [width, height],
  );
  return Buffer.from(base64, "base64");
}

/** A photo that no other one equals. */
export async function photoOf(page, colour) {
  const bytes = await page.evaluate(async (colour) => {
    const canvas = new OffscreenCanvas(64, 48);
    const context = canvas.getContext("2d");
    context.fillStyle = colour;
    context.fillRect(0, 0, 64, 48);
    const blob = await canvas.convertToBlob({ type: "image/jpeg" });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, colour);
  return { name: `${colour}.jpg`, mimeType: "image/jpeg", buffer: Buffer.from(bytes) };
}
