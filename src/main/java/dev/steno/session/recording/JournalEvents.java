package dev.steno.session.recording;

import dev.steno.session.SessionEvent;

/** What the journal of a recording tells. Belongs to the session's worker. */
final class JournalEvents implements RecordingJournal.Listener {
    private final Life life;
    private final RecordingClock clock;
    private final RecordingOutput output;
    private final Runnable onPassed;

    /** @param onPassed another node goes on with the recording */
    JournalEvents(Life life, RecordingClock clock, RecordingOutput output, Runnable onPassed) {
        this.life = life;
        this.clock = clock;
        this.output = output;
        this.onPassed = onPassed;
    }

    @Override
    public void onPassed() {
        if (!life.hasEnded()) {
            onPassed.run();
        }
    }

    @Override
    public void onFault(Throwable fault) {
        if (!life.hasEnded()) {
            output.journalFault(fault);
        }
    }

    @Override
    public void onShared(boolean durable) {
        if (life.isOpen()) {
            output.send(new SessionEvent.Durability(clock.state(), durable));
        }
    }
}
