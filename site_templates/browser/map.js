/** The map of papers: drag, zoom, point. The papers in view are listed below it, as links. */
import { mapLabel, mapPoint, POINTS_FILE } from "./contract.js";
import { make } from "./dom.js";
import { Card } from "./map-card.js";
import { controlsOf, ZOOM } from "./map-controls.js";
import { Drawing } from "./map-drawing.js";
import { onLegend } from "./map-legend.js";
import { Grid, recall, searchOf, View } from "./map-view.js";
import { say } from "./reader.js";
import { addressOf, json } from "./site.js";
import { counted, text } from "./words.js";

/** @import { MapPoint, PaperMap } from "./contract.js" */
/** @import { Place } from "./map-view.js" */

const LISTED = 40;
const REACH = 14; // pixels: how close to a paper the pointer must be
const STILL = 5; // pixels: how far a click may move
const LIST_AFTER = 150; // milliseconds without movement
const KEYS = text("Map: the arrow keys move it, + and - zoom");
const HINT = text("To zoom by scrolling, click the map first or hold Ctrl.");

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
    this.size = { width: map.width, height: map.height };
    this.all = map.points.map(mapPoint);
    this.points = this.all;
    this.labels = map.labels.map(mapLabel);
    const named = { role: "application", "aria-label": KEYS, "aria-describedby": "bs-map-hint" };
    this.canvas = make("canvas", { tabindex: 0, ...named });
    this.card = new Card(box);
    this.controls = controlsOf(this);
    this.focusable = [box, this.controls];
    this.hint = make("p", { class: "bs-map__hint", id: "bs-map-hint" }, HINT);
    this.heading = make("h2", { id: "bs-map-list" });
    this.list = make("ul", { class: "bs-map-list bs-list", "aria-labelledby": "bs-map-list" });
    this.view = new View(this.size, this.canvas);
    this.grid = new Grid(this.points);
    this.drawing = new Drawing(box, this.canvas);
    /** @type {MapPoint | null} */
    this.pointed = null;
    /** @type {Map<number, {at: Place, start: Place}>} */
    this.held = new Map();
    this.only = -1; // the hue that stands out
    this.waiting = 0;
    this.timer = 0;
  }

  start() {
    this.box.append(this.canvas, this.card.element, this.hint);
    document.querySelector(".bs-map__bar")?.append(this.controls);
    this.box.classList.add("bs-map--ready");
    this.fit();
    recall(this.view, location.search, this.size);
    onLegend((hue) => {
      this.only = hue;
      this.redraw();
    });
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
    canvas.addEventListener("pointerleave", () => {
      this.point(null);
      this.hint.classList.remove("bs-map__hint--shown");
    });
    canvas.addEventListener("wheel", (event) => this.turn(event), { passive: false });
    const onkey = (/** @type {KeyboardEvent} */ event) => this.pressKey(event);
    this.focusable.forEach((part) => part.addEventListener("keydown", onkey));
  }

  /** Makes the map as tall as its box: directions have no meaning, so it can be stretched. */
  fit() {
    const ratio = Math.min(devicePixelRatio || 1, 2);
    const { canvas, box, view, size } = this;
    canvas.width = Math.max(1, Math.round(box.clientWidth * ratio));
    canvas.height = Math.max(1, Math.round(box.clientHeight * ratio));
    const height = size.width * canvas.height / canvas.width;
    view.y *= height / view.map.height;
    view.map = { width: size.width, height };
    this.points = this.all.map((point) => ({ ...point, y: point.y / size.height * height }));
    this.grid = new Grid(this.points);
    this.point(null);
  }

  resize() {
    this.fit();
    this.show();
  }

  redraw() {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.drawing.draw(this.view, this.points, this.labels, this.pointed, this.only);
    });
  }

  show() {
    this.redraw();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.listPapers(), LIST_AFTER);
  }

  listPapers() {
    const { view } = this;
    const address = `${location.pathname}${searchOf(view, this.size)}${location.hash}`;
    history.replaceState(history.state, "", address);
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
    const onfocus = () => this.point(point, this.onBox(point));
    return make("li", {},
      make("span", { class: `bs-key bs-hue-${point.hue}`, "aria-hidden": "true" }),
      make("a", { href: addressOfPaper(point), onfocus, onmouseenter: onfocus }, point.title));
  }

  /**
   * Where a paper is, in pixels of the box.
   * @param {MapPoint} point
   */
  onBox(point) {
    const { x, y } = this.view.onScreen(point);
    return { x: x / this.drawing.ratio, y: y / this.drawing.ratio };
  }

  /**
   * @param {MapPoint | null} point
   * @param {Place} [place] - of its card
   */
  point(point, place) {
    if (point && place) {
      const topic = this.labels[point.label]?.name ?? "";
      this.card.show({ title: point.title, topic, hue: point.hue }, place);
    } else this.card.hide();
    if (point === this.pointed) return;
    this.pointed = point;
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
    if (!held) return this.point(this.nearest(to), to);
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

  /**
   * Zooms if the map has the focus or Ctrl is held. Otherwise, the page scrolls.
   * @param {WheelEvent} event
   */
  turn(event) {
    const { deltaY, ctrlKey, metaKey } = event;
    const focused = this.focusable.some((part) => part.contains(document.activeElement));
    const isMeant = ctrlKey || metaKey || focused;
    this.hint.classList.toggle("bs-map__hint--shown", !isMeant);
    if (!isMeant) return;
    event.preventDefault();
    this.zoom(Math.exp(-deltaY / 400), placeOf(event));
  }

  /** @param {KeyboardEvent} event */
  pressKey(event) {
    /** @type {Record<string, () => void>} */
    const keys = {
      "+": () => this.zoom(ZOOM), "=": () => this.zoom(ZOOM), "-": () => this.zoom(1 / ZOOM),
      0: () => this.showAll(), Escape: () => this.canvas.blur(),
      ArrowLeft: () => this.step(-1, 0), ArrowRight: () => this.step(1, 0),
      ArrowUp: () => this.step(0, -1), ArrowDown: () => this.step(0, 1),
    };
    if (!(event.key in keys) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
  }
}

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
