package dev.steno.cluster.redis;

import dev.steno.archive.JournalExcerpt;
import dev.steno.audience.LinkStore;
import dev.steno.audience.SharedFeeds;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Recordings as readers at any node follow them. Finals are read from the shared journal; what is new is published, and
 * refused from a node that does not own the recording any more. Thread-safe.
 */
final class RedisFeeds implements SharedFeeds {
    /** Lines of a journal that are read at once: some 200 kB. */
    private static final int MOST_LINES = 400;

    /** As long as a recording may last by default, and its journal is kept. */
    private static final Duration TRANSLATIONS_KEPT = Duration.ofHours(9);

    /** Told once a second: two may be late. */
    private static final Duration READERS_KEPT = Duration.ofSeconds(4);

    /** Renewed whenever a node starts, and each hour. */
    private static final Duration KEY_KEPT = Duration.ofDays(40);

    private static final int BEATS_PER_HOUR = 7_200;

    /** A message of a partial begins with it. */
    private static final String PARTIAL = "p";

    private static final String NEWS = "n";

    private final Access access;
    private final RedisJournals journals;
    private final RedisSubscriptions subscriptions;
    private final Executor parser;
    private final CompletableFuture<byte[]> key = new CompletableFuture<>();
    private volatile byte[] offered;
    private int beats;

    /** What every part of this package needs of the store. */
    record Access(String node, RedisStore store, RedisKeys keys, RedisHeart heart) {}

    /** @param parser reads what was fetched, which takes a moment for a long recording */
    RedisFeeds(Access access, RedisJournals journals, Executor parser) {
        this.access = access;
        this.journals = journals;
        this.parser = parser;
        subscriptions = new RedisSubscriptions(access.store(), access.heart());
        access.heart().onReturn(this::keepKey);
        access.heart().onBeat(() -> {
            if (++beats % BEATS_PER_HOUR == 0) {
                keepKey();
            }
        });
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public LinkStore links(Duration linger) {
        return new RedisLinks(access, linger);
    }

    @Override
    public CompletionStage<byte[]> key(byte[] wanted) {
        offered = wanted.clone();
        keepKey();
        return key;
    }

    /** Completed by whichever answer comes first; afterwards the store is given again what it forgot. */
    private void keepKey() {
        byte[] known = key.isDone() ? key.join() : offered;
        if (known != null) {
            access.store()
                    .run(
                            RedisScript.KEEP_KEY,
                            List.of(access.keys().roomKey()),
                            List.of(Base64.getEncoder().encodeToString(known), Long.toString(KEY_KEPT.toMillis())))
                    .thenAccept(answer -> key.complete(Base64.getDecoder().decode((String) answer.get(0))))
                    .exceptionally(fault -> null); // again when the store answers
        }
    }

    @Override
    public void onLinkChanged(Consumer<String> listener) {
        subscriptions.subscribe(access.keys().linkChanges(), listener);
    }

    @Override
    public void publish(SessionId recording, News news) {
        OptionalLong epoch = journals.epoch(recording);
        if (epoch.isEmpty() || !access.heart().answers()) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of(
                Long.toString(epoch.getAsLong()),
                access.keys().feed(recording),
                message(news),
                Long.toString(TRANSLATIONS_KEPT.toMillis())));
        arguments.addAll(kept(news));
        access.store()
                .run(
                        RedisScript.PUBLISH_FEED,
                        List.of(access.keys().facts(recording), access.keys().translations(recording)),
                        arguments)
                .exceptionally(fault -> null); // what counts is read again
    }

    private static String message(News news) {
        return news instanceof News.Partial partial ? PARTIAL + partial.segment() + " " + partial.text() : NEWS;
    }

    private static List<String> kept(News news) {
        if (news instanceof News.State state) {
            return List.of("state", state.state());
        } else if (news instanceof News.Translated translated) {
            return List.of("translation", translated.segment() + " " + translated.language(), translated.text());
        }
        return List.of("");
    }

    @Override
    public void follow(SessionId recording, Follower follower) {
        subscriptions.subscribe(access.keys().feed(recording), message -> hear(follower, message));
    }

    private static void hear(Follower follower, String message) {
        int space = message.indexOf(' ');
        if (message.startsWith(PARTIAL) && space > 0) {
            follower.onPartial(Integer.parseInt(message.substring(1, space)), message.substring(space + 1));
        } else {
            follower.onNews();
        }
    }

    @Override
    public void unfollow(SessionId recording) {
        subscriptions.unsubscribe(access.keys().feed(recording));
    }

    @Override
    public CompletionStage<Part> read(SessionId recording, Position from) {
        return access.store()
                .run(
                        RedisScript.READ_FEED,
                        List.of(
                                access.keys().facts(recording),
                                access.keys().journal(recording),
                                access.keys().translations(recording)),
                        List.of(
                                Long.toString(from.lines()),
                                Integer.toString(MOST_LINES),
                                Integer.toString(from.translations())))
                .thenApplyAsync(answer -> part(answer, from), parser);
    }

    @SuppressWarnings("unchecked")
    private static Part part(List<Object> answer, Position from) {
        List<String> lines = (List<String>) answer.get(5);
        long next = (Long) answer.get(3) + lines.size();
        boolean more = next < (Long) answer.get(4);
        List<News.Translated> translations = more ? List.of() : translations((List<String>) answer.get(6));
        JournalExcerpt said = JournalExcerpt.parse(lines);
        return new Part(
                answer.get(0).equals(1L),
                said.recording(),
                said.finals(),
                translations,
                (String) answer.get(1),
                answer.get(2).equals(1L),
                new Position(next, translations.isEmpty() ? from.translations() : translations.size()),
                more);
    }

    private static List<News.Translated> translations(List<String> kept) {
        List<News.Translated> translations = new ArrayList<>();
        for (int i = 0; i + 1 < kept.size(); i += 2) {
            String[] name = kept.get(i).split(" ", 2);
            translations.add(new News.Translated(Integer.parseInt(name[0]), name[1], kept.get(i + 1)));
        }
        return translations;
    }

    @Override
    public CompletionStage<Map<SessionId, Readers>> readers(Map<SessionId, Readers> here, Set<SessionId> own) {
        List<String> names = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of(access.node(), Long.toString(READERS_KEPT.toMillis())));
        here.forEach((recording, readers) -> {
            names.add(access.keys().readers(recording));
            arguments.add(readers.count() + " " + String.join(",", readers.languages()));
        });
        List<SessionId> asked = List.copyOf(own);
        asked.forEach(recording -> {
            names.add(access.keys().readers(recording));
            arguments.add("");
        });
        return access.store().run(RedisScript.COUNT_READERS, names, arguments).thenApply(answer -> {
            Map<SessionId, Readers> elsewhere = new HashMap<>();
            for (int i = 0; i < asked.size(); i++) {
                elsewhere.put(asked.get(i), readers((List<?>) answer.get(here.size() + i)));
            }
            return elsewhere;
        });
    }

    private static Readers readers(List<?> nodes) {
        int count = 0;
        Set<String> languages = new HashSet<>();
        for (Object node : nodes) {
            String[] parts = ((String) node).split(" ", 2);
            count += Integer.parseInt(parts[0]);
            Arrays.stream(parts[1].split(",", -1))
                    .filter(language -> !language.isEmpty())
                    .forEach(languages::add);
        }
        return new Readers(count, languages);
    }
}
