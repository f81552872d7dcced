/** Files as Steno needs them: private to its user, forced to disk, locked by one process at a time. */
package dev.steno.files;
