/** One class of the AWS SDK for Java, replaced: ADR 0006. */
package software.amazon.eventstream;
