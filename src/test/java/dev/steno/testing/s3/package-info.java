/**
 * S3 on this machine: S3Proxy, a real S3 server that keeps its objects in memory and checks signatures, behind a small
 * proxy that plays faults on command.
 */
package dev.steno.testing.s3;
