/**
 * Viewers: people with a link read along with a recording. {@link dev.steno.audience.SharedRecordings} hears the
 * sessions and keeps a feed of what was said in each, {@link dev.steno.audience.Audience} gives out links, and each
 * viewer follows a link at its own pace. What other nodes of a cluster tell comes in by
 * {@link dev.steno.audience.SharedFeeds}.
 */
package dev.steno.audience;
