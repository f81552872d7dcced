/**
 * The microphone as frames of 100 ms: 16-bit PCM, mono, 16 kHz. Works on any page: `Microphone.open`, then `close`,
 * which gives everything back to the browser.
 *
 * @typedef {"insecure" | "unsupported" | "denied" | "no_device" | "device_in_use" | "unreachable" |
 * "microphone_failed"} MicrophoneFailure
 *
 * @typedef {object} MicrophoneListener
 * @property {(frame: ArrayBuffer) => void} onFrame the last frame of a recording, and the last before a pause, may be
 * shorter
 * @property {() => void} onUnplugged the device has gone, or the person has taken the permission back; `close` is still
 * due
 * @property {(stalled: boolean) => void} [onStall] no audio comes although nobody has paused it, as when a call takes a
 * phone's microphone; it comes again
 */

/** The worklet answers within 3 ms; where the browser has stopped it, never. */
const DRAIN_TIMEOUT_MS = 500;
/** Frames come each 100 ms; a busy machine may hold back a few. */
const STALL_MS = 2000;
const WATCH_MS = 500;
/** In samples, nearly a frame: levels are read with each frame. */
const ANALYSED = { fftSize: 4096 };
/** What a person does that may wake the audio again: browsers allow it then. */
const GESTURES = ["pointerdown", "keydown", "visibilitychange"];

/** @type {Record<string, MicrophoneFailure>} by the names that getUserMedia's errors have */
const FAILURES = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "no_device",
  OverconstrainedError: "no_device",
  NotReadableError: "device_in_use",
  AbortError: "device_in_use",
};

export class MicrophoneError extends Error {
  /**
   * @param {MicrophoneFailure} code
   * @param {unknown} [cause]
   */
  constructor(code, cause) {
    super(code, { cause });
    this.code = code;
  }
}

export class Microphone {
  #context;
  #stream;
  #source;
  #processor;
  #listener;
  #drained = () => {};
  #paused = false;
  #stalled = false;
  #heardAt = performance.now();
  #watch;
  #wake = () => void (this.#paused || this.#context.state === "running" || this.#context.resume().catch(() => {}));
  /** Measures the microphone alone, where other audio is mixed in. */
  #own;
  /** @type {{ stream: MediaStream, analyser: AnalyserNode } | null} tab or system audio */
  #beside = null;

  /**
   * Asks for permission where needed. To be called from a click: browsers start audio only then.
   * @param {string} deviceId of one of `microphones()`; empty, or one that is gone, for the system's choice
   * @param {MicrophoneListener} listener
   * @param {MediaStream} [beside] other audio to be mixed in, such as a tab's; given back by `close`
   * @returns {Promise<Microphone>} rejected with a MicrophoneError
   */
  static async open(deviceId, listener, beside) {
    const obstacle = obstacleToCapture();
    if (obstacle) {
      throw new MicrophoneError(obstacle);
    }
    const context = new AudioContext(); // at the device's rate: Firefox connects a microphone to no other
    let stream;
    try {
      stream = await capture(deviceId);
      await loadProcessor(context);
      await context.resume();
      return new Microphone(context, stream, listener, beside);
    } catch (error) {
      await release(context, stream);
      await release(context, beside);
      throw error instanceof MicrophoneError ? error : new MicrophoneError("microphone_failed", error);
    }
  }

  /**
   * @param {AudioContext} context
   * @param {MediaStream} stream
   * @param {MicrophoneListener} listener
   * @param {MediaStream} [beside]
   */
  constructor(context, stream, listener, beside) {
    this.#context = context;
    this.#stream = stream;
    this.#listener = listener;
    this.#processor = new AudioWorkletNode(context, "pcm-processor", {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: "explicit", // a stereo microphone is mixed down before the worklet sees it
    });
    this.#processor.port.onmessage = ({ data }) => (data === "drained" ? this.#drained() : this.#heard(data));
    this.#own = beside && new AnalyserNode(context, ANALYSED);
    this.#source = this.#connect(stream);
    if (beside) {
      this.#add(beside);
    }
    context.onstatechange = this.#wake;
    GESTURES.forEach((gesture) => document.addEventListener(gesture, this.#wake));
    this.#watch = setInterval(() => this.#look(), WATCH_MS);
  }

  /**
   * How loud the microphone and the other audio are now: mean squares from 0 to 1. Nothing where there is no other
   * audio.
   */
  get levels() {
    return this.#own && this.#beside ? { own: power(this.#own), beside: power(this.#beside.analyser) } : undefined;
  }

  /**
   * Goes on with another device; the old one is given back.
   * @param {string} deviceId as in `open`
   */
  async use(deviceId) {
    const stream = await capture(deviceId);
    this.#source.disconnect();
    this.#stream.getTracks().forEach((track) => track.stop());
    this.#stream = stream;
    this.#source = this.#connect(stream);
  }

  /** Sends what was said so far, then listens no more until `resume`. */
  async pause() {
    this.#paused = true;
    await this.#drain("drain");
    await this.#context.suspend();
  }

  async resume() {
    this.#paused = false;
    this.#heardAt = performance.now();
    await this.#context.resume();
  }

  /** Sends the last samples, then releases the device. */
  async close() {
    this.#paused = true;
    clearInterval(this.#watch);
    GESTURES.forEach((gesture) => document.removeEventListener(gesture, this.#wake));
    await this.#drain("finish");
    this.#source.disconnect();
    this.#processor.port.close();
    this.#beside?.stream.getTracks().forEach((track) => track.stop());
    await release(this.#context, this.#stream);
  }

  /** @param {MediaStream} stream */
  #connect(stream) {
    const source = this.#context.createMediaStreamSource(stream);
    source.connect(this.#processor);
    if (this.#own) {
      source.connect(this.#own);
    }
    stream.getAudioTracks()[0].onended = () => this.#listener.onUnplugged(); // not called by our own track.stop()
    return source;
  }

  /** @param {MediaStream} stream */
  #add(stream) {
    const source = this.#context.createMediaStreamSource(stream);
    const analyser = new AnalyserNode(this.#context, ANALYSED);
    source.connect(this.#processor); // what is connected to one input is added up
    source.connect(analyser);
    stream.getAudioTracks()[0].onended = () => (this.#beside = null); // the person has ended the sharing
    this.#beside = { stream, analyser };
  }

  /** @param {ArrayBuffer} frame */
  #heard(frame) {
    this.#heardAt = performance.now();
    this.#tell(false);
    this.#listener.onFrame(frame);
  }

  #look() {
    if (!this.#paused && performance.now() - this.#heardAt > STALL_MS) {
      this.#tell(true);
      this.#wake();
    }
  }

  /** @param {boolean} stalled */
  #tell(stalled) {
    if (this.#stalled !== stalled) {
      this.#stalled = stalled;
      this.#listener.onStall?.(stalled);
    }
  }

  /** @param {"drain" | "finish"} command */
  async #drain(command) {
    if (this.#context.state !== "running") {
      return; // nothing has come since it was drained
    }
    await new Promise((resolve) => {
      this.#drained = () => resolve(undefined);
      setTimeout(resolve, DRAIN_TIMEOUT_MS);
      this.#processor.port.postMessage(command);
    });
  }
}

/**
 * The microphones to choose from: none before permission is given, when they have no names.
 * @returns {Promise<{ id: string, label: string }[]>}
 */
export async function microphones() {
  const devices = obstacleToCapture() ? [] : await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter((device) => device.kind === "audioinput" && device.label)
    .map((device) => ({ id: device.deviceId, label: device.label }));
}

/** @returns {MicrophoneFailure | null} why this page can never record, whatever the person does on it */
export function obstacleToCapture() {
  if (!window.isSecureContext) {
    return "insecure";
  }
  return navigator.mediaDevices && window.AudioWorkletNode ? null : "unsupported";
}

/** @param {AnalyserNode} analyser */
function power(analyser) {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}

/** @param {AudioContext} context */
async function loadProcessor(context) {
  try {
    await context.audioWorklet.addModule(new URL("pcm-processor.js", import.meta.url));
  } catch (error) {
    throw new MicrophoneError("unreachable", error); // the module comes from the server
  }
}

/** @param {string} deviceId */
async function capture(deviceId) {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: constraints(deviceId) });
  } catch (error) {
    throw new MicrophoneError(FAILURES[/** @type {Error} */ (error).name] ?? "microphone_failed", error);
  }
}

/**
 * @param {AudioContext} context
 * @param {MediaStream} [stream]
 */
async function release(context, stream) {
  stream?.getTracks().forEach((track) => track.stop());
  if (context.state !== "closed") {
    await context.close();
  }
}

/**
 * Cancelling echo and suppressing noise smear the quiet consonants that a recogniser lives on, and would remove the
 * other side of a call that is to be transcribed. An even level helps it.
 * @param {string} deviceId
 * @returns {MediaTrackConstraints}
 */
function constraints(deviceId) {
  const processing = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: true };
  return deviceId ? { ...processing, deviceId: { ideal: deviceId } } : processing;
}
