/**
 * Final segments in other languages: one request at a time for each pair of languages, and never in the way of
 * captions.
 */
package dev.steno.translation;
