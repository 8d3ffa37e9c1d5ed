/**
 * The only places where text becomes a document or the address of a script. The site's policy
 * forbids it elsewhere (`require-trusted-types-for` in `outputs/security.py`).
 */

const folder = new URL("../../", import.meta.url);
/** @type {any} */
const types = /** @type {any} */ (globalThis).trustedTypes;

const rules = {
  // Only for parsing into a document of its own, where scripts don't run.
  createHTML: (/** @type {string} */ text) => text,
  createScriptURL: (/** @type {string} */ address) => {
    if (new URL(address, location.href).href.startsWith(folder.href)) return address;
    throw new TypeError(`not a script of this site: ${address}`);
  },
};

const policy = types ? types.createPolicy("broadsheet", rules) : rules;

/**
 * Parses a page of this site.
 * @param {string} text
 * @returns {Document}
 */
export const parsedPage = (text) =>
  new DOMParser().parseFromString(policy.createHTML(text), "text/html");

/**
 * Returns the address of a script of this site, for a worker.
 * @param {string} address
 * @returns {string}
 */
export const scriptAddress = (address) => policy.createScriptURL(address);
