package dev.steno.session.upstream;

import dev.steno.quota.DailyMinutes;
import dev.steno.recognition.EngineOrder;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.mailbox.TimeSource;

/**
 * Makes the upstreams of a node from what they share.
 *
 * @param budget memory for the audio of all recordings
 * @param minutes where the streams' cost is counted
 */
public record Upstreams(UpstreamLimits limits, ReplayBudget budget, DailyMinutes minutes, TimeSource time) {
    /**
     * @param engines which its streams are opened with
     * @param worker runs every call to the upstream and to its owner
     */
    public Upstream create(EngineOrder engines, SessionWorker worker, Upstream.Owner owner) {
        return new Upstream(this, engines, worker, owner);
    }
}
