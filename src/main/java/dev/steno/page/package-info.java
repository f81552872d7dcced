/** The page's files as they are sent: small, compressed, and kept by browsers until there is another build. */
package dev.steno.page;
