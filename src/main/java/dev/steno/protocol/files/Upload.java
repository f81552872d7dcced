package dev.steno.protocol.files;

import dev.steno.protocol.Languages;
import dev.steno.recognition.PhrasesOption;
import dev.steno.session.RecordingListener.Description;
import dev.steno.session.ServiceDescription;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Brings one request's body to disk as it comes, and begins the transcription when all of it is there. */
final class Upload implements ReadListener, FileTranscription.Receiving {
    private static final int BUFFER = 16 * 1024;

    /** A client that sends nothing for so long is gone, or means no good. */
    private static final long IDLE_NANOS = 30_000_000_000L;

    /** Of the session's title. */
    private static final int LONGEST_TITLE = 200;

    /** Beyond the numbers that recordings of one second get, to the largest that a stem can have. */
    private static final int LEAST_NUMBER = 1_000_000;

    private static final int NUMBER_END = 10_000_000;

    private static final System.Logger LOG = System.getLogger(Upload.class.getName());

    private final FileDoor door;
    private final ServletInputStream in;
    private final Request request;
    private final FileTranscription transcription;
    private final UploadForm form;
    private final MultipartParser parser;
    private final byte[] buffer = new byte[BUFFER];
    private volatile long heardAt = System.nanoTime();
    private volatile boolean over;

    /**
     * What else the request says.
     *
     * @param contentType null if it has none
     * @param prefer the header (RFC 7240); null if it has none
     * @param root the path of Steno's root as the client sees it
     */
    record Request(String contentType, String prefer, String root, ResponseWriter response) {}

    Upload(FileDoor door, ServletInputStream in, Request request, FileTranscription transcription)
            throws RefusedRequestException {
        this.door = door;
        this.in = in;
        this.request = request;
        this.transcription = transcription;
        form = new UploadForm(door.folder());
        parser = new MultipartParser(request.contentType(), form);
    }

    /**
     * Not by {@code isFinished}: on Grizzly (Payara, GlassFish) that is true while the last bytes are still to be read.
     */
    @Override
    public void onDataAvailable() throws IOException {
        while (!over && in.isReady()) {
            int count = in.read(buffer);
            if (count < 0) {
                return;
            }
            heardAt = System.nanoTime();
            take(count);
        }
    }

    /** All of the body at once, on the calling thread, which waits for the client. */
    void readWaiting() throws IOException {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            heardAt = System.nanoTime();
            take(count);
            if (over) {
                return;
            }
        }
        onAllDataRead();
    }

    private void take(int count) {
        try {
            parser.take(buffer, 0, count);
        } catch (RefusedRequestException e) {
            refuse(e);
        } catch (IOException e) {
            if (over) {
                return; // its file was erased in the meantime
            }
            LOG.log(Level.WARNING, "An upload cannot be kept. Check JOURNAL_DIR and its disk.", e);
            refuse(RefusedRequestException.unavailable("disk_failed", "The server's disk cannot take the file."));
        }
    }

    @Override
    public void onAllDataRead() {
        if (over) {
            return;
        }
        over = true;
        try {
            parser.end();
            Wishes wishes = Wishes.of(form, request.prefer());
            WavHeader header = WavHeader.read(form.file());
            transcription.begin(form, header, answer(wishes), options(wishes));
        } catch (RefusedRequestException e) {
            refuse(e);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "An upload cannot be read again.", e);
            refuse(RefusedRequestException.failed("disk_failed", "The server cannot read the uploaded file."));
        }
    }

    private Answer answer(Wishes wishes) {
        if (wishes.deferred()) {
            return new DeferredAnswer(request.response(), wishes, request.root());
        }
        return wishes.streamed() ? new StreamedAnswer(request.response()) : new WholeAnswer(request.response(), wishes);
    }

    /** Of the recording, by name. */
    private Map<String, String> options(Wishes wishes) throws RefusedRequestException {
        ServiceDescription service = door.sessions().description();
        Map<String, String> options = new HashMap<>();
        List<String> wanted = wishes.languages();
        if (!wanted.isEmpty()) {
            String code = wanted.stream()
                    .flatMap(each -> Languages.find(each, service).stream())
                    .findFirst()
                    .orElseThrow(() -> RefusedRequestException.invalid(
                            "language",
                            "unsupported_language",
                            "This server does not know the language " + String.join(" or ", wanted) + "."));
            options.put("language_code", code);
        }
        String hints = PhrasesOption.ofHints(wishes.hints());
        if (!hints.isEmpty() && service.options().contains(PhrasesOption.NAME)) {
            options.put(PhrasesOption.NAME, hints);
        }
        String name = form.fileName();
        if (!name.isBlank()) {
            String title = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
            options.put("title", title.substring(0, Math.min(title.length(), LONGEST_TITLE)));
        }
        if (!wishes.stored()) {
            options.put(Description.STORE, "false");
        }
        if (wishes.deferred()) {
            int number = ThreadLocalRandom.current().nextInt(LEAST_NUMBER, NUMBER_END);
            options.put(Description.NUMBER, Integer.toString(number));
        }
        return options;
    }

    @Override
    public void onError(Throwable fault) {
        LOG.log(Level.DEBUG, "An upload ended early: {0}", fault.toString());
        transcription.gone();
        abort();
    }

    @Override
    public void tick() {
        if (!over && System.nanoTime() - heardAt > IDLE_NANOS) {
            refuse(RefusedRequestException.invalid(
                    408, "timeout", "Nothing came for 30 s in the middle of the upload."));
        }
    }

    private void refuse(RefusedRequestException why) {
        over = true;
        transcription.refuse(why);
        abort();
    }

    /** Another thread may write at this moment: then its write fails. */
    @Override
    public void abort() {
        over = true;
        try {
            form.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "An uploaded file cannot be erased: {0}", e.toString());
        }
    }
}
