/** Finds places for the names of topics on the map: near their papers, but never on top of any. */

/** @import { Place, Size } from "./map-view.js" */

/**
 * A name to be placed: its middle should be at `x` and `y`, in pixels.
 * @typedef {Place & {name: string, hue: number, width: number, height: number}} Wanted
 */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

const CELL = 6; // pixels of the canvas
const RING = 8; // pixels between two rings of places to try
const AROUND = 16; // places on each ring

/** What is covered on the screen, in small cells. */
export class Covered {
  /** @param {Size} screen */
  constructor({ width, height }) {
    this.across = Math.ceil(width / CELL);
    this.down = Math.ceil(height / CELL);
    this.cells = new Uint8Array(this.across * this.down);
  }

  /** @param {Box} box */
  add({ left, top, right, bottom }) {
    const [first, last] = [Math.max(0, cell(left)), Math.min(this.across - 1, cell(right))];
    for (let y = Math.max(0, cell(top)); y <= Math.min(this.down - 1, cell(bottom)); y += 1) {
      this.cells.fill(1, y * this.across + first, y * this.across + last + 1);
    }
  }

  /**
   * Whether a box is on the screen and covers nothing.
   * @param {Box} box
   */
  isFree({ left, top, right, bottom }) {
    const [first, last] = [cell(left), cell(right)];
    if (left < 0 || top < 0 || last >= this.across || cell(bottom) >= this.down) return false;
    for (let y = cell(top); y <= cell(bottom); y += 1) {
      for (let x = first; x <= last; x += 1) {
        if (this.cells[y * this.across + x]) return false;
      }
    }
    return true;
  }
}

/** @param {number} pixels */
const cell = (pixels) => Math.floor(pixels / CELL);

/**
 * The names that have a free place at most `reach` pixels away, in the order given. Each is then in
 * the way of the others.
 * @param {Wanted[]} wanted
 * @param {Covered} covered
 * @param {number} reach
 * @returns {(Wanted & {from: Place})[]}
 */
export function placed(wanted, covered, reach) {
  return wanted.flatMap((one) => {
    const found = freePlace(one, covered, reach);
    if (!found) return [];
    covered.add(boxAt(found, one));
    return [{ ...one, ...found, from: { x: one.x, y: one.y } }];
  });
}

/**
 * @param {Wanted} wanted
 * @param {Covered} covered
 * @param {number} reach
 * @returns {Place | null}
 */
function freePlace(wanted, covered, reach) {
  for (let distance = 0; distance <= reach; distance += RING) {
    for (let turn = 0; turn < (distance ? AROUND : 1); turn += 1) {
      const angle = turn / AROUND * 2 * Math.PI;
      const x = wanted.x + distance * Math.cos(angle);
      const y = wanted.y + distance * Math.sin(angle);
      if (covered.isFree(boxAt({ x, y }, wanted))) return { x, y };
    }
  }
  return null;
}

/**
 * @param {Place} middle
 * @param {{width: number, height: number}} size
 * @returns {Box}
 */
export const boxAt = ({ x, y }, { width, height }) => ({
  left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2,
});
