/** The buttons that zoom the map. */
import { make } from "./dom.js";
import { text } from "./words.js";

export const ZOOM = 1.6; // how much a step of zooming enlarges

/** @param {{zoom: (factor: number) => void, showAll: () => void}} map */
export const controlsOf = (map) =>
  make("div", { class: "bs-map__controls", role: "group", "aria-label": text("Zoom") },
    button("+", text("Zoom in"), () => map.zoom(ZOOM)),
    button("−", text("Zoom out"), () => map.zoom(1 / ZOOM)),
    button(text("All"), text("Show all papers"), () => map.showAll()));

/**
 * @param {string} sign
 * @param {string} label
 * @param {() => void} onclick
 */
const button = (sign, label, onclick) =>
  make("button", { type: "button", "aria-label": label, title: label, onclick }, sign);
