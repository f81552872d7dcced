/** Translations by a <a href="https://libretranslate.com">LibreTranslate</a> server, over HTTP. */
package dev.steno.translation.libretranslate;
