// @ts-check
/** The page: one recording at a time, and what comes of it. */
import { Controls } from "./controls.js";
import { element } from "./elements.js";
import { LevelMeter } from "./level-meter.js";
import { Microphone, microphones, obstacleToCapture } from "./microphone.js";
import { MicrophonePicker } from "./microphone-picker.js";
import { Notice } from "./notice.js";
import { ReadingPosition } from "./reading-position.js";
import { Recording } from "./recording.js";
import { describeEngine, fetchServerInfo } from "./server-info.js";
import { Transcript } from "./transcript.js";
import { TranscriptView } from "./transcript-view.js";
import { TranscriptionSocket } from "./transcription-socket.js";
import { WakeLock } from "./wake-lock.js";

/**
 * @typedef {import("./recording.js").RecordingState} RecordingState
 * @typedef {import("./transcription-socket.js").ServerMessage} ServerMessage
 * @typedef {import("./transcription-socket.js").SessionMessage} SessionMessage
 * @typedef {import("./transcription-socket.js").StatusMessage} StatusMessage
 */

const BYTES_PER_SECOND = 32_000;

/** @type {Record<string, string>} what the server says of its recogniser, where it matters to the person */
const UPSTREAM_STATUS = {
  streaming: "Listening",
  reconnecting: "Reconnecting to the recogniser; go on speaking",
  stopping: "Finishing the last words",
};

const controls = new Controls({
  onStart: () => start(),
  onStop: () => recording?.stop(),
  onPause: () => recording?.pause().then(() => meter.reset()),
  onResume: () => recording?.resume(),
});
const meter = new LevelMeter(element("level"), element("hint"));
const notice = new Notice(element("notice"));
const picker = new MicrophonePicker(/** @type {HTMLSelectElement} */ (element("microphone")), microphones);
const position = new ReadingPosition(element("latest"));
const wakeLock = new WakeLock();

/** @type {Recording | null} */
let recording = null;

async function start() {
  const transcript = new Transcript();
  const template = /** @type {HTMLTemplateElement} */ (element("recording"));
  const view = new TranscriptView(template, element("recordings"), () => transcript.finals);
  let sentBytes = 0;
  notice.clear();
  controls.showElapsed(0);
  recording = new Recording(
    {
      openMicrophone: (listener) => Microphone.open(picker.deviceId, listener),
      openSocket: (listener) => new TranscriptionSocket(socketUrl(), listener),
    },
    {
      onState: (state) => showState(state, transcript, view),
      onFrame: (frame) => {
        sentBytes += frame.byteLength;
        meter.show(frame);
        controls.showElapsed(sentBytes / BYTES_PER_SECOND);
      },
      onMessage: (message) => receive(message, transcript, view),
      onProblem: (code) => showProblem(code),
    },
  );
  await recording.start();
  await picker.refresh();
}

/**
 * @param {RecordingState} state
 * @param {Transcript} transcript
 * @param {TranscriptView} view
 */
function showState(state, transcript, view) {
  controls.show(state);
  picker.disabled = state !== "ended";
  wakeLock.set(state !== "ended");
  if (state === "ended") {
    meter.reset();
    transcript.end().forEach((segment) => view.addFinal(segment));
    view.showPartials([]);
    view.end();
    controls.say(view.isSaved ? "Saved" : "Ready");
    position.follow();
  }
}

/**
 * @param {ServerMessage} message
 * @param {Transcript} transcript
 * @param {TranscriptView} view
 */
function receive(message, transcript, view) {
  if (message.type === "session" || message.type === "status") {
    showUpstream(message);
  } else if (message.type === "transcript") {
    const final = transcript.apply(message);
    if (final) {
      view.addFinal(final);
    }
    view.showPartials(transcript.partials);
    position.follow();
  } else if (message.type === "saved") {
    view.saved(message.s3_key);
  } else if (message.type === "error") {
    showProblem(message.code, message.message);
  }
}

/** @param {SessionMessage | StatusMessage} message */
function showUpstream(message) {
  if (message.engine) {
    element("engine").textContent = describeEngine(message.engine, message.language_code);
  }
  if (message.type === "status") {
    document.body.dataset.upstream = message.state;
    const status = UPSTREAM_STATUS[message.state];
    if (status && document.body.dataset.state === "recording") {
      controls.say(status);
    }
  }
}

/**
 * @param {string} code
 * @param {string} [detail] the server's own words
 */
function showProblem(code, detail) {
  notice.show(code, detail);
  position.follow();
}

function socketUrl() {
  const url = new URL("ws", document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  return url;
}

async function open() {
  addEventListener("pagehide", () => recording?.abandon());
  const obstacle = obstacleToCapture();
  if (obstacle) {
    showProblem(obstacle);
  }
  await picker.refresh();
  const { engine } = await fetchServerInfo();
  if (!recording) {
    element("engine").textContent = describeEngine(engine, undefined);
  }
}

open();
