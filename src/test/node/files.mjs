/**
 * OpenAI's own client transcribes a WAV file in each way that it knows and prints what it was told as JSON.
 * node files.mjs BASE KEY FILE
 */
import { createReadStream } from "node:fs";
import OpenAI, { BadRequestError } from "openai";

const [base, apiKey, file] = process.argv.slice(2);
const client = new OpenAI({ apiKey, baseURL: `${base}v1`, maxRetries: 0 });
const model = "whisper-1";
const create = (more) => client.audio.transcriptions.create({ file: createReadStream(file), model, ...more });

const told = { text: (await create({ language: "en" })).text };
told.verbose = await create({ response_format: "verbose_json", timestamp_granularities: ["word", "segment"] });
told.srt = await create({ response_format: "srt" });
told.deltas = "";
for await (const event of await create({ stream: true })) {
  if (event.type === "transcript.text.delta") {
    told.deltas += event.delta;
  } else if (event.type === "transcript.text.done") {
    told.done = event.text;
  }
}
try {
  await create({ language: "tlh" });
} catch (error) {
  told.error = { kind: error instanceof BadRequestError, param: error.param, code: error.code };
}
console.log(JSON.stringify(told));
