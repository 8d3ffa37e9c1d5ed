/** Reads each file of the index once, when something needs it. */
import { FORMAT } from "./contract.js";
import { analyzerOf } from "./analysis.js";
import {
  Bytes, Gone, SHARD_PARTS, decoded, frontDecoded, json, placeOf, readShard, sizesOf,
  unpacked, unpackedParts,
} from "./packing.js";

/** @typedef {import("./analysis.js").Analyzer} Analyzer */
/** @typedef {import("./packing.js").Packed} Packed */
/** @typedef {import("./packing.js").Term} Term */
/** @typedef {import("./contract.js").SearchTable} Table */
/** @typedef {"terms" | "forward" | "backward"} Ranges */

/**
 * Where the index is: `read` promises the bytes of a file, past all caches if it must be `fresh`,
 * or throws a Gone; `part` promises those from `start` to `end` only; `load` promises a module.
 * @typedef {object} Place
 * @property {(path: string, fresh: boolean) => Promise<ArrayBuffer>} read
 * @property {(path: string, start: number, end: number) => Promise<ArrayBuffer>} part
 * @property {(path: string) => Promise<any>} load
 */

/** @typedef {{table: Table, starts: Record<Ranges, string[]>, analyzer: Analyzer}} Opened */

/** If more shards than this may have a beginning, it's too short to be worth reading them. */
const MOST_SHARDS_OF_PREFIX = 4;
const LENGTHS_PARTS = 2;

export class SearchIndex {
  /** @type {Opened | null} */
  #opened = null;

  /** @type {Map<string, Promise<any>>} */
  #known = new Map();

  /** @param {Place} place */
  constructor(place) {
    this.place = place;
  }

  get #open() {
    if (!this.#opened) throw new Error("the index isn't open");
    return this.#opened;
  }

  get table() {
    return this.#open.table;
  }

  get analyzer() {
    return this.#open.analyzer;
  }

  /**
   * Runs `task` with an open index. If a file is gone, reads the table again and runs it again.
   * @template Result
   * @param {() => Promise<Result>} task
   */
  async withTable(task) {
    await this.open();
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      this.#known.clear();
      await this.open(true);
      return task();
    }
  }

  /** @param {boolean} [fresh] - past all caches */
  open(fresh = false) {
    return this.#once("table", async () => {
      this.#opened = await this.#read(await this.place.read("table.json", fresh));
    });
  }

  /**
   * @param {ArrayBuffer} content
   * @returns {Promise<Opened>}
   */
  async #read(content) {
    const table = tableOf(content);
    const { stemmer } = table.analysis;
    const module = stemmer.endsWith(".js") ? await this.place.load(stemmer) : null;
    return {
      table,
      starts: {
        terms: frontDecoded(table.terms),
        forward: frontDecoded(table.forward),
        backward: frontDecoded(table.backward),
      },
      analyzer: analyzerOf(table.analysis, module?.stem),
    };
  }

  /**
   * @template Result
   * @param {string} key
   * @param {() => Promise<Result>} make
   * @returns {Promise<Result>}
   */
  #once(key, make) {
    const known = this.#known.get(key);
    if (known) return known;
    const made = make();
    this.#known.set(key, made);
    made.catch(() => this.#known.delete(key));
    return made;
  }

  /**
   * A file or block, unpacked and decoded.
   * @template Whole, Result
   * @param {string} kind
   * @param {number} number
   * @param {(content: Packed) => Promise<Whole>} unpack
   * @param {(whole: Whole) => Result} decode
   */
  #load(kind, number, unpack, decode) {
    return this.#once(`${kind}/${number}`, async () => {
      const inFile = this.table.series[kind][0];
      const content = inFile ? await this.#block(kind, number, inFile)
        : await this.place.read(this.#path(kind, number), false);
      return decode(await unpack(content).catch((error) => {
        throw new Gone(`${kind}/${number}: ${error.message}`);
      }));
    });
  }

  /**
   * @param {string} kind
   * @param {number} file
   */
  #path(kind, file) {
    const [, group, hashes] = this.table.series[kind];
    return `${kind}/${file}.${hashes[Math.floor(file / group)]}.bin`;
  }

  /**
   * @param {string} kind
   * @param {number} number
   * @param {number} inFile
   */
  async #block(kind, number, inFile) {
    const { unit } = this.table;
    const sizes = await this.#sizes(kind);
    const file = Math.floor(number / inFile);
    let start = 0;
    for (let other = file * inFile; other < number; other++) start += sizes[other] * unit;
    const end = start + sizes[number] * unit;
    const bytes = new Bytes(await this.place.part(this.#path(kind, file), start, end));
    return bytes.part(bytes.number());
  }

  /**
   * The sizes of the blocks of a kind.
   * @param {string} kind
   * @returns {Promise<ArrayLike<number>>}
   */
  async #sizes(kind) {
    const sizes = this.table.sizes[kind];
    return typeof sizes === "string"
      ? this.#once(`sizes of ${kind}`, async () => sizesOf(sizes))
      : this.#load("sizes", sizes, unpacked, (content) => new Bytes(content).rest());
  }

  /** Reads what shows results together with their terms, not after. */
  readAhead() {
    this.#sizes("results").catch(() => {}); // showing results reads it again
  }

  /**
   * The terms of the index among `names`.
   * @param {string[]} names
   */
  async terms(names) {
    const shards = await Promise.all(names.map((name) => this.#shardOf(name)));
    /** @type {Map<string, Term>} */
    const found = new Map();
    names.forEach((name, n) => {
      const term = shards[n].get(name);
      if (term) found.set(name, term);
    });
    return found;
  }

  /** @param {string} name */
  #shardOf(name) {
    return this.#shard(placeOf(this.#open.starts.terms, name));
  }

  /** @param {number} number */
  #shard(number) {
    const unpack = (/** @type {Packed} */ content) => unpackedParts(content, SHARD_PARTS);
    return this.#load("terms", number, unpack,
      (parts) => readShard(parts, [...this.table.fields]));
  }

  /**
   * The numbers of the shards or blocks that may hold what begins with `prefix`.
   * @param {Ranges} kind
   * @param {string} prefix
   */
  #range(kind, prefix) {
    const starts = this.#open.starts[kind];
    const first = placeOf(starts, prefix);
    const count = placeOf(starts, `${prefix}\uffff`) - first + 1;
    return Array.from({ length: count }, (_, n) => first + n);
  }

  /** @param {string} prefix */
  isNarrow(prefix) {
    return this.#range("terms", prefix).length <= MOST_SHARDS_OF_PREFIX;
  }

  /** @param {string} prefix */
  async startingWith(prefix) {
    const range = this.#range("terms", prefix);
    const shards = await Promise.all(range.map((number) => this.#shard(number)));
    const terms = shards.flatMap((shard) => [...shard.values()]);
    return terms.filter(({ name }) => name.startsWith(prefix));
  }

  /**
   * All terms of the blocks of spellings that may begin with `start`, in that direction.
   * @param {"forward" | "backward"} kind
   * @param {string} start
   */
  async spelled(kind, start) {
    const blocks = this.#range(kind, start).map((number) =>
      this.#load(kind, number, unpacked, (content) => frontDecoded(decoded(content))));
    return (await Promise.all(blocks)).flat();
  }

  /**
   * The length of a long field in each document; null for other fields, whose postings have it.
   * @param {number} field
   */
  async lengths(field) {
    const number = this.table.fields[field].lengths;
    if (number < 0) return null;
    const unpack = (/** @type {Packed} */ content) => unpackedParts(content, LENGTHS_PARTS);
    return this.#load("lengths", number, unpack, ([low, high]) => {
      const above = new Bytes(high);
      return Uint32Array.from(new Uint8Array(low), (byte) => byte + 256 * above.number());
    });
  }

  /**
   * Rows of a kind of blocks, in the order asked for.
   * @param {"results" | "texts"} kind
   * @param {number[]} numbers
   * @returns {Promise<any[][]>}
   */
  async rows(kind, numbers) {
    const size = this.table.together;
    const blocks = numbers.map((n) => this.#load(kind, Math.floor(n / size), unpacked, json));
    return (await Promise.all(blocks)).map((block, n) => block[numbers[n] % size]);
  }

  /**
   * The documents of each value of a facet of the table.
   * @param {string} name
   */
  facet(name) {
    return this.#load("facets", this.table.facets.indexOf(name), unpacked, (content) => {
      const bytes = new Bytes(content);
      const lists = [];
      while (!bytes.atEnd) lists.push(bytes.rising(bytes.number()));
      return lists;
    });
  }

  /** @returns {Promise<string[]>} */
  weeks() {
    return this.#load("weeks", 0, unpacked, json);
  }
}

/**
 * @param {ArrayBuffer} content
 * @returns {Table}
 */
function tableOf(content) {
  let table;
  try {
    table = json(content);
  } catch (error) {
    throw new Gone(`table.json: ${error}`);
  }
  if (table.format !== FORMAT) throw new Gone("the index has another format");
  return table;
}
