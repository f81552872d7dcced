package dev.steno.bounded;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets an old entry for each new one once it is full. Not thread-safe. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    private BoundedMap(int most, boolean accessOrder) {
        super(16, 0.75f, accessOrder);
        this.most = most;
    }

    /** Forgets the entry that was added first. */
    public static <K, V> Map<K, V> lastAdded(int most) {
        return new BoundedMap<>(most, false);
    }

    /** Forgets the entry that was neither read nor written for the longest time. */
    public static <K, V> Map<K, V> lastUsed(int most) {
        return new BoundedMap<>(most, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
