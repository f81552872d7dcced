/**
 * The archive that is a bucket: Amazon S3, or a store that speaks its protocol. The only room with an EJB: the
 * container pools it, and it never takes part in a transaction.
 */
package dev.steno.archive.s3;
