package dev.steno.recognition.amazon;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionResult;

/** Withholds partial results: where personal data are redacted, AWS redacts them in finals only. */
record FinalsOnly(RecognitionListener listener) implements RecognitionListener {
    @Override
    public void onOpened() {
        listener.onOpened();
    }

    @Override
    public void onPartial(RecognitionResult result) {
        listener.onProgress();
    }

    @Override
    public void onFinal(RecognitionResult result) {
        listener.onFinal(result);
    }

    @Override
    public void onNoWords(double until) {
        listener.onNoWords(until);
    }

    @Override
    public void onProgress() {
        listener.onProgress();
    }

    @Override
    public void onRoom() {
        listener.onRoom();
    }

    @Override
    public void onCompleted() {
        listener.onCompleted();
    }

    @Override
    public void onFailed(RecognitionFailure failure) {
        listener.onFailed(failure);
    }
}
