/**
 * Tells another program of recordings and transcripts, signed, in order and at least once, by Standard Webhooks 1.0.
 */
package dev.steno.webhook;
