package dev.steno.live;

import dev.steno.session.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one message.
 *
 * @param values in order; numbers and booleans as they were written, lists with commas, null as absent
 * @param strings names of the fields whose values are JSON strings
 */
record JsonFields(Map<String, String> values, Set<String> strings) {
    /** @return empty if the field is absent; a field of any other type is refused */
    Optional<String> string(String name) throws RefusedMessageException {
        String value = values.get(name);
        if (value != null && !strings.contains(name)) {
            throw refused("The field " + name + " is a string.");
        }
        return Optional.ofNullable(value);
    }

    String requiredString(String name) throws RefusedMessageException {
        return string(name).orElseThrow(() -> refused("The field " + name + " is missing."));
    }

    private static RefusedMessageException refused(String message) {
        return new RefusedMessageException(ErrorCode.BAD_MESSAGE, message);
    }
}
