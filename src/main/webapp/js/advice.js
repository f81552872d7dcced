/**
 * What went wrong and what to do about it, in a person's words. Codes are the server's and the page's own.
 *
 * @typedef {{ title: string, advice: string }} Advice
 */

/** @type {Record<string, Advice>} */
const ADVICE = {
  // the microphone
  insecure: {
    title: "No microphone on insecure pages",
    advice: "Open this page through https://, or on this machine through http://localhost.",
  },
  unsupported: {
    title: "This browser cannot record",
    advice: "Open this page in a current version of Chrome, Edge, Firefox or Safari.",
  },
  denied: {
    title: "The microphone is blocked",
    advice: "Allow it through the icon beside the address, and in the system's privacy settings. Then press Start again.",
  },
  no_device: { title: "No microphone was found", advice: "Connect one, or choose another in the list, then press Start again." },
  device_in_use: {
    title: "The microphone cannot be opened",
    advice: "Close other programs that use it, or choose another microphone, then press Start again.",
  },
  microphone_failed: {
    title: "The microphone could not be started",
    advice: "Reload the page. If it goes on, try another microphone or browser.",
  },
  unplugged: {
    title: "The microphone has gone",
    advice: "What was said until then is being saved. Connect it again and press Start for a new recording.",
  },
  file_unreadable: {
    title: "This file cannot be played",
    advice: "Choose one that your browser can play: WAV, MP3, M4A, Ogg or FLAC, for example.",
  },
  // the connection
  unreachable: {
    title: "The server cannot be reached",
    advice: "Check that it is running, and your network, then press Start again.",
  },
  signed_out: { title: "This server wants to know who you are", advice: "Sign in, then press Start again." },
  socket_refused: {
    title: "The server is there, but no connection comes about",
    advice: "A proxy may not let WebSockets through, or the server does not take this page's address (ALLOWED_ORIGINS).",
  },
  lost: {
    title: "The connection was lost",
    advice: "The server archives what it had heard until then. Check the network, then press Start for a new recording.",
  },
  restarted: {
    title: "The server was restarted",
    advice: "Your recording goes on where it was. Nothing was lost.",
  },
  not_awaited: {
    title: "Finished without the server",
    advice: "The text so far is kept here. The server stores what it has heard by itself.",
  },
  continued: {
    title: "A new recording has begun",
    advice: "The earlier one ended while the connection was away; the server archives what was final. What you said since is in the new one.",
  },
  gone: {
    title: "The recording ended while the connection was away",
    advice: "The server archives what was final until then.",
  },
  audio_lost: {
    title: "Some of the audio is lost",
    advice: "The connection was away for longer than the 40 seconds that this page keeps. The recording goes on.",
  },
  refused: { title: "The server ended the connection", advice: "Press Start for a new recording, or ask whoever runs this server." },
  not_saved: {
    title: "Nothing was saved",
    advice: "The server kept no transcript. Download the text if there is any, then press Start again.",
  },
  // the server
  busy: { title: "The server is busy", advice: "It takes no new recording now. Wait a moment, then press Start again." },
  recognizer_unavailable: {
    title: "Speech recognition is not available",
    advice: "Try again in a minute, or tell whoever runs this server.",
  },
  recognizer_failed: {
    title: "Speech recognition failed",
    advice: "What was recognised is kept. Press Start for a new recording.",
  },
  archive_delayed: {
    title: "Saving takes longer than usual",
    advice: "The transcript is safe on the server and is stored as soon as the archive answers.",
  },
  storage_failed: {
    title: "The server cannot write to its disk",
    advice: "The recording goes on. Download the text at the end, to be safe.",
  },
  no_speech: { title: "No speech was recognised", advice: "Check that the level moves while you speak, and the choice of microphone." },
  session_expired: { title: "The server ended the recording", advice: "What was said until then is saved. Press Start for a new one." },
  ending: { title: "The recording will end soon", advice: "Stop it where it suits you, and press Start for a new one." },
  overloaded: {
    title: "The recogniser fell behind",
    advice: "Some of the audio was dropped. The recording goes on.",
  },
  too_fast: { title: "The audio came too fast", advice: "What was recognised until then is saved. Press Start for a new recording." },
  unsupported_language: { title: "This language is not available here", advice: "Choose another one, then press Start again." },
};

/**
 * @param {string} code
 * @returns {Advice}
 */
export function adviceFor(code) {
  return ADVICE[code] ?? { title: "Something went wrong", advice: "Press Start to try again. If it goes on, reload the page." };
}
