/** The archive that is a folder on the local disk: what Steno uses when no bucket is configured. */
package dev.steno.archive.file;
