/**
 * Runs before the first paint: sets the reader's color scheme, and a class that says that scripts
 * run. Material's script, which only hand-written pages load, needs the names with __md_.
 */
{
  const page = document.documentElement;
  const root = new URL(document.currentScript?.dataset.root || ".", location.href);
  if (!root.pathname.endsWith("/")) root.pathname += "/";
  /**
   * @param {string} key
   * @param {URL} scope
   */
  const named = (key, scope) => `${scope.pathname}.${key}`;
  const material = {
    __md_scope: root,
    /** @param {string} text */
    __md_hash: (text) =>
      Array.from(text).reduce((sum, letter) => ((sum << 5) - sum + letter.charCodeAt(0)) | 0, 0),
    /**
     * @param {string} key
     * @param {Storage} [storage]
     */
    __md_get(key, storage, scope = root) {
      try {
        return JSON.parse((storage ?? localStorage).getItem(named(key, scope)) ?? "null");
      } catch {
        return null; // storage is blocked
      }
    },
    /**
     * @param {string} key
     * @param {unknown} value
     * @param {Storage} [storage]
     */
    __md_set(key, value, storage, scope = root) {
      try {
        (storage ?? localStorage).setItem(named(key, scope), JSON.stringify(value));
      } catch {
        // Storage is blocked or full, and the page works without it.
      }
    },
  };
  Object.assign(window, material);

  page.classList.add("js");
  const scheme = material.__md_get("scheme");
  if (scheme === "light" || scheme === "dark") page.dataset.scheme = scheme;
  // On a phone, a week is skimmed first.
  const reading = material.__md_get("reading");
  const first = matchMedia("(width <= 44em)").matches ? "skim" : "read";
  page.dataset.reading = reading === "skim" || reading === "read" ? reading : first;
}
