"use strict";
let ready = null;
async function read() {
  const index = await fetch("search_index.json").then((response) => response.json());
  const worker = new Worker("worker.js");
  await send(worker, { type: 0, data: index });
  return worker;
}
function send(worker, message) {
  return new Promise((resolve) => {
    worker.onmessage = (event) => resolve(event.data);
    worker.postMessage(message);
  });
}
/* The worker makes every word a prefix. */
async function search_for(text) {
  ready = ready || read();
  const answer = await send(await ready, { type: 2, data: text });
  return answer.data.items.slice(0, 10).map((group) => group[0].location);
}
