/** What a recording is made of: plain values that every other room shares. Imports only {@code java.*}. */
package dev.steno.transcript;
