/** How AWS is reached: region, credentials and endpoint, the same for each service that Steno uses. */
package dev.steno.aws;
