/** Tests of one server behind which Amazon's stand-ins are: {@link dev.steno.it.SharedSteno#onAmazon}. */
package dev.steno.it.amazon;
