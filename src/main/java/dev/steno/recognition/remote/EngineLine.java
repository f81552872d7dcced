package dev.steno.recognition.remote;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionResult;

/** The stream as its protocol sees it. What comes after its end is ignored. */
public interface EngineLine {
    /** Sent before any further audio, in the order of the calls. */
    void say(Outgoing message);

    /** The server works on this stream. Twice is the same as once. */
    void opened();

    void partial(RecognitionResult result);

    void settled(RecognitionResult result);

    /** @see dev.steno.recognition.RecognitionListener#onNoWords */
    void noWords(double until);

    void progress();

    /** All that was sent is recognised. */
    void complete();

    void fail(RecognitionFailure failure);

    /** How much audio was sent, in seconds. */
    double sentSeconds();
}
