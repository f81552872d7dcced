package dev.steno.health;

import java.util.Map;

/**
 * The answer of one check.
 *
 * @param data for people and dashboards; values are strings, numbers or booleans
 */
record Check(String name, boolean up, Map<String, Object> data) {}
