/**
 * Readers: people with a link read along with a recording. {@link dev.steno.audience.Audience} hears the sessions and gives out links, a
 * feed keeps what was said in one recording, and each viewer follows a link at its own pace. What other nodes of a cluster tell
 * comes in by {@link dev.steno.audience.SharedFeeds}.
 */
package dev.steno.audience;
