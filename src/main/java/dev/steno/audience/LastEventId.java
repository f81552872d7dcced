package dev.steno.audience;

import java.util.Optional;

/**
 * What a viewer that comes back has already.
 *
 * @param recording its name
 * @param next the first segment that the viewer does not have
 */
record LastEventId(String recording, int next) {
    /** @param header of the request, or null; anything that was never an id of ours is as good as none */
    static Optional<LastEventId> parse(String header) {
        int colon = header == null ? -1 : header.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new LastEventId(header.substring(0, colon), Integer.parseInt(header.substring(colon + 1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean fits(Feed feed) {
        return recording.equals(feed.recording()) && next >= 0 && next <= feed.size();
    }
}
