// @ts-check
import { TranscriptionSocket, parseServerMessage } from "../../main/webapp/js/transcription-socket.js";
import { equal } from "./assert.js";
import { pass } from "./clock.js";

const START = '{"type":"control","action":"start"}';
const PAUSE = '{"type":"control","action":"pause"}';
const STOP = '{"type":"control","action":"stop"}';
const FRAME = new ArrayBuffer(3200);

export function audio_waits_until_the_server_has_introduced_itself() {
  const { socket, wire } = connection();
  socket.send(FRAME);
  equal(wire.sent, []);
  wire.introduce();
  equal(wire.sent, [START, FRAME]);
  socket.send(FRAME);
  equal(wire.sent.length, 3);
}

export function options_travel_with_start() {
  const { wire } = connection({ language_code: "de-DE" });
  wire.introduce();
  equal(wire.sent, ['{"type":"control","action":"start","language_code":"de-DE"}']);
}

export function nothing_is_sent_after_stop_and_stop_is_sent_once() {
  const { socket, wire } = connection();
  wire.introduce();
  socket.pause();
  socket.stop();
  socket.stop();
  socket.send(FRAME);
  equal(wire.sent, [START, PAUSE, STOP]);
}

export function a_recording_that_was_stopped_before_it_was_connected_is_sent_whole() {
  const { socket, wire } = connection();
  socket.send(FRAME);
  socket.stop();
  wire.introduce();
  equal(wire.sent, [START, FRAME, STOP]);
}

export function gives_up_when_the_server_does_not_introduce_itself() {
  const { wire, closes } = connection();
  pass(9_999);
  equal(closes, []);
  pass(1);
  equal([closes, wire.closed], [[1006], true]);
}

export function gives_up_when_nothing_follows_stop() {
  const { socket, wire, closes } = connection();
  wire.introduce();
  pass(1_000_000);
  socket.stop();
  pass(89_999);
  equal(closes, [], "still waits");
  pass(1);
  equal(closes, [1006]);
}

export function gives_up_when_the_network_is_hopelessly_behind() {
  const { socket, wire, closes } = connection();
  wire.introduce();
  wire.bufferedAmount = 960_001;
  socket.send(FRAME);
  equal([closes, wire.sent], [[1006], [START]]);
}

export function tells_the_end_once() {
  const { wire, closes } = connection();
  wire.onclose({ code: 1013 });
  wire.onclose({ code: 1006 });
  pass(1_000_000);
  equal(closes, [1013]);
}

export function passes_on_what_it_knows_and_ignores_the_rest() {
  const { wire, messages } = connection();
  wire.introduce();
  for (const data of [
    '{"type":"weather"}',
    '{"type":"constructor"}',
    '{"type":"transcript","text":"no finality"}',
    "null",
    "7",
    "no json",
    '{"type":"progress","received_bytes":32000,"more":1}',
  ]) {
    wire.onmessage({ data });
  }
  equal(messages, ["session", "progress"]);
}

export function keeps_fields_it_does_not_know() {
  equal(parseServerMessage('{"type":"saved","s3_key":"a.txt","new":1}'), { type: "saved", s3_key: "a.txt", new: 1 });
}

class Wire {
  /** @type {unknown[]} */
  sent = [];
  closed = false;
  bufferedAmount = 0;
  onmessage = (/** @type {{ data: string }} */ _event) => {};
  onclose = (/** @type {{ code: number }} */ _event) => {};

  /** @param {unknown} data */
  send(data) {
    this.sent.push(data);
  }

  close() {
    this.closed = true;
  }

  introduce() {
    this.onmessage({ data: '{"type":"session","session_id":"1"}' });
  }
}

/** @param {Record<string, unknown>} [options] */
function connection(options) {
  const wire = new Wire();
  /** @type {string[]} */
  const messages = [];
  /** @type {number[]} */
  const closes = [];
  const listener = {
    onMessage: (/** @type {{ type: string }} */ { type }) => messages.push(type),
    onClose: (/** @type {number} */ code) => closes.push(code),
  };
  const connect = () => /** @type {WebSocket} */ (/** @type {unknown} */ (wire));
  return { socket: new TranscriptionSocket("ws://host/ws", listener, options, connect), wire, messages, closes };
}
