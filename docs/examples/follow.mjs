// Follow a run as it happens: node follow.mjs RUN-ID. Needs nothing but Node.js 18; the server in BRIGADE_SERVER, the key in BRIGADE_TOKEN.
const { BRIGADE_SERVER: server, BRIGADE_TOKEN: key } = process.env;

/** Each event of the run as { name, data }, until it has ended; goes on where it was cut. */
async function* events(run) {
  for (let last = ""; last !== "end"; ) {
    const headers = { Authorization: `Bearer ${key}`, "Last-Event-ID": last };
    const answer = await fetch(`${server}/api/v1/runs/${run}/events`, { headers });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    if (answer.status === 204) return;
    let text = "";
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + part).split("\n\n");
      text = blocks.pop();
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
        last = fields.id ?? last;
        yield { name: fields.event, data: JSON.parse(fields.data) };
      }
    }
  }
}

for await (const { name, data } of events(process.argv[2])) {
  if (name === "frame") console.log(`trial ${data.trial}, frame ${data.number}: ${data.tasks} tasks`);
  else if (name === "run") console.log(`${data.status}: ${data.trialsEnded} of ${data.trials} trials`);
}
