package dev.steno.cluster.redis;

import dev.steno.caller.Caller;
import dev.steno.transcript.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * Names in the store. All begin with the cluster's name in braces, so that a Redis Cluster keeps them in one place and
 * a script can use several. No identity, address or token stands in them, only hashes.
 */
final class RedisKeys {
    private final String prefix;

    RedisKeys(String cluster) {
        prefix = "{" + cluster + "}:";
    }

    String nodes() {
        return prefix + "nodes";
    }

    String streams() {
        return prefix + "streams";
    }

    String callerRecordings(Caller caller) {
        return prefix + "caller:" + hash(caller.account());
    }

    String callerStarts(Caller caller) {
        return prefix + "starts:" + hash(caller.account());
    }

    String minutes(LocalDate day) {
        return prefix + "minutes:" + day;
    }

    /** Recordings by the expiry of their owner's lease. */
    String recordings() {
        return prefix + "recordings";
    }

    String facts(SessionId recording) {
        return prefix + "recording:" + recording;
    }

    String journal(SessionId recording) {
        return prefix + "journal:" + recording;
    }

    /** Which recording a resume token opens. */
    String token(String tokenHash) {
        return prefix + "token:" + tokenHash;
    }

    String link(String tokenHash) {
        return prefix + "link:" + tokenHash;
    }

    /** Hashes of the tokens of links that show a recording. */
    String linksOf(SessionId recording) {
        return prefix + "links:" + recording;
    }

    /** The key that tokens of rooms are made with. */
    String roomKey() {
        return prefix + "room-key";
    }

    String translations(SessionId recording) {
        return prefix + "translations:" + recording;
    }

    /** Who reads along, by node. */
    String readers(SessionId recording) {
        return prefix + "readers:" + recording;
    }

    /** Channel: tokens of links that changed. */
    String linkChanges() {
        return prefix + "links";
    }

    /** Channel: what is new in a recording. */
    String feed(SessionId recording) {
        return prefix + "feed:" + recording;
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
