// @ts-check
import { Recording } from "../../main/webapp/js/recording.js";
import { equal } from "./assert.js";

/**
 * @typedef {import("../../main/webapp/js/recording.js").SourceListener} SourceListener
 * @typedef {import("../../main/webapp/js/transcription-socket.js").SocketListener} SocketListener
 */

const LAST_FRAME = new ArrayBuffer(2);

export async function records_from_start_to_saved() {
  const { recording, world } = await connected();
  world.socket.onMessage({ type: "session" });
  await recording.stop();
  world.socket.onMessage({ type: "saved", s3_key: "a.txt" });
  world.socket.onClose(1000);
  equal(world.states, ["starting", "connecting", "recording", "stopping", "ended"]);
  equal([world.calls, world.problems], [["source.close", "send 2", "socket.stop"], []]);
}

export async function pauses_and_goes_on() {
  const { recording, world } = await connected();
  world.socket.onMessage({ type: "session" });
  await recording.pause();
  await recording.resume();
  equal(world.calls, ["source.pause", "socket.pause", "source.resume"]);
  equal(world.states.slice(-2), ["paused", "recording"]);
}

export async function a_hasty_resume_comes_after_the_pause() {
  const { recording, world } = await connected();
  world.socket.onMessage({ type: "session" });
  await Promise.all([recording.pause(), recording.resume()]);
  equal(world.calls, ["source.pause", "socket.pause", "source.resume"]);
}

export async function stop_twice_is_the_same_as_once() {
  const { recording, world } = await connected();
  await Promise.all([recording.stop(), recording.stop()]);
  equal(world.calls, ["source.close", "send 2", "socket.stop"]);
}

export async function calls_no_server_when_there_is_no_microphone() {
  const world = new World();
  const recording = world.recording(() => Promise.reject(Object.assign(new Error(), { code: "denied" })));
  await recording.start();
  equal([world.states, world.problems, world.calls], [["starting", "ended"], ["denied"], []]);
}

export async function a_lost_connection_is_told_and_releases_the_microphone() {
  const { world } = await connected();
  world.socket.onMessage({ type: "session" });
  world.socket.onClose(1006);
  await settled();
  equal([world.problems, world.calls], [["lost"], ["source.close"]]);
  equal(world.states.at(-1), "ended");
}

export async function a_server_that_never_answered_is_told_as_such() {
  const { world } = await connected();
  world.socket.onClose(1006);
  await settled();
  equal([world.problems, world.calls], [["unreachable"], ["source.close"]]);
}

export async function a_close_code_tells_what_no_message_told() {
  for (const [code, problem] of Object.entries({ 1000: "not_saved", 1013: "busy", 1011: "lost" })) {
    const { world } = await connected();
    world.socket.onMessage({ type: "session" });
    world.socket.onClose(Number(code));
    equal(world.problems, [problem], code);
  }
}

export async function a_fatal_error_closes_the_microphone_at_once() {
  const { recording, world } = await connected();
  world.socket.onMessage({ type: "session" });
  world.socket.onMessage({ type: "error", code: "too_fast", fatal: true });
  await settled();
  equal([world.calls[0], world.states.at(-1)], ["source.close", "stopping"]);
  await recording.stop();
  world.socket.onClose(1008);
  equal([world.states.at(-1), world.problems], ["ended", []]);
}

export async function an_error_that_is_not_fatal_does_not() {
  const { world } = await connected();
  world.socket.onMessage({ type: "session" });
  world.socket.onMessage({ type: "error", code: "bad_audio", fatal: false });
  await settled();
  equal([world.calls, world.states.at(-1)], [[], "recording"]);
}

export async function a_person_need_not_wait_for_a_server_that_is_away() {
  const { recording, world } = await connected();
  world.socket.onMessage({ type: "session" });
  recording.finishWithoutServer();
  equal(world.calls, [], "while it records there is Stop");
  await recording.stop();
  recording.finishWithoutServer();
  world.socket.onClose(1006);
  equal([world.calls.at(-1), world.problems, world.states.at(-1)], ["socket.abandon", ["not_awaited"], "ended"]);
}

export async function what_is_cancelled_is_not_waited_for() {
  const { recording, world } = await connected();
  world.socket.onMessage({ type: "session" });
  await recording.cancel();
  equal(world.calls, ["source.close", "send 2", "socket.stop", "socket.abandon"]);
  world.socket.onClose(1006);
  equal([world.states.at(-1), world.problems], ["ended", []]);
}

export async function every_word_of_the_server_lets_a_file_go_on() {
  const { world } = await connected();
  world.socket.onMessage({ type: "progress", received_bytes: 0 });
  equal(world.advances, 1);
}

export async function a_fatal_error_of_the_server_needs_no_second_explanation() {
  const { world } = await connected();
  world.socket.onMessage({ type: "error", code: "busy", fatal: true });
  world.socket.onClose(1013);
  equal(world.problems, []);
}

export async function goes_on_in_a_new_chapter_when_the_server_has_ended_the_recording() {
  const { recording, world } = await connected();
  world.socket.onMessage({ type: "session" });
  world.socket.onGone?.([new ArrayBuffer(4), new ArrayBuffer(6)], 0);
  equal(world.calls, ["new chapter with 2", "socket.open patiently", "send 4", "send 6"]);
  equal([world.states.at(-1), world.problems], ["recording", []]);
  await recording.stop();
  equal(world.calls.slice(-3), ["source.close", "send 2", "socket.stop"]);
}

export async function what_was_said_before_stop_goes_into_a_new_chapter_that_ends_at_once() {
  const { recording, world } = await connected();
  await recording.stop();
  world.socket.onGone?.([new ArrayBuffer(4)], 0);
  await settled();
  equal(world.calls.slice(3), ["new chapter with 1", "socket.open patiently", "send 4", "socket.stop"]);
}

export async function no_new_chapter_begins_when_nothing_is_left_to_be_said() {
  const { recording, world } = await connected();
  await recording.stop();
  world.socket.onGone?.([], 0);
  equal([world.calls.slice(3), world.problems, world.states.at(-1)], [[], ["gone"], "ended"]);
}

export async function a_saved_chapter_does_not_explain_the_end_of_the_next() {
  const { world } = await connected();
  world.socket.onMessage({ type: "saved", s3_key: "a.txt" });
  world.socket.onGone?.([], 7);
  world.socket.onClose(1006);
  equal(world.problems, ["7 s lost", "unreachable"]);
}

export async function audio_that_is_lost_is_told() {
  const { world } = await connected();
  world.socket.onGap?.(1.5);
  equal(world.problems, ["1.5 s lost"]);
}

export async function a_file_that_is_over_ends_and_saves_the_recording() {
  const { world } = await connected();
  world.source.onEnd();
  await settled();
  equal([world.problems, world.calls.at(-1)], [[], "socket.stop"]);
}

export async function an_unplugged_microphone_ends_and_saves_the_recording() {
  const { world } = await connected();
  world.socket.onMessage({ type: "session" });
  world.source.onEnd("unplugged");
  await settled();
  equal([world.problems, world.calls], [["unplugged"], ["source.close", "send 2", "socket.stop"]]);
}

export async function a_page_that_closes_says_stop_at_once() {
  const { recording, world } = await connected();
  recording.abandon();
  equal(world.calls, ["socket.stop"]);
}

/** What a recording deals with, as a protocol of what it did. */
class World {
  /** @type {string[]} */
  calls = [];
  /** @type {string[]} */
  states = [];
  /** @type {string[]} */
  problems = [];
  advances = 0;
  /** @type {SourceListener} */
  source = { onFrame: () => {}, onEnd: () => {} };
  /** @type {SocketListener} */
  socket = { onMessage: () => {}, onClose: () => {} };

  /** @param {(listener: SourceListener) => Promise<any>} openSource */
  recording(openSource = (listener) => this.#openSource(listener)) {
    const listener = {
      onState: (/** @type {string} */ state) => this.states.push(state),
      onFrame: () => {},
      onMessage: () => {},
      onProblem: (/** @type {string} */ code) => this.problems.push(code),
      onLink: () => {},
      onGap: (/** @type {number} */ seconds) => this.problems.push(`${seconds} s lost`),
      onNewChapter: (/** @type {ArrayBuffer[]} */ audio) => this.#call(`new chapter with ${audio.length}`),
    };
    return new Recording({ openSource, openSocket: (socket, patient) => this.#openSocket(socket, patient) }, listener);
  }

  /** @param {SourceListener} listener */
  async #openSource(listener) {
    this.source = listener;
    return {
      advance: () => this.advances++,
      pause: async () => this.#call("source.pause"),
      resume: async () => this.#call("source.resume"),
      close: async () => {
        this.#call("source.close");
        listener.onFrame(LAST_FRAME);
      },
    };
  }

  /**
   * @param {SocketListener} listener
   * @param {boolean} patient
   */
  #openSocket(listener, patient) {
    this.socket = listener;
    if (patient) {
      this.#call("socket.open patiently");
    }
    return {
      retryNow: () => this.#call("socket.retryNow"),
      unconfirmedSeconds: 0,
      lostSeconds: 0,
      control: () => {},
      abandon: () => this.#call("socket.abandon"),
      send: (/** @type {ArrayBuffer} */ frame) => this.#call(`send ${frame.byteLength}`),
      pause: () => this.#call("socket.pause"),
      stop: () => this.#call("socket.stop"),
    };
  }

  /** @param {string} name */
  #call(name) {
    this.calls.push(name);
  }
}

async function connected() {
  const world = new World();
  const recording = world.recording();
  await recording.start();
  return { recording, world };
}

/** Lets what was begun without being awaited come to its end. */
async function settled() {
  for (let turn = 0; turn < 10; turn++) {
    await null;
  }
}
