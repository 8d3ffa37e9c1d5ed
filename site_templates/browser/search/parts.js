/** Requests parts of files, and whole files from hosts that don't send parts. */

/** Whole files by address, as the host sent them. @type {Map<string, Promise<ArrayBuffer>>} */
const files = new Map();

let sendsParts = true;

/**
 * The bytes of a file from `start` to `end`. `whole` requests the file if the host doesn't send
 * parts, or sends wrong ones.
 * @param {URL} url
 * @param {number} start
 * @param {number} end
 * @param {() => Promise<ArrayBuffer>} whole
 */
export async function partOf({ href }, start, end, whole) {
  if (sendsParts && !files.has(href)) {
    const part = await requested(href, start, end).catch(() => null);
    if (part) return part;
  }
  const file = files.get(href) ?? whole();
  files.set(href, file);
  file.then(() => (sendsParts = false), () => files.delete(href));
  return (await file).slice(start, end);
}

/**
 * A part, or null if the host doesn't send it. Addresses end in the place of the part, because
 * Chromium loads parts with the same address one after the other.
 * @param {string} href
 * @param {number} start
 * @param {number} end
 */
async function requested(href, start, end) {
  const headers = { Range: `bytes=${start}-${end - 1}` };
  const answer = await fetch(`${href}?${start}`, { headers });
  const range = answer.headers.get("Content-Range");
  const content = await answer.arrayBuffer();
  if (range?.startsWith(`bytes ${start}-${end - 1}/`) && content.byteLength === end - start) {
    return content;
  }
  if (answer.ok && !range) files.set(href, Promise.resolve(content));
  return null;
}
