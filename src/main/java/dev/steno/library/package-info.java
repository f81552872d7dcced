/**
 * The library: finds, shows, corrects and deletes what was recorded, as REST resources over the archive. The archive's
 * names and JSON documents are the only truth; everything else here is a cache.
 */
package dev.steno.library;
