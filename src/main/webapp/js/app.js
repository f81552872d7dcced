/** The page: one recording at a time, and what comes of it. */
import { applyLook, changeLook, look, SIZES } from "./caption-look.js";
import { Chapter } from "./chapter.js";
import { Controls } from "./controls.js";
import { clockTime, element, tell } from "./elements.js";
import { Lag } from "./lag.js";
import { LargeCaptions } from "./large-captions.js";
import { LevelMeter } from "./level-meter.js";
import { LinkBanner } from "./link-banner.js";
import { Microphone, microphones, obstacleToCapture } from "./microphone.js";
import { MicrophonePicker } from "./microphone-picker.js";
import { Notices } from "./notices.js";
import { loadAhead, onDemand } from "./on-demand.js";
import { OwnRecordings } from "./own-recordings.js";
import { ReadingPosition } from "./reading-position.js";
import { Recording } from "./recording.js";
import { RecordingOptions } from "./recording-options.js";
import { describeEngine, describeSound, describeVoice, fetchServerInfo, keptSeconds, reasonForNoConnection } from "./server-info.js";
import { TranscriptionSocket } from "./transcription-socket.js";
import { WakeLock } from "./wake-lock.js";
import { PAGE_LANGUAGES, preferredPageLanguage, say, speak } from "./words.js";
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

/** What a link to this page asks for: `?language=de-DE&start`. */
const link = new URLSearchParams(location.search);

const controls = new Controls({
  onStart: () => start(openMicrophone),
  onFile: (file) => start((listener) => openFile(file, listener), file),
  onStop: () => recording?.stop(),
  onCancel: () => cancel(),
  onFinish: () => recording?.finishWithoutServer(),
  onPause: () => pause(),
  onResume: () => recording?.resume(),
  shortcuts: {
    KeyF: () => largeCaptions.toggle(),
    KeyC: () => confidence.toggle(),
    KeyL: () => openLook(),
    KeyR: () => (element("read-out").textContent = chapter?.lastWords ?? ""),
    KeyH: () => help.showModal(),
  },
});
const notices = new Notices(element("notices"));
const meter = new LevelMeter(element("level"), element("hint"), showSilence);
const picker = new MicrophonePicker(/** @type {HTMLSelectElement} */ (element("microphone")), microphones, changeMicrophone);
const options = new RecordingOptions(element("options"));
const position = new ReadingPosition(element("latest"));
const wakeLock = new WakeLock();
const confidence = new WordConfidence(element("confidence"));
const largeCaptions = new LargeCaptions(element("large"), () => position.resized(isLive()));
const banner = new LinkBanner(
  element("link"),
  () => ({ keptSeconds: recording?.unconfirmedSeconds ?? 0, lostSeconds: recording?.lostSeconds ?? 0 }),
  () => recording?.retryNow(),
);
const help = /** @type {HTMLDialogElement} */ (element("help"));
const place = {
  template: /** @type {HTMLTemplateElement} */ (element("recording")),
  container: element("recordings"),
  confidence,
  library: false,
};

/** @type {ServerInfo} */
let info = {};
/** When the server has told of itself, or is silent: whether it offers the language that was asked for. */
const offered = fetchServerInfo().then((told) => {
  info = told;
  place.library = info.library ?? false;
  return options.offer(info, link.get("language") ?? "");
});
/** What this browser keeps, where it may. */
const store = offered.then(() => (info.browser_history === false ? null : OwnRecordings.open()));
/** @type {Recording | null} */
let recording = null;
/** @type {Microphone | null} that records, or is tried out */
let microphone = null;
/** @type {import("./file-progress.js").FileProgress | undefined} */
let fileProgress;
/** @type {Chapter | undefined} what becomes of the current recording, or of the last one */
let chapter;
let lag = new Lag();
/** @type {import("./sides.js").Sides | undefined} where a tab's sound is recorded beside the microphone */
let sides;
/** @type {import("./share.js").Share | undefined} once there was something to share */
let share;
/** @type {Map<string, number>} of what was recorded since Start, by the code of why */
const lostSeconds = new Map();
/** @type {import("./own-recordings-list.js").OwnRecordingsList | undefined} */
let list;

/**
 * @param {(listener: SourceListener) => Promise<OpenSource>} openSource
 * @param {File} [file] in place of the microphone
 */
async function start(openSource, file) {
  await endCheck();
  let sentBytes = 0;
  notices.clear();
  lostSeconds.clear();
  controls.showElapsed(0);
  position.begin();
  newChapter();
  sides = undefined;
  recording = new Recording(
    {
      // Nothing is heard before it is known in which language.
      openSource: (listener) => offered.then(() => openSource(listener)),
      openSocket: (listener, patient) =>
        new TranscriptionSocket(socketUrl(), listener, {
          options: options.chosen,
          resumeWindowMs: info.limits?.resume_window_seconds && info.limits.resume_window_seconds * 1000,
          patienceMs: PATIENCE_MS,
          keepSeconds: keptSeconds(info),
          patient,
        }),
    },
    {
      onState: (state) => showState(state, file !== undefined),
      onFrame: (frame) => {
        sentBytes += frame.byteLength;
        lag.hear(frame);
        if (!file) {
          controls.showElapsed(sentBytes / BYTES_PER_SECOND);
          showLevels(frame);
        }
      },
      onMessage: receive,
      onLink: showLink,
      onGap: (seconds) => showGap(lag.position - seconds, lag.position, "audio_lost"),
      onNewChapter: (audio) => {
        chapter?.finish();
        newChapter();
        audio.forEach((frame) => lag.hear(frame));
        sides?.goOn(lag.position);
        showProblem("continued");
      },
      onProblem: showProblem,
    },
  );
  await recording.start();
  await picker.refresh();
}

/** @param {SourceListener} listener */
async function openMicrophone({ onFrame, onEnd }) {
  const beside = options.wantsTabSound ? await openTabSound() : undefined;
  let stalledAt = 0;
  microphone = await Microphone.open(
    picker.deviceId,
    {
      onFrame,
      onUnplugged: () => onEnd("unplugged"),
      onStall: (stalled) => {
        if (stalled) {
          stalledAt = performance.now();
          showProblem("stalled");
        } else {
          notices.remove("stalled");
          chapter?.mark(lag.position, say("mark.stalled", { seconds: Math.round((performance.now() - stalledAt) / 1000) }));
        }
      },
    },
    beside,
  );
  return microphone;
}

/**
 * @returns {Promise<MediaStream | undefined>} nothing when the person has shared none: the recording goes on without
 */
async function openTabSound() {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ audio: { echoCancellation: false }, video: true });
    stream.getVideoTracks().forEach((track) => track.stop());
    if (stream.getAudioTracks().length > 0) {
      const module = await onDemand(() => import("./sides.js"));
      sides = module ? new module.Sides() : undefined;
      return stream;
    }
  } catch {
    // refused: said below
  }
  showProblem("no_tab_sound");
  return undefined;
}

/**
 * @param {File} file
 * @param {SourceListener} listener
 */
async function openFile(file, listener) {
  const opener = await onDemand(() => import("./open-audio-file.js"));
  const progress = await onDemand(() => import("./file-progress.js"));
  if (!opener || !progress) {
    throw Object.assign(new Error("not loaded"), { code: "missing" });
  }
  const source = await opener.openAudioFile(file, listener, () => recording?.unconfirmedSeconds ?? 0, keptSeconds(info));
  fileProgress = new progress.FileProgress(element("progress"));
  fileProgress.begin(file.name, source.seconds);
  return source;
}

function newChapter() {
  lag = new Lag();
  chapter = new Chapter(place, store);
  chapter.speakers.onChange = () => (element("open-names").hidden = !chapter?.speakers.labels.length);
  applyLook();
}

async function pause() {
  await recording?.pause();
  meter.reset();
  chapter?.mark(Math.max(lag.position, chapter.end), say("mark.paused", { time: clockTime(lag.position) }));
}

async function cancel() {
  await recording?.cancel();
  showProblem("cancelled");
}

/**
 * @param {RecordingState} state
 * @param {boolean} ofFile
 */
function showState(state, ofFile) {
  controls.show(state, ofFile);
  wakeLock.set(state !== "ended");
  offerShare();
  showLag();
  if (state === "ended") {
    microphone = null;
    meter.reset();
    notices.remove("stalled");
    showLink({ connected: true });
    fileProgress?.end();
    chapter?.finish();
    controls.say(say(chapter?.view.isSaved ? "state.saved" : "state.ready"));
    position.follow();
    position.rest();
    chapter?.settled.then(showRecordings);
  }
  tell("state", { state, recording, chapter });
}

async function offerShare() {
  const isOffered = () => info.sharing !== false && ["recording", "paused"].includes(document.body.dataset.state ?? "");
  const module = isOffered() && (await import("./share.js").catch(() => null));
  if (module) {
    const dialog = /** @type {HTMLDialogElement} */ (element("sharing"));
    share ??= new module.Share(element("share"), dialog, (action, fields) => recording?.control(action, fields));
  }
  share?.available(isOffered());
}

/** @param {ServerMessage} message */
function receive(message) {
  if (message.type === "session" && !message.resumed) {
    share?.sessionBegan();
    loadAhead();
  }
  if (message.type === "session" || message.type === "status") {
    showUpstream(message);
  } else if (message.type === "transcript") {
    chapter?.apply(sides?.tell(message) ?? message);
    reach(message.end ?? 0);
    position.follow();
  } else if (message.type === "progress") {
    reach((message.settled_bytes ?? 0) / BYTES_PER_SECOND);
  } else if (message.type === "saved") {
    chapter?.saved(message);
    tell("saved", { message, place: chapter?.view.actions });
  } else if (message.type === "share" || message.type === "viewers") {
    share?.receive(message);
  } else if (message.type === "error") {
    showProblem(message.code, message.message);
  }
  tell("message", { message, recording });
}

/** @param {number} seconds of the recording whose words have come */
function reach(seconds) {
  lag.reach(seconds);
  fileProgress?.show(seconds);
  showLag();
}

function showLag() {
  const seconds = document.body.dataset.source === "file" || document.body.dataset.state !== "recording" ? 0 : lag.seconds;
  const text = seconds > 0 ? say("behind", { seconds }) : "";
  if (element("behind").textContent !== text) {
    element("behind").textContent = text;
  }
}

/** @param {SessionMessage | StatusMessage} message */
function showUpstream(message) {
  const { engine, language_code } = message;
  if (engine) {
    element("engine").textContent = describeEngine(engine, language_code);
    chapter?.describe({ engine, language_code });
  }
  if (message.type === "status") {
    showStatus(message);
  }
}

/** @param {StatusMessage} message */
function showStatus({ state, ends_in: endsIn, message, dropped_from: from = 0, dropped_to: to }) {
  if (endsIn !== undefined) {
    notices.show("ending", { detail: message, values: { time: clockTime(endsIn) } });
    position.follow();
  } else if (to !== undefined) {
    showGap(from, to, "overloaded");
  } else if (document.body.dataset.state === "recording" && ["streaming", "reconnecting"].includes(state)) {
    const usual = document.body.dataset.source === "file" ? "state.file" : "state.recording";
    controls.say(say(state === "streaming" ? usual : "state.reconnecting"));
  }
}

/**
 * @param {number} from seconds
 * @param {number} to
 * @param {string} code
 */
function showGap(from, to, code) {
  if (chapter?.gap(Math.max(0, from), to)) {
    lostSeconds.set(code, (lostSeconds.get(code) ?? 0) + to - from);
  }
  notices.show(code, { values: { seconds: (lostSeconds.get(code) ?? to - from).toFixed(1) } });
  position.follow();
}

/** @param {Link} link */
function showLink(link) {
  const wasLost = document.body.dataset.link === "lost";
  document.body.dataset.link = link.connected ? "up" : "lost";
  banner.show(link);
  if (link.connected === wasLost) {
    controls.say(say(link.connected ? "link.back" : "link.status"));
    position.follow();
  }
  if (!link.connected) {
    controls.offerFinish();
  }
  if (link.restarted) {
    showProblem("restarted");
  }
}

/** @param {ArrayBuffer} frame */
function showLevels(frame) {
  const levels = microphone?.levels;
  meter.show(frame, levels && 10 * Math.log10(levels.own));
  showLag();
  element("level-beside").hidden = !levels;
  if (levels) {
    meter.draw(element("level-beside"), 10 * Math.log10(levels.beside));
  }
  sides?.hear(lag.position, levels ?? { own: 1, beside: 0 });
}

/** @param {boolean} silent */
function showSilence(silent) {
  if (silent) {
    notices.show("silent", { action: [say("microphone.choose"), () => element("microphone").focus()] });
    position.follow();
  } else {
    notices.remove("silent");
  }
}

/** @param {string} deviceId */
async function changeMicrophone(deviceId) {
  try {
    await microphone?.use(deviceId);
  } catch (error) {
    showProblem(/** @type {{ code?: string }} */ (error).code ?? "microphone_failed");
  }
}

/** Shows the level before anything is sent. */
async function toggleCheck() {
  if (microphone) {
    await endCheck();
    return;
  }
  try {
    document.body.dataset.check = "";
    element("check").ariaPressed = "true";
    microphone = await Microphone.open(picker.deviceId, { onFrame: (frame) => meter.show(frame), onUnplugged: endCheck });
    await picker.refresh();
  } catch (error) {
    await endCheck();
    showProblem(/** @type {{ code?: string }} */ (error).code ?? "microphone_failed");
  }
}

async function endCheck() {
  if ("check" in document.body.dataset) {
    delete document.body.dataset.check;
    element("check").ariaPressed = "false";
    const checked = microphone;
    microphone = null;
    await checked?.close();
    meter.reset();
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
  if (shown === "signed_out") {
    notices.show(shown, { action: [say("sign-in"), () => signInIfNeeded(true)] });
    await signInIfNeeded(true);
  } else {
    notices.show(shown, { detail });
  }
  position.follow();
}

/** @param {boolean} thenStart whether a recording was wanted */
async function signInIfNeeded(thenStart) {
  if (info.auth_mode !== "token" || info.signed_in) {
    return;
  }
  const module = await onDemand(() => import("./sign-in.js"));
  if (await module?.signIn()) {
    info = await fetchServerInfo();
    notices.remove("signed_out");
    showRecordings();
    if (thenStart && !isLive()) {
      controls.pressRecord();
    }
  }
}

/** What this browser has kept, and what the server shows to this person. */
async function showRecordings() {
  const kept = await store;
  const library = place.library && info.signed_in !== false;
  if (!kept && !library) {
    return;
  }
  const module = await import("./own-recordings-list.js").catch(() => null);
  if (!module) {
    return; // the server is away: the list comes with the next visit
  }
  list ??= new module.OwnRecordingsList(element("yours"), kept, {
    onOpen: async (recording, segments) => {
      notices.clear();
      chapter = new Chapter(place, store, recording, segments);
      element("open-names").hidden = chapter.speakers.labels.length === 0;
      scrollTo({ top: 0 });
    },
    onDeleted: (code, undo) => notices.show(code, { action: [say("undo"), () => undo().then(() => notices.remove(code))] }),
    onGone: (code) => notices.remove(code),
    onProblem: showProblem,
  });
  await kept?.trim();
  await list.show(library);
}

async function openLook() {
  const panel = await onDemand(() => import("./look-panel.js"));
  const resized = () => position.resized(isLive());
  panel?.toggleLookPanel(element("open-look"), resized);
  resized();
}

function isLive() {
  return document.body.dataset.state !== "ended";
}

function socketUrl() {
  const url = new URL("ws", document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  return url;
}

/** @param {string} code */
async function changePageLanguage(code) {
  await speak(code, { chosen: true });
  showWords();
}

/** Writes what is not in the page's own HTML. */
function showWords() {
  controls.showWords();
  if (!recording || !isLive()) {
    controls.say(say("state.ready"));
    element("engine").textContent = describeEngine(info.engine, info.language_code);
  }
  element("voice").textContent = describeVoice(info);
  element("sound").textContent = describeSound(info);
  element("sound").hidden = !info.audio_kept;
  options.show();
  picker.refresh();
  showRecordings();
}

function listen() {
  addEventListener("pagehide", () => recording?.abandon());
  document.addEventListener("steno:missing", () => showProblem("missing"));
  document.addEventListener("steno:problem", (event) => showProblem(/** @type {CustomEvent<{ code: string }>} */ (event).detail.code));
  addEventListener("beforeunload", (event) => isLive() && event.preventDefault());
  element("open-help").addEventListener("click", () => help.showModal());
  element("close-help").addEventListener("click", () => help.close());
  help.addEventListener("click", ({ target }) => target === help && help.close()); // beside the sheet
  element("check").addEventListener("click", toggleCheck);
  element("open-look").addEventListener("click", openLook);
  element("open-names").addEventListener("click", async () => {
    const names = await onDemand(() => import("./speaker-names.js"));
    if (chapter) {
      names?.nameSpeakers(chapter.speakers);
    }
  });
  const language = /** @type {HTMLSelectElement} */ (element("page-language"));
  language.append(...Object.entries(PAGE_LANGUAGES).map(([code, name]) => new Option(name, code)));
  language.value = preferredPageLanguage();
  language.addEventListener("change", () => changePageLanguage(language.value));
  document.addEventListener("keydown", ({ key, target }) => {
    const step = { "+": SIZES.step, "-": -SIZES.step }[key];
    if (step && largeCaptions.isShown && !/** @type {HTMLElement} */ (target).matches("input, select")) {
      changeLook({ size: look().size + step });
      position.resized(isLive());
    }
  });
}

async function open() {
  applyLook();
  listen();
  await speak(preferredPageLanguage());
  const obstacle = obstacleToCapture();
  if (obstacle) {
    showProblem(obstacle);
  }
  const isOffered = await offered;
  showWords();
  await signInIfNeeded(link.has("start"));
  if (info.engine && !isOffered) {
    showProblem("unsupported_language");
  } else if (link.has("start") && !isLive() && (info.signed_in ?? true)) {
    controls.pressRecord();
  }
}

open();
