/** Reads MicroProfile Config the same way for every room: empty is absent, and nonsense stops the deployment. */
package dev.steno.configuration;
