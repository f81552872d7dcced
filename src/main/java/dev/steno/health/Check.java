package dev.steno.health;

import java.util.Map;

/**
 * The answer of one check.
 *
 * @param data for people and dashboards; values are strings, numbers or booleans
 */
record Check(String name, boolean up, Map<String, Object> data) {
    /** For callers that may not know more: paths, buckets and numbers are the operator's. */
    Check statusOnly() {
        return new Check(name, up, Map.of());
    }
}
