/** The protocol of vosk-server, so that its many clients work with Steno by another address. */
package dev.steno.protocol.vosk;
