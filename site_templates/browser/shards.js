/** Finds the file with the details of a saved paper. */

/**
 * The number of a slug's shard: its CRC-32, the same as Python's `zlib.crc32`, modulo `count`.
 * @param {string} slug
 * @param {number} count
 */
export function shardOf(slug, count) {
  let crc = -1;
  for (const byte of new TextEncoder().encode(slug)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ((crc ^ -1) >>> 0) % count;
}
