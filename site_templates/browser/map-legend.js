/** The legend of the map: the papers of a topic stand out while its entry has pointer or focus. */

/** @param {(hue: number) => void} show - called with the hue that stands out, or -1 */
export function onLegend(show) {
  /** @type {NodeListOf<HTMLElement>} */
  const entries = document.querySelectorAll(".bs-legend [data-hue]");
  for (const entry of entries) {
    for (const name of ["mouseenter", "focusin"]) {
      entry.addEventListener(name, () => show(Number(entry.dataset.hue)));
    }
    for (const name of ["mouseleave", "focusout"]) entry.addEventListener(name, () => show(-1));
  }
}
