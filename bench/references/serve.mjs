// Serves an app to compare with. The browser may keep every file, so a second visit asks for nothing.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
};

/** Files lie in one of the folders; the first that has one counts. `url`, and `stop`. */
export async function serve(folders) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://none");
    const name = pathname === "/" ? "index.html" : pathname.slice(1);
    const file = folders.map((folder) => join(folder, name)).find(existsSync);
    if (!file || !/^[a-z]+\.[a-z]+$/.test(name)) return response.writeHead(404).end();
    const kept = { "Cache-Control": "public, max-age=31536000, immutable" };
    response.writeHead(200, { "Content-Type": TYPES[extname(name)], ...kept });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}
