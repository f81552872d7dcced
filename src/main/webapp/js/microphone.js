/**
 * The microphone as frames of 100 ms: 16-bit PCM, mono, 16 kHz. Works on any page: `Microphone.open`, then `close`, which
 * gives everything back to the browser.
 *
 * @typedef {"insecure" | "unsupported" | "denied" | "no_device" | "device_in_use" | "microphone_failed"} MicrophoneFailure
 *
 * @typedef {object} MicrophoneListener
 * @property {(frame: ArrayBuffer) => void} onFrame the last frame of a recording, and the last before a pause, may be shorter
 * @property {() => void} onUnplugged the device has gone, or the person has taken the permission back; `close` is still due
 */

/** The worklet answers within 3 ms; where the browser has stopped it, never. */
const DRAIN_TIMEOUT_MS = 500;

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
  #drained = () => {};

  /**
   * Asks for permission where needed. To be called from a click: browsers start audio only then.
   * @param {string} deviceId of one of `microphones()`; empty, or one that is gone, for the system's choice
   * @param {MicrophoneListener} listener
   * @returns {Promise<Microphone>} rejected with a MicrophoneError
   */
  static async open(deviceId, listener) {
    const obstacle = obstacleToCapture();
    if (obstacle) {
      throw new MicrophoneError(obstacle);
    }
    const context = new AudioContext(); // at the device's rate: Firefox connects a microphone to no other
    let stream;
    try {
      stream = await capture(deviceId);
      await context.audioWorklet.addModule(new URL("pcm-processor.js", import.meta.url));
      await context.resume();
      return new Microphone(context, stream, listener);
    } catch (error) {
      await release(context, stream);
      throw error instanceof MicrophoneError ? error : new MicrophoneError("microphone_failed", error);
    }
  }

  /**
   * @param {AudioContext} context
   * @param {MediaStream} stream
   * @param {MicrophoneListener} listener
   */
  constructor(context, stream, { onFrame, onUnplugged }) {
    this.#context = context;
    this.#stream = stream;
    this.#processor = new AudioWorkletNode(context, "pcm-processor", {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: "explicit", // a stereo microphone is mixed down before the worklet sees it
    });
    this.#processor.port.onmessage = ({ data }) => (data === "drained" ? this.#drained() : onFrame(data));
    this.#source = context.createMediaStreamSource(stream);
    this.#source.connect(this.#processor);
    stream.getAudioTracks()[0].onended = onUnplugged; // not called by our own track.stop()
  }

  /** Sends what was said so far, then listens no more until `resume`. */
  async pause() {
    await this.#drain("drain");
    await this.#context.suspend();
  }

  async resume() {
    await this.#context.resume();
  }

  /** Sends the last samples, then releases the device. */
  async close() {
    await this.#drain("finish");
    this.#source.disconnect();
    this.#processor.port.close();
    await release(this.#context, this.#stream);
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
 * Cancelling echo and suppressing noise smear the quiet consonants that a recogniser lives on, and would remove the other side of
 * a call that is to be transcribed. An even level helps it.
 * @param {string} deviceId
 * @returns {MediaTrackConstraints}
 */
function constraints(deviceId) {
  const processing = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: true };
  return deviceId ? { ...processing, deviceId: { ideal: deviceId } } : processing;
}
