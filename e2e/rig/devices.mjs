// A phone with a camera and a microphone that the browser makes up: a picture that moves, a beep.

/** For `test.use`: both are there, and the browser answers its own question with yes. */
export const FAKE_DEVICES = {
  args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
};

/** The same devices, and a person who does not allow them. */
export const REFUSED_DEVICES = {
  args: ["--use-fake-device-for-media-stream", "--deny-permission-prompts"],
};

/** Remembers every stream that a page opens, so that a test sees whether it is off again. */
export async function watchStreams(phone) {
  await phone.context.addInitScript(() => {
    globalThis.streams = [];
    const devices = navigator.mediaDevices;
    const open = devices?.getUserMedia.bind(devices);
    if (!open) return;
    devices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      globalThis.streams.push(stream);
      return stream;
    };
  });
}

/** How many streams were opened, and how many of them are still on. */
export async function streams(page) {
  return page.evaluate(() => ({
    opened: globalThis.streams.length,
    on: globalThis.streams.filter((it) => it.active).length,
  }));
}
