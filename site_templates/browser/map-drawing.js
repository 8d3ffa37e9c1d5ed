/** Draws the map: a dot for each paper, in the color of its topic, and the names of topics. */
import { HUES } from "./contract.js";
import { make } from "./dom.js";
import { Covered, placed } from "./map-labels.js";

/** @import { MapLabel, MapPoint } from "./contract.js" */
/** @import { Place, View } from "./map-view.js" */

const MANY = 3000; // with more papers, dots are smaller
const REACH = 280; // pixels: how far a name may be from its papers
const PART = 0.35; // of the width and height of the map, on small screens
const NEAR = 26; // pixels: a name that is farther away gets a line
const FADED = 0.15;

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
   * @param {number} only - the one hue that stands out, or -1
   */
  draw(view, points, labels, ringed, only) {
    const { pen, canvas, ratio } = this;
    const size = Math.min(3 + Math.log2(view.zoom) * 1.2, 9);
    const radius = size * ratio * (points.length > MANY ? 0.6 : 1);
    const shown = points.filter((point) => view.isInView(point))
      .map((point) => ({ ...point, ...view.onScreen(point) }));
    const colors = this.hues.map((probe) => getComputedStyle(probe).color);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    const names = this.names(shown, labels, radius, fewest(view.zoom));
    for (const name of names) this.line(name, colors[name.hue]);
    colors.forEach((color, hue) => {
      pen.fillStyle = color;
      pen.globalAlpha = only < 0 || only === hue ? 1 : FADED;
      this.dots(shown.filter((point) => point.hue === hue), radius);
    });
    pen.globalAlpha = 1;
    if (ringed) this.ring(view.onScreen(ringed), radius);
    for (const name of names) this.name(name);
  }

  /**
   * @param {Place[]} places
   * @param {number} radius
   */
  dots(places, radius) {
    this.pen.beginPath();
    for (const { x, y } of places) {
      this.pen.moveTo(x + radius, y);
      this.pen.arc(x, y, radius, 0, 2 * Math.PI);
    }
    this.pen.fill();
  }

  /**
   * @param {Place} place
   * @param {number} radius
   */
  ring({ x, y }, radius) {
    this.pen.strokeStyle = getComputedStyle(this.box).color;
    this.pen.lineWidth = radius / 2;
    this.pen.beginPath();
    this.pen.arc(x, y, radius * 1.9, 0, 2 * Math.PI);
    this.pen.stroke();
  }

  /**
   * The names of the topics in view, the largest first, in places where they cover no paper.
   * @param {(MapPoint & Place)[]} shown - in pixels of the canvas
   * @param {MapLabel[]} labels
   * @param {number} radius
   * @param {number} least - how many papers in view make a topic worth naming
   */
  names(shown, labels, radius, least) {
    const { pen, canvas, ratio } = this;
    const { width, height } = canvas;
    const covered = new Covered(canvas);
    for (const { x, y } of shown) {
      covered.add({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
    }
    // The buttons are in this corner.
    covered.add({ left: width - 175 * ratio, top: 0, right: width, bottom: 60 * ratio });
    pen.font = this.font;
    const wanted = labels.flatMap(({ name, hue }, place) => {
      const own = shown.filter((point) => point.label === place);
      const size = { width: pen.measureText(name).width + 10 * ratio, height: 20 * ratio };
      const found = { name, hue, ...middleOf(own), ...size, count: own.length };
      return own.length < least ? [] : [found];
    });
    wanted.sort((a, b) => b.count - a.count);
    const reach = Math.min(REACH * ratio, PART * width, PART * height);
    return placed(wanted, covered, reach);
  }

  get font() {
    const size = (this.canvas.clientWidth < 600 ? 11 : 13) * this.ratio;
    return `600 ${size}px ${getComputedStyle(this.box).fontFamily}`;
  }

  /**
   * A thin line from a name to the middle of its papers, if it had to move away from them.
   * @param {Place & {from: Place, height: number}} name
   * @param {string} color
   */
  line({ x, y, from, height }, color) {
    const { pen, ratio } = this;
    if (Math.hypot(x - from.x, y - from.y) < NEAR * ratio) return;
    const edge = Math.sign(from.y - y) * Math.min(height / 2, Math.abs(from.y - y));
    Object.assign(pen, { strokeStyle: color, lineWidth: ratio, globalAlpha: 0.6 });
    pen.beginPath();
    pen.moveTo(x, y + edge);
    pen.lineTo(from.x, from.y);
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /** @param {Place & {name: string}} name */
  name({ name, x, y }) {
    const { pen, ratio } = this;
    const { color, backgroundColor } = getComputedStyle(this.box);
    Object.assign(pen, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
    Object.assign(pen, { font: this.font, lineWidth: 4 * ratio });
    Object.assign(pen, { strokeStyle: backgroundColor, fillStyle: color });
    pen.strokeText(name, x, y);
    pen.fillText(name, x, y);
  }
}

/**
 * How many papers of a topic must be in view to name it: fewer, the closer a reader looks.
 * @param {number} zoom
 */
const fewest = (zoom) => zoom < 1.5 ? 4 : zoom < 3 ? 2 : 1;

/**
 * The middle of some places: the medians, which single far ones don't move.
 * @param {Place[]} places
 * @returns {Place}
 */
function middleOf(places) {
  const median = (/** @type {number[]} */ values) =>
    values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return { x: median(places.map(({ x }) => x)), y: median(places.map(({ y }) => y)) };
}
