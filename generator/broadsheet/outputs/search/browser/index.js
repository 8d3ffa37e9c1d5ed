/* Reads the files of the index (see generator/broadsheet/search/), each once. */
(function (search) {
  "use strict";

  const FORMAT = 3; // as in files.py
  const MOST_SHARDS_OF_PREFIX = 4;

  /* A file that is not there, or is something else: the site was published anew. */
  class Gone extends Error {}

  class Bytes {
    constructor(buffer) {
      this.bytes = new Uint8Array(buffer);
      this.place = 0;
    }

    number() {
      const { bytes } = this;
      let value = 0;
      let scale = 1;
      for (;;) {
        const byte = bytes[this.place++];
        if (byte === undefined) throw new Gone("a file ends too early");
        value += (byte & 127) * scale;
        if (byte < 128) return value;
        scale *= 128;
      }
    }

    numbers(count) {
      const values = new Uint32Array(count);
      for (let n = 0; n < count; n++) values[n] = this.number();
      return values;
    }

    rising(count) {
      const values = new Uint32Array(count);
      let last = -1;
      for (let n = 0; n < count; n++) values[n] = last += this.number() + 1;
      return values;
    }

    text(length) {
      const start = this.place;
      this.place += length;
      return new TextDecoder().decode(this.bytes.subarray(start, this.place));
    }
  }

  /* Terms of a shard: name -> {name, count, of}, where `of[field]` has documents and counts, and
     lengths unless the field is long; `count` is the number of documents, summed over the fields. */
  function readShard([head, gaps, frequencies, lengths], fields) {
    const bytes = new Bytes(head);
    const count = bytes.number();
    const shared = bytes.numbers(count);
    const rests = bytes.text(bytes.number()).split("\n");
    const masks = bytes.numbers(count);
    const terms = new Map();
    const postings = [];
    let name = "";
    for (let n = 0; n < count; n++) {
      name = name.slice(0, shared[n]) + rests[n];
      const of = new Array(fields.length).fill(null);
      fields.forEach(([, , , file], field) => {
        if (!((masks[n] >> field) & 1)) return;
        of[field] = { documents: null, counts: null, lengths: null, isLong: file >= 0 };
        postings.push(of[field]);
      });
      terms.set(name, { name, count: 0, of });
    }
    const sizes = bytes.numbers(postings.length);
    const documents = new Bytes(gaps);
    const counts = new Bytes(frequencies);
    const short = new Bytes(lengths);
    postings.forEach((posting, n) => {
      posting.documents = documents.rising(sizes[n]);
      posting.counts = counts.numbers(sizes[n]).map((count) => count + 1);
      if (!posting.isLong) posting.lengths = short.numbers(sizes[n]).map((length) => length + 1);
    });
    for (const term of terms.values()) {
      for (const posting of term.of) term.count += posting ? posting.documents.length : 0;
    }
    return terms;
  }

  /* The last of sorted `firsts` that does not sort after `key`. */
  function placeOf(firsts, key) {
    let low = 0;
    let high = firsts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= key) low = middle;
      else high = middle;
    }
    return low;
  }

  const unpacked = (content) =>
    new Response(
      new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate-raw"))
    ).arrayBuffer();

  /* Parts that were compressed one by one, after the sizes of all but the last. */
  function unpackedParts(content, count) {
    const bytes = new Bytes(content);
    const sizes = bytes.numbers(count - 1);
    const parts = Array.from(sizes, (size) => bytes.bytes.subarray(bytes.place, bytes.place += size));
    parts.push(bytes.bytes.subarray(bytes.place));
    return Promise.all(parts.map(unpacked));
  }

  /* `read(path, fresh)` promises the bytes of a file of the index, or throws a Gone. */
  function openIndex(read) {
    let table = null;
    let read_once = new Map();

    function once(key, make) {
      if (!read_once.has(key)) {
        const made = make();
        read_once.set(key, made);
        made.catch(() => read_once.delete(key));
      }
      return read_once.get(key);
    }

    async function open(fresh) {
      const content = await read("table.json", Boolean(fresh));
      try {
        table = JSON.parse(new TextDecoder().decode(content));
        for (const kind of ["terms", "forward", "backward"]) table[kind] = frontDecoded(table[kind]);
      } catch (error) {
        throw new Gone("table.json: " + error.message);
      }
      if (table.format !== FORMAT) throw new Gone("the index has another format");
      return table;
    }

    function file(kind, number) {
      const [group, hashes] = table.series[kind];
      return `${kind}/${number}.${hashes[Math.floor(number / group)]}.bin`;
    }

    function load(kind, number, decode, unpack = unpacked) {
      const path = file(kind, number);
      return once(path, async () => {
        const content = await read(path, false);
        let whole;
        try {
          whole = await unpack(content);
        } catch (error) {
          throw new Gone(`${path}: ${error.message}`);
        }
        return decode(whole);
      });
    }

    const json = (buffer) => JSON.parse(new TextDecoder().decode(buffer));
    const shard = (number) =>
      load("terms", number, (parts) => readShard(parts, table.fields),
        (content) => unpackedParts(content, 4));

    /* Terms by name; a name that no paper has is left out. */
    async function terms(names) {
      const places = new Map(names.map((name) => [name, placeOf(table.terms, name)]));
      const shards = await Promise.all(Array.from(places.values(), shard));
      const found = new Map();
      Array.from(places.keys()).forEach((name, n) => {
        if (shards[n].has(name)) found.set(name, shards[n].get(name));
      });
      return found;
    }

    function prefixRange(prefix) {
      return [placeOf(table.terms, prefix), placeOf(table.terms, prefix + "\uffff")];
    }

    const isNarrow = (prefix) => {
      const [from, to] = prefixRange(prefix);
      return to - from < MOST_SHARDS_OF_PREFIX;
    };

    async function startingWith(prefix) {
      const [from, to] = prefixRange(prefix);
      const numbers = Array.from({ length: to - from + 1 }, (_, n) => from + n);
      const shards = await Promise.all(numbers.map(shard));
      return shards.flatMap((all) =>
        Array.from(all.values()).filter((term) => term.name.startsWith(prefix))
      );
    }

    /* How long a long field is in each document; null for the others, whose postings say it. */
    async function lengths(field) {
      const file = table.fields[field][3];
      return file < 0 ? null : load("lengths", file, ([low, high]) => {
        const above = new Bytes(high);
        return new Uint32Array(new Uint8Array(low)).map((byte) => byte + 256 * above.number());
      }, (content) => unpackedParts(content, 2));
    }

    /* Values at places of a kind of blocks, in the order asked for. */
    async function values(kind, numbers) {
      const size = table[kind];
      const blocks = numbers.map((n) => load(kind, Math.floor(n / size), json));
      return (await Promise.all(blocks)).map((block, n) => block[numbers[n] % size]);
    }

    /* For a facet ("topics", "sources", "weeks", "code"): the documents of each of its values. */
    function facet(name) {
      const place = ["topics", "sources", "weeks", "code"].indexOf(name);
      return load("facets", place, (buffer) => {
        const bytes = new Bytes(buffer);
        const lists = [];
        while (bytes.place < bytes.bytes.length) lists.push(bytes.rising(bytes.number()));
        return lists;
      });
    }

    const weeks = () => load("weeks", 0, json);

    /* All terms that a block of the spelling files may have for `start`, in that direction. */
    async function spelled(kind, start) {
      const from = placeOf(table[kind], start);
      const to = placeOf(table[kind], start + "\uffff");
      const blocks = Array.from({ length: to - from + 1 }, (_, n) =>
        load(kind, from + n, (buffer) => frontDecoded(new TextDecoder().decode(buffer)))
      );
      return (await Promise.all(blocks)).flat();
    }

    /* Does `task`; when a file is gone, reads the table anew and does it once more. */
    async function withTable(task) {
      if (!table) await once("table", () => open(false));
      try {
        return await task();
      } catch (error) {
        if (!(error instanceof Gone)) throw error;
        read_once = new Map();
        await open(true);
        return task();
      }
    }

    return {
      get table() {
        return table;
      },
      open: () => once("table", () => open(false)),
      terms, startingWith, isNarrow, lengths, values, facet, weeks, spelled, withTable
    };
  }

  function frontDecoded(text) {
    let last = "";
    return text.split("\n").map((line) => {
      last = last.slice(0, parseInt(line[0], 36)) + line.slice(1);
      return last;
    });
  }

  Object.assign(search, { openIndex, Gone });
})((globalThis.broadsheetSearch = globalThis.broadsheetSearch || {}));
