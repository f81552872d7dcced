// @ts-check
import { Recording } from "../../main/webapp/js/recording.js";
import { equal } from "./assert.js";

/**
 * @typedef {import("../../main/webapp/js/microphone.js").MicrophoneListener} MicrophoneListener
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
  equal([world.calls, world.problems], [["microphone.close", "send 2", "socket.stop"], []]);
}

export async function pauses_and_goes_on() {
  const { recording, world } = await connected();
  world.socket.onMessage({ type: "session" });
  await recording.pause();
  await recording.resume();
  equal(world.calls, ["microphone.pause", "socket.pause", "microphone.resume"]);
  equal(world.states.slice(-2), ["paused", "recording"]);
}

export async function a_hasty_resume_comes_after_the_pause() {
  const { recording, world } = await connected();
  world.socket.onMessage({ type: "session" });
  await Promise.all([recording.pause(), recording.resume()]);
  equal(world.calls, ["microphone.pause", "socket.pause", "microphone.resume"]);
}

export async function stop_twice_is_the_same_as_once() {
  const { recording, world } = await connected();
  await Promise.all([recording.stop(), recording.stop()]);
  equal(world.calls, ["microphone.close", "send 2", "socket.stop"]);
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
  equal([world.problems, world.calls], [["lost"], ["microphone.close"]]);
  equal(world.states.at(-1), "ended");
}

export async function a_server_that_never_answered_is_told_as_such() {
  const { world } = await connected();
  world.socket.onClose(1006);
  await settled();
  equal([world.problems, world.calls], [["unreachable"], ["microphone.close"]]);
}

export async function a_close_code_tells_what_no_message_told() {
  for (const [code, problem] of Object.entries({ 1000: "not_saved", 1012: "restarting", 1013: "busy", 1011: "lost" })) {
    const { world } = await connected();
    world.socket.onMessage({ type: "session" });
    world.socket.onClose(Number(code));
    equal(world.problems, [problem], code);
  }
}

export async function a_fatal_error_of_the_server_needs_no_second_explanation() {
  const { world } = await connected();
  world.socket.onMessage({ type: "error", code: "busy", fatal: true });
  world.socket.onClose(1013);
  equal(world.problems, []);
}

export async function an_unplugged_microphone_ends_and_saves_the_recording() {
  const { world } = await connected();
  world.socket.onMessage({ type: "session" });
  world.microphone.onUnplugged();
  await settled();
  equal([world.problems, world.calls], [["unplugged"], ["microphone.close", "send 2", "socket.stop"]]);
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
  /** @type {MicrophoneListener} */
  microphone = { onFrame: () => {}, onUnplugged: () => {} };
  /** @type {SocketListener} */
  socket = { onMessage: () => {}, onClose: () => {} };

  /** @param {(listener: MicrophoneListener) => Promise<any>} openMicrophone */
  recording(openMicrophone = (listener) => this.#openMicrophone(listener)) {
    const listener = {
      onState: (/** @type {string} */ state) => this.states.push(state),
      onFrame: () => {},
      onMessage: () => {},
      onProblem: (/** @type {string} */ code) => this.problems.push(code),
    };
    return new Recording({ openMicrophone, openSocket: (socket) => this.#openSocket(socket) }, listener);
  }

  /** @param {MicrophoneListener} listener */
  async #openMicrophone(listener) {
    this.microphone = listener;
    return {
      pause: async () => this.#call("microphone.pause"),
      resume: async () => this.#call("microphone.resume"),
      close: async () => {
        this.#call("microphone.close");
        listener.onFrame(LAST_FRAME);
      },
    };
  }

  /** @param {SocketListener} listener */
  #openSocket(listener) {
    this.socket = listener;
    return {
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
