package dev.steno.protocol.files;

import dev.steno.protocol.DoorObserver;
import dev.steno.session.TranscriptionSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What all files of this node share. */
@ApplicationScoped
public class FileDoor {
    /** In metrics and logs. */
    static final String NAME = "files";

    private final TranscriptionSessions sessions;
    private final FileRecordings recordings;
    private final FileExecutors executors;
    private final UploadFolder folder;
    private final DoorObserver observer;

    /** For the container's proxy only. */
    protected FileDoor() {
        this(null, null, null, null, null);
    }

    @Inject
    public FileDoor(
            TranscriptionSessions sessions,
            FileRecordings recordings,
            FileExecutors executors,
            UploadFolder folder,
            DoorObserver observer) {
        this.sessions = sessions;
        this.recordings = recordings;
        this.executors = executors;
        this.folder = folder;
        this.observer = observer;
    }

    TranscriptionSessions sessions() {
        return sessions;
    }

    FileRecordings recordings() {
        return recordings;
    }

    FilePump.FileThreads threads() {
        return new FilePump.FileThreads(executors.work(), executors.time());
    }

    UploadFolder folder() {
        return folder;
    }

    DoorObserver observer() {
        return observer;
    }
}
