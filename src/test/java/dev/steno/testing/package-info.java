/** What tests share: recorded speech, listeners that remember, measures. */
package dev.steno.testing;
