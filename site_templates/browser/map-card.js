/** The card of a paper on the map, near the pointer: its title and its topic. */
import { make } from "./dom.js";

/** @import { Place, Size } from "./map-view.js" */

const AWAY = 14; // pixels from the pointer

/**
 * The corner of a card that is beside a place and inside of a box.
 * @param {Place} place
 * @param {Size} card
 * @param {Size} box
 * @returns {Place}
 */
export function cornerOf({ x, y }, card, box) {
  const right = x + AWAY;
  const below = y + AWAY;
  return {
    x: Math.max(0, right + card.width <= box.width ? right : x - AWAY - card.width),
    y: Math.max(0, below + card.height <= box.height ? below : y - AWAY - card.height),
  };
}

export class Card {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.title = make("span", { class: "bs-map__title" });
    this.topic = make("span", { class: "bs-map__topic" });
    this.element = make("p", { class: "bs-map__name", hidden: true }, this.title, this.topic);
  }

  /**
   * @param {{title: string, topic: string, hue: number}} paper
   * @param {Place} place - in pixels of the box
   */
  show({ title, topic, hue }, place) {
    this.title.textContent = title;
    this.topic.replaceChildren(topic &&
      make("span", { class: `bs-key bs-hue-${hue}`, "aria-hidden": "true" }), topic);
    this.element.hidden = false;
    const { offsetWidth: width, offsetHeight: height, style } = this.element;
    const { x, y } = cornerOf(place, { width, height },
      { width: this.box.clientWidth, height: this.box.clientHeight });
    style.left = `${Math.round(x)}px`;
    style.top = `${Math.round(y)}px`;
  }

  hide() {
    this.element.hidden = true;
  }
}
