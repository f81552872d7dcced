/** The embedded recogniser: CMU Sphinx-4 with its US-English model, so that Steno works offline. */
package dev.steno.recognition.sphinx;
