package dev.steno.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * Loads ES modules from files, with their imports, into one JavaScript context without browser and without timers. Slow
 * but self-contained: an interpreter on the class path, so that the tests need nothing but a JDK.
 */
public final class JavaScript implements AutoCloseable {
    private final Context context = Context.newBuilder("js")
            .allowIO(IOAccess.ALL)
            .allowExperimentalOptions(true)
            .option("js.esm-eval-returns-exports", "true")
            .option("engine.WarnInterpreterOnly", "false")
            .build();

    public Module load(Path file) {
        try {
            Source source = Source.newBuilder("js", file.toFile())
                    .mimeType("application/javascript+module")
                    .build();
            return new Module(context.eval(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** A loaded module by what it exports. */
    public record Module(Value exports) {
        public Set<String> functions() {
            return new TreeSet<>(exports.getMemberKeys());
        }

        /** Calls a function and, when it is asynchronous, checks that it has come to its end. */
        public void call(String function) {
            Value result = exports.invokeMember(function);
            if (result.canInvokeMember("then")) {
                AtomicReference<String> outcome = new AtomicReference<>("still waits for something");
                result.invokeMember("then", into(outcome, ""), into(outcome, "failed: "));
                if (!outcome.get().isEmpty()) {
                    throw new AssertionError(function + " " + outcome.get());
                }
            }
        }

        private static ProxyExecutable into(AtomicReference<String> outcome, String prefix) {
            return arguments -> {
                outcome.set(prefix.isEmpty() ? "" : prefix + arguments[0]);
                return null;
            };
        }
    }
}
