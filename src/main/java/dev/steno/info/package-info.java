/** What Steno tells about itself to a page that is about to connect. */
package dev.steno.info;
