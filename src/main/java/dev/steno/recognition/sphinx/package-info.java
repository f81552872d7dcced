/**
 * The embedded recogniser: the US-English model of CMU Sphinx-4 with its front end and loaders, and a search of Steno's
 * own in two passes, so that Steno works offline.
 */
package dev.steno.recognition.sphinx;
