/** The map of papers: drag, zoom, point. The papers in view are listed below it, as links. */
import { mapLabel, mapPoint, POINTS_FILE } from "./contract.js";
import { make } from "./dom.js";
import { Drawing } from "./map-drawing.js";
import { Grid, View } from "./map-view.js";
import { say } from "./reader.js";
import { addressOf, json } from "./site.js";
import { counted, text } from "./words.js";

/** @import { MapPoint, PaperMap } from "./contract.js" */
/** @import { Place } from "./map-view.js" */

const LISTED = 40;
const REACH = 14; // pixels: how close to a paper the pointer must be
const STILL = 5; // pixels: how far a click may move
const LIST_AFTER = 150; // milliseconds without movement
const ZOOM = 1.6;

/** @param {MapPoint} point */
const addressOfPaper = ({ slug }) => addressOf(`papers/${slug}/`);

/** The interactive map, which replaces the picture. */
class InteractiveMap {
  /**
   * @param {HTMLElement} box
   * @param {PaperMap} map
   */
  constructor(box, map) {
    this.box = box;
    this.points = map.points.map(mapPoint);
    this.labels = map.labels.map(mapLabel);
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.name = make("p", { class: "bs-map__name", hidden: true });
    this.heading = make("h2", { id: "bs-map-list" });
    this.list = make("ul", { class: "bs-map-list bs-list", "aria-labelledby": "bs-map-list" });
    this.view = new View(map, this.canvas);
    this.grid = new Grid(this.points);
    this.drawing = new Drawing(box, this.canvas);
    /** @type {MapPoint | null} */
    this.pointed = null;
    /** @type {Map<number, {at: Place, start: Place}>} */
    this.held = new Map();
    this.waiting = 0;
    this.timer = 0;
  }

  start() {
    this.box.append(this.canvas, this.name, this.controls());
    this.box.classList.add("bs-map--ready");
    document.querySelector(".bs-map-papers")?.append(this.heading, this.list);
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.box);
    const colors = () => this.redraw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colors);
    const attributeFilter = ["data-scheme"];
    new MutationObserver(colors).observe(document.documentElement, { attributeFilter });
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.movePointer(event));
    canvas.addEventListener("pointerup", (event) => this.release(event));
    canvas.addEventListener("pointercancel", (event) => this.held.delete(event.pointerId));
    canvas.addEventListener("pointerleave", () => this.point(null));
    canvas.addEventListener("wheel", (event) => this.turn(event), { passive: false });
  }

  resize() {
    const ratio = Math.min(devicePixelRatio || 1, 2);
    this.canvas.width = Math.max(1, Math.round(this.box.clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(this.box.clientHeight * ratio));
    this.show();
  }

  redraw() {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.drawing.draw(this.view, this.points, this.labels, this.pointed);
    });
  }

  show() {
    this.redraw();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.listPapers(), LIST_AFTER);
  }

  listPapers() {
    const { view } = this;
    const shown = this.points.filter((point) => view.isInView(point));
    const near = shown.sort((a, b) => view.fromMiddle(a) - view.fromMiddle(b)).slice(0, LISTED);
    this.heading.textContent = shown.length > LISTED
      ? text("The %(listed)s papers nearest the center, of %(number)s in view",
        { listed: LISTED, number: shown.length })
      : counted(shown.length, "%(number)s paper in view", "%(number)s papers in view");
    this.list.replaceChildren(...near.map((point) => this.listed(point)));
  }

  /** @param {MapPoint} point */
  listed(point) {
    const onfocus = () => this.point(point);
    return make("li", {},
      make("span", { class: `bs-key bs-hue-${point.hue}`, "aria-hidden": "true" }),
      make("a", { href: addressOfPaper(point), onfocus, onmouseenter: onfocus }, point.title));
  }

  /** @param {MapPoint | null} point */
  point(point) {
    if (point === this.pointed) return;
    this.pointed = point;
    this.name.hidden = !point;
    this.name.textContent = point?.title ?? "";
    this.canvas.classList.toggle("bs-map--point", Boolean(point));
    this.redraw();
  }

  /**
   * @param {number} factor
   * @param {Place} [place] - in pixels of the page; the middle when it is left out
   */
  zoom(factor, { x, y } = { x: this.canvas.clientWidth / 2, y: this.canvas.clientHeight / 2 }) {
    const { ratio } = this.drawing;
    this.view.enlarge(factor, { x: x * ratio, y: y * ratio });
    this.show();
  }

  /**
   * @param {number} right - steps
   * @param {number} down
   */
  step(right, down) {
    const step = this.view.map.width / 8 / this.view.zoom;
    this.view.move({ x: right * step, y: down * step });
    this.show();
  }

  showAll() {
    this.view.showAll();
    this.show();
  }

  /** @param {Place} place - in pixels of the page */
  nearest({ x, y }) {
    const { ratio } = this.drawing;
    const place = this.view.onMap({ x: x * ratio, y: y * ratio });
    return this.grid.nearest(place, REACH * ratio / this.view.scale);
  }

  /** @param {PointerEvent} event */
  press(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.held.set(event.pointerId, { at: placeOf(event), start: placeOf(event) });
  }

  /** @param {PointerEvent} event */
  movePointer(event) {
    const held = this.held.get(event.pointerId);
    const to = placeOf(event);
    if (!held) return this.point(this.nearest(to));
    const { at: from } = held;
    const others = Array.from(this.held.values()).filter((one) => one !== held);
    if (others.length) this.pinch(from, to, others[0].at);
    else this.drag(from, to);
    held.at = to;
    return this.show();
  }

  /**
   * @param {Place} from
   * @param {Place} to
   */
  drag(from, to) {
    const pixels = this.view.scale / this.drawing.ratio;
    this.view.move({ x: (from.x - to.x) / pixels, y: (from.y - to.y) / pixels });
  }

  /**
   * @param {Place} from
   * @param {Place} to
   * @param {Place} other - the finger that stays
   */
  pinch(from, to, other) {
    const before = distance(from, other) || 1;
    const after = distance(to, other) || 1;
    this.zoom(after / before, { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 });
  }

  /** @param {PointerEvent} event */
  release(event) {
    const held = this.held.get(event.pointerId);
    this.held.delete(event.pointerId);
    if (!held || distance(placeOf(event), held.start) > STILL) return;
    const paper = this.nearest(placeOf(event));
    if (paper) location.href = addressOfPaper(paper);
  }

  /** @param {WheelEvent} event */
  turn(event) {
    const { deltaY, ctrlKey, metaKey } = event;
    if (!ctrlKey && !metaKey && this.view.zoom === 1 && deltaY > 0) return; // let the page scroll
    event.preventDefault();
    this.zoom(Math.exp(-deltaY / 400), placeOf(event));
  }

  controls() {
    /** @type {Record<string, () => void>} */
    const keys = {
      "+": () => this.zoom(ZOOM), "=": () => this.zoom(ZOOM), "-": () => this.zoom(1 / ZOOM),
      0: () => this.showAll(),
      ArrowLeft: () => this.step(-1, 0), ArrowRight: () => this.step(1, 0),
      ArrowUp: () => this.step(0, -1), ArrowDown: () => this.step(0, 1),
    };
    const onkeydown = (/** @type {KeyboardEvent} */ event) => {
      if (!(event.key in keys)) return;
      event.preventDefault();
      keys[event.key]();
    };
    const label = text("Map: the arrow keys move it, + and - zoom");
    return make("div", { class: "bs-map__controls", role: "group", "aria-label": label, onkeydown },
      button("+", text("Zoom in"), keys["+"]),
      button("−", text("Zoom out"), keys["-"]),
      button(text("All"), text("Show all papers"), keys[0]));
  }
}

/**
 * @param {string} sign
 * @param {string} label
 * @param {() => void} onclick
 */
const button = (sign, label, onclick) =>
  make("button", { type: "button", "aria-label": label, title: label, onclick }, sign);

/**
 * @param {MouseEvent} event
 * @returns {Place}
 */
const placeOf = ({ offsetX, offsetY }) => ({ x: offsetX, y: offsetY });

/**
 * @param {Place} from
 * @param {Place} to
 */
const distance = (from, to) => Math.hypot(from.x - to.x, from.y - to.y);

/** @param {HTMLElement} box */
async function start(box) {
  try {
    new InteractiveMap(box, await json(POINTS_FILE)).start();
  } catch {
    say(text("The papers on the map can’t be loaded, so the map is only a picture."));
  }
}

const picture = document.querySelector(".bs-map");
if (picture instanceof HTMLElement) start(picture);
