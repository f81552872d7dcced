/** What is shipped beside the WAR: the container, the compose file and the Terraform files. */
package dev.steno.packaging;
