// @ts-check
import { TranscriptionSocket } from "../../main/webapp/js/transcription-socket.js";
import { equal } from "./assert.js";
import { clear, pass } from "./clock.js";

/** @typedef {import("../../main/webapp/js/transcription-socket.js").SocketSettings} SocketSettings */

const START = '{"type":"control","action":"start"}';
const PAUSE = '{"type":"control","action":"pause"}';
const STOP = '{"type":"control","action":"stop"}';

export function audio_waits_until_the_server_has_introduced_itself() {
  const { socket, wires } = connection();
  socket.send(frame(1));
  equal(wires[0].log, []);
  wires[0].introduce();
  equal(wires[0].log, [START, 1]);
  socket.send(frame(2));
  equal(wires[0].log, [START, 1, 2]);
}

export function options_travel_with_start() {
  const { wires } = connection({ options: { language_code: "de-DE" } });
  wires[0].introduce();
  equal(wires[0].log, ['{"type":"control","action":"start","language_code":"de-DE"}']);
}

export function nothing_is_sent_after_stop_and_stop_is_sent_once() {
  const { socket, wires } = introduced();
  socket.pause();
  socket.stop();
  socket.stop();
  socket.send(frame(1));
  equal(wires[0].log, [START, PAUSE, STOP]);
}

export function a_recording_that_was_stopped_before_it_was_connected_is_sent_whole() {
  const { socket, wires } = connection();
  socket.send(frame(1));
  socket.stop();
  wires[0].introduce();
  equal(wires[0].log, [START, 1, STOP]);
}

export function gives_up_when_the_server_does_not_introduce_itself() {
  const { wires, events } = connection();
  pass(9_999);
  equal(events, []);
  pass(1);
  equal([events, wires[0].closed], [["close 1006"], 4000]);
}

export function tells_the_end_once() {
  const { wires, events } = introduced();
  wires[0].onclose({ code: 1013 });
  wires[0].onclose({ code: 1006 });
  pass(1_000_000);
  equal(events, ["session", "close 1013"]);
}

export function a_server_that_cannot_resume_is_not_asked_to() {
  const { wires, events } = connection();
  wires[0].introduce({ resume_token: undefined });
  wires[0].onclose({ code: 1006 });
  pass(1_000_000);
  equal([events, wires.length], [["session", "close 1006"], 1]);
}

export function a_lost_connection_is_resumed_from_the_byte_that_the_server_has_reached() {
  const { socket, wires, events } = introduced();
  [1, 2, 3].forEach((mark) => socket.send(frame(mark)));
  wires[0].tell({ type: "progress", received_bytes: 3200 });
  wires[0].onclose({ code: 1006 });
  socket.send(frame(4));
  pass(250);
  equal(wires[1].url, "ws://host/ws?resume=secret&segments=0&from=3200");
  wires[1].resume(6400);
  socket.send(frame(5));
  equal(wires[1].log, [3, 4, 5]);
  equal(events, ["session", "progress", "away 250", "trying", "back", "session"]);
}

export function it_asks_for_the_finals_that_it_does_not_hold_with_the_newest_token() {
  const { wires, events } = introduced();
  wires[0].final(0);
  wires[0].final(1);
  wires[0].onclose({ code: 1001 });
  pass(250);
  wires[1].resume(0, "newer/secret");
  wires[1].final(1);
  wires[1].tell({ type: "transcript", text: "old", is_final: false, segment: 1 });
  wires[1].final(2);
  wires[1].onclose({ code: 1006 });
  pass(250);
  equal(wires[2].url, "ws://host/ws?resume=newer%2Fsecret&segments=3&from=0");
  equal(events.filter((event) => event.startsWith("transcript")), ["transcript 0", "transcript 1", "transcript 2"]);
}

export function missing_progress_means_a_dead_connection() {
  const { socket, wires, events } = introduced();
  pass(60_000);
  for (let tenth = 0; tenth < 50; tenth++) {
    socket.send(frame(tenth));
    pass(100);
  }
  equal([wires[0].closed, events.at(-1)], [4000, "away 250"]);
}

export function progress_keeps_a_connection_alive() {
  const { socket, wires } = introduced();
  for (let second = 0; second < 60; second++) {
    socket.send(frame(second));
    pass(2_000);
    socket.send(frame(second));
    pass(2_900);
    wires[0].tell({ type: "progress", received_bytes: 6400 * (second + 1) });
  }
  equal(wires[0].closed, false);
}

export function tries_wait_longer_and_longer_at_random() {
  const { wires, events } = introduced();
  for (let tries = 0; tries < 6; tries++) {
    wires[tries].onclose({ code: 1006 });
    pass(5_000);
  }
  const waits = events.filter((event) => event.startsWith("away"));
  equal(waits, ["away 250", "away 500", "away 1000", "away 2000", "away 2500", "away 2500"]);
}

export function waits_begin_anew_after_a_connection_that_worked() {
  const { wires, events } = introduced();
  wires[0].onclose({ code: 1006 });
  pass(250);
  wires[1].onclose({ code: 1006 });
  pass(500);
  wires[2].resume(0);
  wires[2].onclose({ code: 1006 });
  equal(events.at(-1), "away 250");
}

export function the_person_may_ask_for_a_try_at_once() {
  const { socket, wires } = introduced();
  wires[0].onclose({ code: 1006 });
  socket.retryNow();
  socket.retryNow();
  pass(9_000);
  equal(wires.length, 2);
}

export function gives_up_after_two_minutes() {
  equal(triesUntilTheEnd({}), 48);
}

export function a_longer_window_is_tried_for_longer() {
  equal(triesUntilTheEnd({ resumeWindowMs: 120_000 }), 96);
}

/**
 * One try each 2.5 s, but for the first ones.
 * @param {SocketSettings} settings
 */
function triesUntilTheEnd(settings) {
  const { wires, events } = introduced(settings);
  for (let tries = 0; !events.includes("close 1006"); tries++) {
    wires[tries].onclose({ code: 1006 });
    pass(2_500);
  }
  return wires.length - 1;
}

export function a_refused_resume_hands_over_what_was_in_no_recording() {
  const { socket, wires, events } = introduced();
  [1, 2].forEach((mark) => socket.send(frame(mark)));
  wires[0].tell({ type: "progress", received_bytes: 3200 });
  wires[0].onclose({ code: 1006 });
  pass(250);
  wires[1].tell({ type: "error", code: "session_expired", message: "unknown", fatal: true });
  wires[1].onclose({ code: 1008 });
  equal(events.slice(-2), ["trying", "gone 2"]);
  pass(1_000_000);
  equal(wires.length, 2);
}

export function a_resume_refused_by_its_close_is_the_same() {
  const { wires, events } = introduced();
  wires[0].onclose({ code: 1006 });
  pass(250);
  wires[1].onclose({ code: 1008 });
  equal(events.at(-1), "gone ");
}

export function a_fresh_session_instead_of_a_resumed_one_is_the_same() {
  const { socket, wires, events } = introduced();
  socket.send(frame(1));
  wires[0].onclose({ code: 1006 });
  pass(250);
  wires[1].introduce();
  equal([events.at(-1), wires[1].closed, wires[1].log], ["gone 1", 4000, []]);
}

export function a_recording_that_ended_while_the_client_was_away_goes_on_in_another() {
  const { socket, wires, events } = introduced();
  wires[0].onclose({ code: 1006 });
  socket.send(frame(7));
  pass(250);
  wires[1].resume(0);
  wires[1].final(0);
  wires[1].tell({ type: "saved", s3_key: "a.txt" });
  wires[1].onclose({ code: 1000 });
  equal(events.slice(-3), ["transcript 0", "saved", "gone 7"]);
}

export function also_one_in_which_nothing_was_recognised() {
  const { wires, events } = introduced();
  wires[0].onclose({ code: 1006 });
  pass(250);
  wires[1].resume(0);
  wires[1].tell({ type: "error", code: "no_speech", fatal: true });
  wires[1].onclose({ code: 1000 });
  equal(events.slice(-2), ["session", "gone "]);
}

export function a_server_that_restarts_has_ended_the_recording() {
  const { wires, events } = introduced();
  wires[0].tell({ type: "saved", s3_key: "a.txt" });
  wires[0].onclose({ code: 1012 });
  equal(events.slice(-2), ["saved", "gone "]);
}

export function another_holder_is_not_fought() {
  const { wires, events } = introduced();
  wires[0].tell({ type: "error", code: "session_expired", message: "another client took over", fatal: true });
  wires[0].onclose({ code: 1008 });
  pass(1_000_000);
  equal([events, wires.length], [["session", "error session_expired", "close 1008"], 1]);
}

export function audio_older_than_40_seconds_is_missing_and_told() {
  const { socket, wires, events } = introduced();
  wires[0].onclose({ code: 1006 });
  say(socket, 50);
  equal([socket.unconfirmedSeconds, socket.lostSeconds], [40, 10]);
  pass(250);
  wires[1].resume(16_000); // a server that does not know `from`
  equal(wires[1].log.length, 40);
  equal(events.includes("gap 9.5"), true, events.join());
}

export function a_server_that_is_told_what_is_kept_tells_what_is_lost() {
  const { socket, wires, events } = introduced();
  wires[0].onclose({ code: 1006 });
  say(socket, 50);
  pass(250);
  equal(wires[1].url, "ws://host/ws?resume=secret&segments=0&from=320000");
  wires[1].resume(320_000);
  equal([wires[1].log.length, socket.lostSeconds], [40, 0]);
  equal(events.some((event) => event.startsWith("gap")), false);
}

export function what_has_arrived_is_kept_until_it_is_settled() {
  const { socket, wires, events } = introduced();
  [1, 2, 3].forEach((mark) => socket.send(frame(mark)));
  wires[0].tell({ type: "progress", received_bytes: 9600, settled_bytes: 3200 });
  equal(socket.unconfirmedSeconds, 0);
  wires[0].onclose({ code: 1006 });
  pass(250);
  equal(wires[1].url, "ws://host/ws?resume=secret&segments=0&from=3200");
  wires[1].resume(3200); // by another server, which has only what was stored
  equal(wires[1].log, [2, 3]);
  equal(events.slice(-2), ["restarted", "session"]);
}

export function a_server_that_kept_it_is_not_sent_it_again() {
  const { socket, wires, events } = introduced();
  [1, 2, 3].forEach((mark) => socket.send(frame(mark)));
  wires[0].tell({ type: "progress", received_bytes: 6400, settled_bytes: 3200 });
  wires[0].onclose({ code: 4008 });
  pass(250);
  wires[1].resume(9600);
  equal([wires[1].log, events.slice(-2)], [[], ["back", "session"]]);
}

export function a_server_that_hands_over_goes_on_in_the_same_recording() {
  const { socket, wires, events } = introduced();
  socket.send(frame(1));
  wires[0].final(0);
  wires[0].tell({ type: "progress", received_bytes: 3200, settled_bytes: 3200 });
  wires[0].onclose({ code: 1012 });
  socket.send(frame(2));
  pass(250);
  wires[1].onclose({ code: 1006 });
  pass(500);
  equal(wires[2].url, "ws://host/ws?resume=secret&segments=1&from=3200");
  wires[2].resume(3200);
  equal(wires[2].log, [2]);
  equal(events.slice(-2), ["restarted", "session"]);
}

export function a_recording_that_was_handed_over_and_is_not_found_has_stored_only_what_was_settled() {
  const { socket, wires, events } = introduced();
  [1, 2, 3].forEach((mark) => socket.send(frame(mark)));
  wires[0].tell({ type: "progress", received_bytes: 9600, settled_bytes: 3200 });
  wires[0].onclose({ code: 1012 });
  pass(250);
  wires[1].onclose({ code: 1008 });
  equal(events.at(-1), "gone 2,3");
}

export function what_is_lost_is_told_with_a_recording_that_is_gone() {
  const { socket, wires, events } = introduced();
  wires[0].onclose({ code: 1006 });
  say(socket, 42);
  pass(250);
  wires[1].onclose({ code: 1008 });
  equal(String(events.at(-1)).endsWith(" after 2 s lost"), true, events.at(-1));
}

export function waits_as_long_as_it_is_told_to_but_not_after_stop() {
  equal(triesUntilTheEnd({ patienceMs: 600_000 }), 240);
  const { socket, wires, events } = introduced({ patienceMs: 600_000 });
  socket.stop();
  for (let tries = 0; !events.includes("close 1006"); tries++) {
    wires[tries].onclose({ code: 1006 });
    pass(2_500);
  }
  equal(wires.length - 1, 48);
}

export function nothing_is_sent_after_an_error_that_ends_the_recording() {
  const { socket, wires } = introduced();
  wires[0].tell({ type: "error", code: "too_fast", fatal: true });
  socket.send(frame(1));
  equal(wires[0].log, [START]);
}

export function one_who_does_not_want_to_wait_is_let_go() {
  const { socket, wires, events } = introduced();
  socket.stop();
  wires[0].onclose({ code: 1006 });
  socket.abandon();
  socket.abandon();
  pass(1_000_000);
  equal([events.filter((event) => event.startsWith("close")), wires.length], [["close 1006"], 1]);
}

export function a_cut_between_stop_and_saved_costs_nothing() {
  const { socket, wires, events } = introduced();
  socket.send(frame(1));
  socket.stop();
  wires[0].onclose({ code: 1006 });
  pass(250);
  wires[1].resume(0);
  equal(wires[1].log, [START, 1, STOP]);
  wires[1].final(0);
  wires[1].tell({ type: "saved", s3_key: "a.txt" });
  wires[1].onclose({ code: 1006 });
  equal(events.slice(-3), ["transcript 0", "saved", "close 1006"]);
}

export function silence_after_stop_is_asked_about_and_then_given_up() {
  const { socket, wires, events } = introduced();
  socket.stop();
  wires[0].tell({ type: "status", state: "stopping" });
  pass(14_999);
  equal(wires[0].closed, false);
  pass(1);
  equal(wires[0].closed, 4000);
  pass(250);
  wires[1].resume(0);
  wires[1].tell({ type: "status", state: "stopping" });
  pass(89_999);
  equal(events.includes("close 1006"), false, "still tries");
  pass(400_000);
  equal(events.at(-1), "close 1006");
}

export function pause_is_said_again_after_a_cut() {
  const { socket, wires } = introduced();
  wires[0].tell({ type: "status", state: "streaming" });
  socket.pause();
  wires[0].onclose({ code: 1006 });
  pass(250);
  wires[1].resume(0);
  equal(wires[1].log, [PAUSE]);
}

export function start_is_said_again_only_where_the_server_may_not_have_heard_it() {
  const unheard = introduced({ options: { language_code: "de-DE" } });
  unheard.wires[0].onclose({ code: 1006 });
  pass(250);
  unheard.wires[1].resume(0);
  equal(unheard.wires[1].log, ['{"type":"control","action":"start","language_code":"de-DE"}']);
  const heard = introduced();
  heard.wires[0].tell({ type: "status", state: "streaming" });
  heard.wires[0].onclose({ code: 1006 });
  pass(250);
  heard.wires[1].resume(0);
  equal(heard.wires[1].log, []);
}

export function a_patient_client_waits_for_the_server() {
  const { socket, wires, events } = connection({ patient: true });
  socket.send(frame(1));
  pass(250);
  wires[0].onclose({ code: 1006 });
  pass(500);
  wires[1].introduce();
  equal([wires[1].url, wires[1].log], ["ws://host/ws", [START, 1]]);
  equal(events, ["away 250", "trying", "away 500", "trying", "back", "session"]);
}

export function an_error_that_ends_the_recording_is_not_resumed() {
  const { wires, events } = introduced();
  wires[0].tell({ type: "error", code: "busy", fatal: true });
  wires[0].onclose({ code: 1013 });
  pass(1_000_000);
  equal(events, ["session", "error busy", "close 1013"]);
}

export function the_answer_to_an_error_that_ends_the_recording_is_fetched_after_a_cut() {
  const { wires, events } = introduced();
  wires[0].tell({ type: "error", code: "recognizer_failed", fatal: true });
  wires[0].onclose({ code: 1006 });
  pass(250);
  wires[1].resume(0);
  wires[1].tell({ type: "saved", s3_key: "a.txt" });
  wires[1].onclose({ code: 1011 });
  equal(events.slice(-2), ["saved", "close 1011"]);
}

class Wire {
  /** @type {unknown[]} what was sent: text as it is, a frame by its mark */
  log = [];
  /** @type {unknown} the code, or true without one */
  closed = false;
  onmessage = (/** @type {{ data: string }} */ _event) => {};
  onclose = (/** @type {{ code: number }} */ _event) => {};

  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  /** @param {string | ArrayBuffer} data */
  send(data) {
    this.log.push(typeof data === "string" ? data : markOf(data));
  }

  /** @param {number} [code] */
  close(code) {
    this.closed ||= code ?? true;
  }

  /** @param {object} message */
  tell(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  introduce(more = {}) {
    this.tell({ type: "session", session_id: "1", resume_token: "secret", ...more });
  }

  /**
   * @param {number} received
   * @param {string} [token]
   */
  resume(received, token = "newer") {
    this.introduce({ resumed: true, received_bytes: received, resume_token: token });
  }

  /** @param {number} segment */
  final(segment) {
    this.tell({ type: "transcript", text: "word", is_final: true, segment });
  }
}

/** @param {SocketSettings} [settings] */
function connection(settings) {
  clear();
  /** @type {Wire[]} */
  const wires = [];
  /** @type {string[]} */
  const events = [];
  const listener = {
    onMessage: (/** @type {any} */ { type, code, segment }) => events.push([type, code, segment].filter((x) => x !== undefined).join(" ")),
    onClose: (/** @type {number} */ code) => events.push(`close ${code}`),
    onLink: (/** @type {import("../../main/webapp/js/transcription-socket.js").Link} */ { connected, retryInMs, restarted }) =>
      events.push(connected ? (restarted ? "restarted" : "back") : retryInMs === undefined ? "trying" : `away ${retryInMs}`),
    onGap: (/** @type {number} */ seconds) => events.push(`gap ${seconds}`),
    onGone: (/** @type {ArrayBuffer[]} */ audio, /** @type {number} */ lost) =>
      events.push(`gone ${audio.map(markOf)}${lost ? ` after ${lost} s lost` : ""}`),
  };
  const connect = (/** @type {string | URL} */ url) => {
    wires.push(new Wire(String(url)));
    return /** @type {WebSocket} */ (/** @type {unknown} */ (wires.at(-1)));
  };
  const socket = new TranscriptionSocket("ws://host/ws", listener, { ...settings, connect, random: () => 0.5 });
  return { socket, wires, events };
}

/** @param {SocketSettings} [settings] */
function introduced(settings) {
  const opened = connection(settings);
  opened.wires[0].introduce();
  return opened;
}

/**
 * @param {TranscriptionSocket} socket
 * @param {number} seconds
 */
function say(socket, seconds) {
  for (let second = 0; second < seconds; second++) {
    socket.send(new ArrayBuffer(32_000));
  }
}

/** @param {number} mark */
function frame(mark) {
  return new Uint8Array(3200).fill(mark).buffer;
}

/** @param {ArrayBuffer} data */
function markOf(data) {
  return new Uint8Array(data)[0];
}
