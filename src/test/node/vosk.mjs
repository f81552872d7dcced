/**
 * Transcribes a file of 16-bit PCM at 16 kHz as vosk-server's own samples do: a message is sent when the last one is answered.
 * node vosk.mjs URL FILE HOW_MANY: so many clients at a time; prints the words of each as JSON.
 */
import { readFileSync } from "node:fs";
import WebSocket from "ws";

const [url, file, howMany] = process.argv.slice(2);
const audio = readFileSync(file);

const clients = Array.from({ length: Number(howMany) }, () => transcribe());
console.log(JSON.stringify(await Promise.all(clients)));
process.exit(0);

async function transcribe() {
  const socket = new WebSocket(url);
  const answers = [];
  let waiting;
  let giveUp;
  socket.on("message", (text) => {
    if (waiting === undefined) {
      throw new Error(`an answer without a question: ${text}`);
    }
    answers.push(JSON.parse(text));
    const answered = waiting;
    waiting = undefined;
    answered();
  });
  await new Promise((open, failed) => socket.on("open", open).on("error", failed));
  const closed = new Promise((done) => socket.on("close", done));
  socket.on("close", (code, reason) => giveUp(new Error(`closed with ${code} ${reason}`)));
  const ask = (message) =>
    new Promise((answered, failed) => {
      waiting = answered;
      giveUp = failed; // without effect once it is answered
      socket.send(message);
    });
  socket.send(JSON.stringify({ config: { sample_rate: 16000, words: true } }));
  for (let from = 0; from < audio.length; from += 8000) {
    await ask(audio.subarray(from, from + 8000));
  }
  await ask('{"eof" : 1}');
  const code = await closed;
  const results = answers.filter((answer) => answer.text);
  return {
    code,
    text: results.map((result) => result.text).join(" "),
    words: results.flatMap((result) => result.result.map((word) => word.word)).join(" "),
    rising: results.flatMap((result) => result.result).every((word) => word.start <= word.end),
  };
}
