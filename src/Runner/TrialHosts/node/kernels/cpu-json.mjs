/** `cpu.json`: builds a document, writes it as JSON, reads it back and adds up what it read. */

import { numberOf } from './index.mjs';

const TAGS = ['red', 'green', 'blue'];

export function makeTask(params) {
  const items = numberOf(params, 'items');
  return (index) => {
    let total = 0;
    for (const { id, name, active, score, tags, place } of JSON.parse(JSON.stringify(build(items, index)))) {
      total += id + 3 * name.length + (active ? 7 : 0) + 11 * (score * 4) + 13 * tags.length + 17 * place.x + 19 * place.y;
    }
    return total;
  };
}

function build(items, index) {
  const document = [];
  for (let id = 0; id < items; id++) {
    document.push({
      id,
      name: `Zoë "${id}"`,
      active: id % 3 === 0,
      // Quarters are exact in binary: every runtime reads back the number that it wrote.
      score: ((id * 7919 + index) % 10_007) / 4,
      tags: TAGS.slice(0, id % 4),
      place: { x: id % 360, y: -id },
    });
  }
  return document;
}
