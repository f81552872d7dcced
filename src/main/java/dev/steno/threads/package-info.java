/**
 * The one place where threads come from: pools of the container's threads, one for each kind of work, so that none
 * starves the others. Which kinds there are is said by the rooms that do the work.
 */
package dev.steno.threads;
