/** Tests of one server whose callers have tokens: {@link dev.steno.it.SharedSteno#signedIn}. */
package dev.steno.it.signedin;
