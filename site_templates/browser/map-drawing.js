/** Draws the map: a dot for each paper, in the color of its topic, and the names of topics. */
import { HUES } from "./contract.js";
import { make } from "./dom.js";

/** @import { MapLabel, MapPoint } from "./contract.js" */
/** @import { View } from "./map-view.js" */

const MANY = 3000; // with more papers, dots are smaller

export class Drawing {
  /**
   * @param {HTMLElement} box
   * @param {HTMLCanvasElement} canvas
   */
  constructor(box, canvas) {
    this.box = box;
    this.canvas = canvas;
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    // The style sheet sets the colors; hidden elements make them readable.
    this.hues = Array.from({ length: HUES }, (_, hue) =>
      make("span", { class: `bs-hue-${hue}`, hidden: true }));
    box.append(...this.hues);
  }

  /** Canvas pixels per CSS pixel. */
  get ratio() {
    return this.canvas.width / this.canvas.clientWidth;
  }

  /**
   * @param {View} view
   * @param {MapPoint[]} points
   * @param {MapLabel[]} labels
   * @param {MapPoint | null} ringed
   */
  draw(view, points, labels, ringed) {
    const { pen, canvas, ratio } = this;
    const size = Math.min(3 + Math.log2(view.zoom) * 1.2, 9);
    const radius = size * ratio * (points.length > MANY ? 0.6 : 1);
    const shown = points.filter((point) => view.isInView(point));
    pen.clearRect(0, 0, canvas.width, canvas.height);
    this.hues.forEach((probe, hue) => {
      pen.fillStyle = getComputedStyle(probe).color;
      this.dots(view, shown.filter((point) => point.hue === hue), radius);
    });
    if (ringed) this.ring(view, ringed, radius);
    this.names(view, labels);
  }

  /**
   * @param {View} view
   * @param {MapPoint[]} points
   * @param {number} radius
   */
  dots(view, points, radius) {
    this.pen.beginPath();
    for (const point of points) {
      const { x, y } = view.onScreen(point);
      this.pen.moveTo(x + radius, y);
      this.pen.arc(x, y, radius, 0, 2 * Math.PI);
    }
    this.pen.fill();
  }

  /**
   * @param {View} view
   * @param {MapPoint} point
   * @param {number} radius
   */
  ring(view, point, radius) {
    const { x, y } = view.onScreen(point);
    this.pen.strokeStyle = getComputedStyle(this.box).color;
    this.pen.lineWidth = radius / 2;
    this.pen.beginPath();
    this.pen.arc(x, y, radius * 1.9, 0, 2 * Math.PI);
    this.pen.stroke();
  }

  /**
   * Names of topics where they don't cover one another; the largest topics come first.
   * @param {View} view
   * @param {MapLabel[]} labels
   */
  names(view, labels) {
    const { pen, canvas, ratio } = this;
    const { fontFamily, color, backgroundColor } = getComputedStyle(this.box);
    const { width } = canvas;
    // The buttons cover this corner.
    const taken = [{ left: width - 165 * ratio, top: 0, right: width, bottom: 60 * ratio }];
    pen.font = `600 ${(canvas.clientWidth < 600 ? 11 : 13) * ratio}px ${fontFamily}`;
    Object.assign(pen, { textAlign: "center", lineJoin: "round", lineWidth: 4 * ratio });
    Object.assign(pen, { strokeStyle: backgroundColor, fillStyle: color });
    for (const label of labels) {
      const at = view.onScreen(label);
      const half = pen.measureText(label.name).width / 2 + 6 * ratio;
      const x = Math.min(Math.max(at.x, half), width - half);
      const top = at.y - 14 * ratio;
      const box = { left: x - half, top, right: x + half, bottom: top + 20 * ratio };
      if (at.x < 0 || at.x > width || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      pen.strokeText(label.name, x, at.y);
      pen.fillText(label.name, x, at.y);
    }
  }
}

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/**
 * @param {Box} one
 * @param {Box} other
 */
const overlap = (one, other) => one.left < other.right && other.left < one.right &&
  one.top < other.bottom && other.top < one.bottom;
