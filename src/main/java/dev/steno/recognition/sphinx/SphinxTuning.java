package dev.steno.recognition.sphinx;

/**
 * Every number that trades words against time. How they were found: docs/adr/0002-sphinx-tuning.md.
 *
 * @param languageWeight how much the language model counts against the sound
 * @param wordInsertion probability of one more word; below 1 favours few, long words
 * @param silenceInsertion probability of a silence between two words
 * @param fillerInsertion probability of a noise between two words
 * @param beam how many states survive a frame
 * @param relativeBeam how much less likely than the best a surviving state may be
 * @param wordBeam how many word ends survive a frame
 * @param relativeWordBeam how much less likely than the best a surviving word end may be
 * @param phoneWeight how much it counts, before a state is entered, that the next frames do not sound like its phone
 */
record SphinxTuning(
        float languageWeight,
        double wordInsertion,
        double silenceInsertion,
        double fillerInsertion,
        int beam,
        double relativeBeam,
        int wordBeam,
        double relativeWordBeam,
        float phoneWeight) {
    static final SphinxTuning DEFAULT = new SphinxTuning(8f, 0.1, 0.1, 1e-2, 6000, 1e-40, 30, 1e-30, 2f);
}
