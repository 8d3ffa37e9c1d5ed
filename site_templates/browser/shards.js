/** Which file holds what is known of a saved paper. */

/**
 * The number of the shard with a slug: its CRC-32, as Python's zlib has it, modulo `count`.
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
