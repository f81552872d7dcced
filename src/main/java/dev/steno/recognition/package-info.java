/**
 * Turns audio into words. The port {@link dev.steno.recognition.SpeechRecognizer} stands here; each vendor has a
 * sub-package of its own, and a selector chooses one at start-up.
 */
package dev.steno.recognition;
