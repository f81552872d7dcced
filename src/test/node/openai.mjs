/**
 * OpenAI's own Realtime client transcribes a file of 16-bit PCM at 24 kHz and prints what it was told as JSON.
 * node openai.mjs BASE KEY FILE CERTIFICATE PRIVATE_KEY: the client connects by TLS only, so a tunnel ends it here.
 */
import { readFileSync } from "node:fs";
import net from "node:net";
import tls from "node:tls";
import OpenAI from "openai";
import { OpenAIRealtimeWS } from "openai/realtime/ws";

const [base, key, file, certificate, privateKey] = process.argv.slice(2);
const steno = new URL(base);
const tunnel = tls.createServer({ cert: readFileSync(certificate), key: readFileSync(privateKey) }, (outside) => {
  const inside = net.connect(Number(steno.port), steno.hostname);
  outside.pipe(inside).pipe(outside);
  outside.on("error", () => inside.destroy());
  inside.on("error", () => outside.destroy());
});
await new Promise((listening) => tunnel.listen(0, "127.0.0.1", listening));

const client = new OpenAI({ apiKey: key, baseURL: `https://localhost:${tunnel.address().port}${steno.pathname}v1` });
const realtime = new OpenAIRealtimeWS(
  { model: "gpt-4o-transcribe", options: { ca: readFileSync(certificate) } },
  client,
);
const told = { types: [], deltas: {}, transcripts: [] };
realtime.on("event", (event) => told.types.push(event.type));
realtime.on("error", (error) => fail(error));
realtime.on("session.created", () =>
  realtime.send({
    type: "session.update",
    session: {
      type: "transcription",
      audio: {
        input: {
          format: { type: "audio/pcm", rate: 24000 },
          transcription: { model: "gpt-4o-transcribe", language: "en" },
          turn_detection: null,
        },
      },
    },
  }),
);
realtime.on("session.updated", () => {
  const audio = readFileSync(file);
  for (let from = 0; from < audio.length; from += 4800) {
    const chunk = audio.subarray(from, from + 4800).toString("base64");
    realtime.send({ type: "input_audio_buffer.append", audio: chunk });
  }
  realtime.send({ type: "input_audio_buffer.commit" });
});
realtime.on("conversation.item.input_audio_transcription.delta", (event) => {
  told.deltas[event.item_id] = (told.deltas[event.item_id] ?? "") + event.delta;
});
realtime.on("conversation.item.input_audio_transcription.completed", (event) => {
  told.transcripts.push(event.transcript);
  told.sameAsDeltas = told.deltas[event.item_id] === event.transcript;
  realtime.close();
  console.log(JSON.stringify(told));
  setTimeout(() => process.exit(0), 200);
});
setTimeout(() => fail(new Error(`nothing completed; ${told.types}`)), 120000).unref();

function fail(error) {
  console.error(error.message);
  process.exit(1);
}
