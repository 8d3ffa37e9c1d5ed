/** Converts between places on the map and on the screen, and finds papers near a place. */

/** @import { MapPoint } from "./contract.js" */
/** @typedef {{x: number, y: number}} Place */
/** @typedef {{width: number, height: number}} Size */

const MOST = 60; // the largest zoom
const CELL = 20; // units of the map

/** The visible part of the map: its center and its zoom. */
export class View {
  /**
   * @param {Size} map
   * @param {Size} screen - in pixels of the canvas; it changes with the window
   */
  constructor(map, screen) {
    this.map = map;
    this.screen = screen;
    this.x = 0;
    this.y = 0;
    this.zoom = 1;
    this.showAll();
  }

  showAll() {
    this.x = this.map.width / 2;
    this.y = this.map.height / 2;
    this.zoom = 1;
  }

  /** Canvas pixels per unit of the map. */
  get scale() {
    const { map, screen } = this;
    return Math.min(screen.width / map.width, screen.height / map.height) * this.zoom;
  }

  /**
   * @param {Place} place - on the map
   * @returns {Place}
   */
  onScreen({ x, y }) {
    const { scale, screen: { width, height } } = this;
    return { x: (x - this.x) * scale + width / 2, y: (y - this.y) * scale + height / 2 };
  }

  /**
   * @param {Place} place - on the screen
   * @returns {Place}
   */
  onMap({ x, y }) {
    const { scale, screen: { width, height } } = this;
    return { x: (x - width / 2) / scale + this.x, y: (y - height / 2) / scale + this.y };
  }

  /** @param {Place} place - on the map */
  isInView({ x, y }) {
    const { scale, screen: { width, height } } = this;
    return Math.abs(x - this.x) * scale <= width / 2 && Math.abs(y - this.y) * scale <= height / 2;
  }

  /** @param {Place} distance - in units of the map */
  move({ x, y }) {
    this.x = clamped(this.x + x, 0, this.map.width);
    this.y = clamped(this.y + y, 0, this.map.height);
    if (this.zoom === 1) this.showAll();
  }

  /**
   * Enlarges by `factor` what is at a place on the screen; it stays there.
   * @param {number} factor
   * @param {Place} place
   */
  enlarge(factor, place) {
    const before = this.onMap(place);
    this.zoom = clamped(this.zoom * factor, 1, MOST);
    const after = this.onMap(place);
    this.move({ x: before.x - after.x, y: before.y - after.y });
  }

  /**
   * How far a place is from the middle, squared.
   * @param {Place} place - on the map
   */
  fromMiddle({ x, y }) {
    return (x - this.x) ** 2 + (y - this.y) ** 2;
  }
}

/**
 * The query string of a view: its middle and its zoom, or "" for the whole map. Places are on a map
 * of the size of the file, because the height of the map depends on the window.
 * @param {View} view
 * @param {Size} size
 */
export function searchOf({ x, y, zoom, map }, size) {
  if (zoom === 1) return "";
  const up = y / map.height * size.height;
  return `?x=${Math.round(x)}&y=${Math.round(up)}&zoom=${Math.round(zoom * 10) / 10}`;
}

/**
 * Sets a view as a query string says. What isn't a number is left out.
 * @param {View} view
 * @param {string} search
 * @param {Size} size
 */
export function recall(view, search, size) {
  const given = new URLSearchParams(search);
  const [x, y, zoom] = ["x", "y", "zoom"].map((name) => Number(given.get(name) ?? NaN));
  if (![x, y, zoom].every(Number.isFinite) || zoom <= 1) return;
  view.zoom = clamped(zoom, 1, MOST);
  view.x = clamped(x, 0, view.map.width);
  view.y = clamped(y / size.height * view.map.height, 0, view.map.height);
}

/** Papers by cells of the map, so that finding the nearest one looks at few of them. */
export class Grid {
  /** @param {MapPoint[]} points */
  constructor(points) {
    /** @type {Map<string, MapPoint[]>} */
    this.cells = new Map();
    for (const point of points) {
      const known = this.cells.get(cellOf(point));
      if (known) known.push(point);
      else this.cells.set(cellOf(point), [point]);
    }
  }

  /**
   * The paper that is nearest to a place, within `reach` (at most one cell).
   * @param {Place} place
   * @param {number} reach
   */
  nearest({ x, y }, reach) {
    const steps = [-CELL, 0, CELL];
    const around = steps.flatMap((dx) => steps.map((dy) => cellOf({ x: x + dx, y: y + dy })));
    /** @type {MapPoint | null} */
    let best = null;
    let least = reach ** 2;
    for (const point of around.flatMap((cell) => this.cells.get(cell) ?? [])) {
      const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
      if (distance <= least) [best, least] = [point, distance];
    }
    return best;
  }
}

/** @param {Place} place */
const cellOf = ({ x, y }) => `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`;

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
const clamped = (value, least, most) => Math.min(Math.max(value, least), most);
