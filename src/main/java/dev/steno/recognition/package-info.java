/**
 * Turns audio into words. The port {@link dev.steno.recognition.SpeechRecognizer} stands here; each vendor has a
 * sub-package of its own. A selector chooses the engines at start-up; which of them a recording uses now, and which
 * goes on when that one is given up, {@link dev.steno.recognition.EngineOrder} knows.
 */
package dev.steno.recognition;
