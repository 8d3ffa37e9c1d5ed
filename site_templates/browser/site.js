/** Where the site is, and its files. */

/** The address of the front page; the site may be below the root of its host. */
export const root = new URL("../../", import.meta.url);

/**
 * A JSON file of the site.
 * @param {string} path - relative to the front page
 * @returns {Promise<any>}
 * @throws {Error} when it can't be read
 */
export async function json(path) {
  const answer = await fetch(new URL(path, root));
  if (!answer.ok) throw new Error(`${path} can’t be read (${answer.status})`);
  return answer.json();
}
