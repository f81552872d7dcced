/** The page: one recording at a time, and what comes of it. */
import { Controls } from "./controls.js";
import { element } from "./elements.js";
import { LargeCaptions } from "./large-captions.js";
import { LevelMeter } from "./level-meter.js";
import { LinkBanner } from "./link-banner.js";
import { Microphone, microphones, obstacleToCapture } from "./microphone.js";
import { MicrophonePicker } from "./microphone-picker.js";
import { Notice } from "./notice.js";
import { ReadingPosition } from "./reading-position.js";
import { Recording } from "./recording.js";
import { RecordingOptions } from "./recording-options.js";
import { describeEngine, fetchServerInfo, reasonForNoConnection } from "./server-info.js";
import { Share } from "./share.js";
import { Transcript } from "./transcript.js";
import { TranscriptView } from "./transcript-view.js";
import { TranscriptionSocket } from "./transcription-socket.js";
import { WakeLock } from "./wake-lock.js";
import { WordConfidence } from "./word-confidence.js";

/**
 * @import { OpenSource, RecordingState, SourceListener } from "./recording.js"
 * @import { ServerInfo } from "./server-info.js"
 * @import { ServerMessage, SessionMessage, StatusMessage } from "./server-messages.js"
 * @import { Link } from "./transcription-socket.js"
 */

const BYTES_PER_SECOND = 32_000;
/** A recording waits so long for a server that is away: only the person who speaks knows whether it is worth it. */
const PATIENCE_MS = 30 * 60_000;

/** @type {Record<string, string>} what matters to the person */
const UPSTREAM_STATUS = {
  streaming: "Listening",
  reconnecting: "Reconnecting to the recogniser; go on speaking",
  stopping: "Finishing the last words",
};

const controls = new Controls({
  onStart: () => start(openMicrophone),
  onFile: (file) => start((listener) => openFile(file, listener), file),
  onStop: () => recording?.stop(),
  onPause: () => recording?.pause().then(() => meter.reset()),
  onResume: () => recording?.resume(),
  shortcuts: {
    KeyF: () => largeCaptions.toggle(),
    KeyC: () => confidence.toggle(),
    KeyH: () => help.showModal(),
  },
});
const meter = new LevelMeter(element("level"), element("hint"));
const notice = new Notice(element("notice"));
const picker = new MicrophonePicker(/** @type {HTMLSelectElement} */ (element("microphone")), microphones);
const options = new RecordingOptions(element("options"));
const position = new ReadingPosition(element("latest"));
const wakeLock = new WakeLock();
const confidence = new WordConfidence(element("confidence"));
const largeCaptions = new LargeCaptions(element("large"), () => position.follow());
const banner = new LinkBanner(
  element("link"),
  () => ({ keptSeconds: recording?.unconfirmedSeconds ?? 0, lostSeconds: recording?.lostSeconds ?? 0 }),
  () => recording?.retryNow(),
);
const share = new Share(
  element("share"),
  /** @type {HTMLDialogElement} */ (element("sharing")),
  (action, fields) => recording?.control(action, fields),
);
const help = /** @type {HTMLDialogElement} */ (element("help"));

/** @type {ServerInfo} */
let info = {};
/** @type {Recording | null} */
let recording = null;
/** @type {import("./file-progress.js").FileProgress | undefined} */
let fileProgress;
/** The captions of the current recording, and where they are shown. */
let transcript = new Transcript();
/** @type {TranscriptView} */
let view;

/**
 * @param {(listener: SourceListener) => Promise<OpenSource>} openSource
 * @param {File} [file] in place of the microphone
 */
async function start(openSource, file) {
  let sentBytes = 0;
  notice.clear();
  controls.showElapsed(0);
  newChapter();
  recording = new Recording(
    {
      openSource,
      openSocket: (listener, patient) =>
        new TranscriptionSocket(socketUrl(), listener, {
          options: options.chosen,
          resumeWindowMs: info.limits?.resume_window_seconds && info.limits.resume_window_seconds * 1000,
          patienceMs: PATIENCE_MS,
          patient,
        }),
    },
    {
      onState: (state) => showState(state, file !== undefined),
      onFrame: (frame) => {
        sentBytes += frame.byteLength;
        controls.showElapsed(sentBytes / BYTES_PER_SECOND);
        if (!file) {
          meter.show(frame);
        }
      },
      onMessage: receive,
      onLink: showLink,
      onGap: (seconds) => showProblem("audio_lost", `${seconds.toFixed(1)} s are missing.`),
      onNewChapter: () => {
        endChapter();
        newChapter();
        showProblem("continued");
      },
      onProblem: showProblem,
    },
  );
  await recording.start();
  await picker.refresh();
}

/** @param {SourceListener} listener */
function openMicrophone({ onFrame, onEnd }) {
  return Microphone.open(picker.deviceId, { onFrame, onUnplugged: () => onEnd("unplugged") });
}

/**
 * @param {File} file
 * @param {SourceListener} listener
 */
async function openFile(file, listener) {
  const { AudioFile } = await import("./audio-file.js"); // few people need it
  const { FileProgress } = await import("./file-progress.js");
  const source = await AudioFile.open(file, listener, () => recording?.unconfirmedSeconds ?? 0);
  fileProgress = new FileProgress(element("progress"));
  fileProgress.begin(file.name, source.seconds);
  return source;
}

function newChapter() {
  const current = new Transcript();
  transcript = current;
  const template = /** @type {HTMLTemplateElement} */ (element("recording"));
  view = new TranscriptView(template, element("recordings"), () => current.finals, confidence);
}

function endChapter() {
  transcript.end().forEach((segment) => view.addFinal(segment));
  view.showPartials([]);
  view.end();
}

/**
 * @param {RecordingState} state
 * @param {boolean} ofFile
 */
function showState(state, ofFile) {
  controls.show(state, ofFile);
  wakeLock.set(state !== "ended");
  share.available(info.sharing !== false && (state === "recording" || state === "paused"));
  if (state === "ended") {
    meter.reset();
    showLink({ connected: true });
    fileProgress?.end();
    endChapter();
    controls.say(view.isSaved ? "Saved" : "Ready");
    position.follow();
  }
}

/** @param {ServerMessage} message */
function receive(message) {
  if (message.type === "session" && !message.resumed) {
    share.sessionBegan();
  }
  if (message.type === "session" || message.type === "status") {
    showUpstream(message);
  } else if (message.type === "transcript") {
    const final = transcript.apply(message);
    if (final) {
      view.addFinal(final);
    }
    view.showPartials(transcript.partials);
    fileProgress?.show(message.end ?? 0);
    position.follow();
  } else if (message.type === "saved") {
    const { session_id, duration } = message;
    view.describe({ session_id, duration });
    view.saved(message.s3_key, info.library);
  } else if (message.type === "share" || message.type === "viewers") {
    share.receive(message);
  } else if (message.type === "error") {
    showProblem(message.code, message.message);
  }
}

/** @param {SessionMessage | StatusMessage} message */
function showUpstream(message) {
  const { engine, language_code } = message;
  if (engine) {
    element("engine").textContent = describeEngine(engine, language_code);
    view.describe({ engine, language_code });
  }
  if (message.type === "status") {
    showStatus(message);
  }
}

/** @param {StatusMessage} message */
function showStatus({ state, ends_in: endsIn, message, dropped_from: from = 0, dropped_to: to }) {
  if (endsIn !== undefined) {
    showProblem("ending", message);
  } else if (to !== undefined) {
    showProblem("overloaded", `${(to - from).toFixed(1)} s were dropped.`);
  } else if (UPSTREAM_STATUS[state] && document.body.dataset.state === "recording") {
    controls.say(UPSTREAM_STATUS[state]);
  }
}

/** @param {Link} link */
function showLink(link) {
  const wasLost = document.body.dataset.link === "lost";
  document.body.dataset.link = link.connected ? "up" : "lost";
  banner.show(link);
  if (link.connected === wasLost) {
    controls.say(link.connected ? "Connected again" : "The connection is lost; what you say is kept");
    position.follow();
  }
  if (link.restarted) {
    showProblem("restarted");
  }
}

/**
 * @param {string} code
 * @param {string} [detail] the server's own words
 */
async function showProblem(code, detail) {
  let shown = code;
  if (code === "unreachable") {
    info = await fetchServerInfo();
    shown = reasonForNoConnection(info);
  }
  notice.show(shown, detail);
  position.follow();
  if (shown === "signed_out") {
    await signInIfNeeded();
  }
}

async function signInIfNeeded() {
  if (info.auth_mode === "token" && !info.signed_in) {
    const { signIn } = await import("./sign-in.js");
    await signIn();
  }
}

function socketUrl() {
  const url = new URL("ws", document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  return url;
}

async function open() {
  addEventListener("pagehide", () => recording?.abandon());
  element("open-help").addEventListener("click", () => help.showModal());
  element("close-help").addEventListener("click", () => help.close());
  const obstacle = obstacleToCapture();
  if (obstacle) {
    showProblem(obstacle);
  }
  await picker.refresh();
  info = await fetchServerInfo();
  if (!recording) {
    element("engine").textContent = describeEngine(info.engine, undefined);
    options.offer(info);
  }
  await signInIfNeeded();
}

open();
