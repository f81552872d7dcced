package dev.steno.servers;

import java.lang.reflect.Field;

/** A field of a server's class, whatever its access. */
final class PrivateField {
    private PrivateField() {}

    static Field of(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
