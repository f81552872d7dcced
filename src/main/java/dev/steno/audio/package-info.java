/**
 * Audio as clients of other protocols send it, converted where it arrives: everything behind this package knows one
 * format only.
 */
package dev.steno.audio;
