package dev.steno.translation;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The texts that wait for one pair of languages, and the one request that is under way. What waits goes in one request,
 * as much as the service takes; while the service fails, everything waits longer and longer. Thread-safe.
 */
final class Lane {
    /** Hours of speech. Of more, the oldest are given up: after such an outage they interest nobody. */
    private static final int WAITING = 2_000;

    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    /** Between tries while somebody has to repair something, or the day's characters are used up. */
    private static final long LASTING_PAUSE_MILLIS = 300_000;

    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    private final Translator translator;
    private final String source;
    private final String target;
    private final DailyCharacters budget;
    private final ScheduledExecutorService timer;
    private final TranslationObserver observer;
    private final Deque<Wish> urgent = new ArrayDeque<>();
    private final Deque<Wish> backlog = new ArrayDeque<>();
    private boolean busy;
    private int failures;
    /** So many are sent one by one: a batch with them was refused. */
    private int singles;

    private boolean told;

    /** One text that somebody waits for. */
    record Wish(String text, long since, Consumer<Optional<String>> onDone) {}

    /** @param pair source and target */
    Lane(
            Translator translator,
            List<String> pair,
            DailyCharacters budget,
            ScheduledExecutorService timer,
            TranslationObserver observer) {
        this.translator = translator;
        this.source = pair.get(0);
        this.target = pair.get(1);
        this.budget = budget;
        this.timer = timer;
        this.observer = observer;
    }

    void add(Wish wish, boolean first) {
        Optional<Wish> givenUp = Optional.empty();
        synchronized (this) {
            (first ? urgent : backlog).add(wish);
            if (urgent.size() + backlog.size() > WAITING) {
                givenUp = Optional.of((backlog.isEmpty() ? urgent : backlog).remove());
            }
        }
        givenUp.ifPresent(old -> old.onDone().accept(Optional.empty()));
        proceed();
    }

    private void proceed() {
        List<Wish> batch;
        synchronized (this) {
            if (busy) {
                return;
            }
            batch = take();
            if (batch.isEmpty()) {
                return;
            }
            busy = true;
        }
        long characters = characters(batch);
        if (!budget.take(characters)) {
            tell("TRANSLATION_DAILY_CHARACTERS is used up; translations go on tomorrow (UTC).");
            again(batch, LASTING_PAUSE_MILLIS);
            return;
        }
        observer.onSent(characters);
        translator
                .translate(batch.stream().map(Wish::text).toList(), source, target)
                .whenComplete((texts, fault) -> onAnswer(batch, texts, fault));
    }

    private static long characters(List<Wish> batch) {
        return batch.stream().mapToLong(wish -> wish.text().length()).sum();
    }

    /** Nothing waits, and nothing is under way. */
    synchronized boolean isIdle() {
        return !busy && urgent.isEmpty() && backlog.isEmpty();
    }

    /** As many as go into one request, the urgent ones first. */
    private List<Wish> take() {
        List<Wish> batch = new ArrayList<>();
        int most = singles > 0 ? 1 : translator.batch();
        singles = Math.max(0, singles - 1);
        while (batch.size() < most && !(urgent.isEmpty() && backlog.isEmpty())) {
            batch.add((urgent.isEmpty() ? backlog : urgent).remove());
        }
        return batch;
    }

    private void onAnswer(List<Wish> batch, List<String> texts, Throwable fault) {
        if (fault != null) {
            onFailure(batch, fault);
            return;
        }
        synchronized (this) {
            busy = false;
            failures = 0;
            told = false;
        }
        for (int i = 0; i < batch.size(); i++) {
            Wish wish = batch.get(i);
            observer.onTranslated((System.nanoTime() - wish.since()) / 1e9);
            wish.onDone().accept(Optional.of(texts.get(i)));
        }
        proceed();
    }

    private void onFailure(List<Wish> batch, Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        TranslationException.Kind kind =
                cause instanceof TranslationException known ? known.kind() : TranslationException.Kind.PASSING;
        observer.onFailure(kind);
        budget.giveBack(characters(batch));
        tell(cause.getMessage());
        switch (kind) {
            case PASSING -> again(batch, pause());
            case LASTING -> again(batch, LASTING_PAUSE_MILLIS);
            case REFUSED -> giveUp(batch);
        }
    }

    /** One text of a batch may be the reason, so each is tried by itself; one that is refused by itself is given up. */
    private void giveUp(List<Wish> batch) {
        synchronized (this) {
            busy = false;
            if (batch.size() > 1) {
                putBack(batch);
                singles = batch.size();
            }
        }
        if (batch.size() == 1) {
            batch.get(0).onDone().accept(Optional.empty());
        }
        proceed();
    }

    private void putBack(List<Wish> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            urgent.addFirst(batch.get(i));
        }
    }

    private synchronized long pause() {
        failures++;
        return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 10));
    }

    /** Puts a batch back to where it was, for a later try. */
    @SuppressWarnings("FutureReturnValueIgnored") // the task deals with every outcome
    private void again(List<Wish> batch, long pauseMillis) {
        synchronized (this) {
            putBack(batch);
        }
        try {
            timer.schedule(this::afterPause, pauseMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The server takes no more tasks: it is going down.", e);
        }
    }

    private void afterPause() {
        synchronized (this) {
            busy = false;
        }
        proceed();
    }

    private void tell(String problem) {
        synchronized (this) {
            if (told) {
                return;
            }
            told = true;
        }
        LOG.log(Level.WARNING, "Translations from {0} into {1} do not come: {2}", source, target, problem);
    }
}
