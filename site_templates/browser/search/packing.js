/** Unpacks the files of the index. The other half is packing.py and shards.py. */

/** @typedef {import("./contract.js").SearchedField} SearchedField */

/**
 * Where a term occurs in one field: the documents in order, how often it occurs in each, and how
 * long the field is in each of them, unless it is a long field.
 * @typedef {{documents: Uint32Array, counts: Uint32Array, lengths: Uint32Array | null}} Postings
 */

/**
 * A term with its postings by field. `count` is the number of documents, summed over the fields.
 * @typedef {{name: string, count: number, of: (Postings | null)[]}} Term
 */

/** @typedef {ArrayBuffer | Uint8Array<ArrayBuffer>} Packed */

/** A file that isn't there, or is something else: the site was published anew. */
export class Gone extends Error {}

/** Reads packed numbers, one after the other. */
export class Bytes {
  /** @param {Packed} content */
  constructor(content) {
    this.bytes = content instanceof Uint8Array ? content : new Uint8Array(content);
    this.place = 0;
  }

  get atEnd() {
    return this.place >= this.bytes.length;
  }

  /** One number: seven bits a byte, lowest first, the high bit on all but the last byte. */
  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (this.atEnd) throw new Gone("a file ends too early");
      const byte = this.bytes[this.place++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** @param {number} count */
  numbers(count) {
    return Uint32Array.from({ length: count }, () => this.number());
  }

  /**
   * Numbers that rise, from the gaps between them.
   * @param {number} count
   */
  rising(count) {
    let last = -1;
    return Uint32Array.from({ length: count }, () => (last += this.number() + 1));
  }

  rest() {
    const numbers = [];
    while (!this.atEnd) numbers.push(this.number());
    return numbers;
  }

  /** @param {number} [length] - of the next part in bytes; without it, all the rest */
  part(length = this.bytes.length - this.place) {
    this.place += length;
    return this.bytes.subarray(this.place - length, this.place);
  }
}

/**
 * @param {Packed} content
 * @returns {Promise<ArrayBuffer>}
 */
export function unpacked(content) {
  const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}

/**
 * Parts that were compressed one by one, after the sizes of all but the last.
 * @param {Packed} content
 * @param {number} count
 */
export function unpackedParts(content, count) {
  const bytes = new Bytes(content);
  const sizes = bytes.numbers(count - 1);
  const parts = Array.from(sizes, (size) => bytes.part(size));
  return Promise.all([...parts, bytes.part()].map(unpacked));
}

/**
 * Sizes of blocks from text with a character for each.
 * @param {string} text
 */
export const sizesOf = (text) =>
  Array.from(text, (one) => Number(one.codePointAt(0)) - FIRST_SIZE);

/** @param {AllowSharedBufferSource} content */
export const decoded = (content) => new TextDecoder().decode(content);

/** @param {ArrayBuffer} content */
export const json = (content) => JSON.parse(decoded(content));

/**
 * Texts from lines that have the number of characters shared with the text before, and the rest.
 * @param {string} coded
 */
export function frontDecoded(coded) {
  let last = "";
  return coded.split("\n").map((line) => {
    last = last.slice(0, parseInt(line[0], 36)) + line.slice(1);
    return last;
  });
}

/** The character for a size of 0. */
const FIRST_SIZE = "0".charCodeAt(0);

/** The parts in which a shard is compressed. */
export const SHARD_PARTS = 4;

/**
 * @param {ArrayBuffer[]} parts
 * @param {SearchedField[]} fields
 * @returns {Map<string, Term>}
 */
export function readShard([head, ...columns], fields) {
  const bytes = new Bytes(head);
  const names = readNames(bytes);
  const masks = bytes.numbers(names.length);
  const [documents, counts, lengths] = columns.map((column) => new Bytes(column));
  /** @type {Map<string, Term>} */
  const terms = new Map();
  names.forEach((name, n) => {
    const of = fields.map((field, place) => {
      if (!((masks[n] >> place) & 1)) return null;
      const size = bytes.number();
      return {
        documents: documents.rising(size),
        counts: counts.numbers(size).map((less) => less + 1),
        lengths: field.lengths < 0 ? lengths.numbers(size).map((less) => less + 1) : null,
      };
    });
    const count = of.reduce((sum, postings) => sum + (postings?.documents.length ?? 0), 0);
    terms.set(name, { name, count, of });
  });
  return terms;
}

/**
 * Terms, each written as what it shares with the one before and the rest.
 * @param {Bytes} bytes
 */
function readNames(bytes) {
  const shared = bytes.numbers(bytes.number());
  const rests = decoded(bytes.part(bytes.number())).split("\n");
  let name = "";
  return Array.from(shared, (units, n) => (name = name.slice(0, units) + rests[n]));
}

/**
 * The last of sorted `firsts` that doesn't sort after `key`.
 * @param {string[]} firsts
 * @param {string} key
 */
export function placeOf(firsts, key) {
  let low = 0;
  let high = firsts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= key) low = middle;
    else high = middle;
  }
  return low;
}
