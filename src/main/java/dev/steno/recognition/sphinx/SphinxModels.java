package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.linguist.Linguist;
import edu.cmu.sphinx.linguist.acoustic.UnitManager;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.TiedStateAcousticModel;
import edu.cmu.sphinx.linguist.dictionary.TextDictionary;
import edu.cmu.sphinx.linguist.lextree.LexTreeLinguist;
import java.io.IOException;
import java.net.URL;
import java.util.List;

/** The US-English models, loaded once. Immutable after loading: any number of decoders use it at once. */
final class SphinxModels {
    private static final String ROOT = "/edu/cmu/sphinx/models/en-us/";

    private final GaussianCodebooks codebooks;
    private final Linguist linguist;
    private final SphinxTuning tuning;

    private SphinxModels(GaussianCodebooks codebooks, Linguist linguist, SphinxTuning tuning) {
        this.codebooks = codebooks;
        this.linguist = linguist;
        this.tuning = tuning;
    }

    /** Takes some seconds. */
    static SphinxModels load(SphinxTuning tuning) throws IOException {
        UnitManager units = new UnitManager();
        SharedModelLoader acoustic = new SharedModelLoader(folder(resource("en-us/mdef")), units);
        TextDictionary dictionary =
                new TextDictionary(resource("cmudict-en-us.dict"), resource("en-us/noisedict"), List.of(), null, units);
        dictionary.allocate();
        LexTreeLinguist linguist = new LexTreeLinguist(
                new TiedStateAcousticModel(acoustic, units, true),
                units,
                new SharedLanguageModel(resource("en-us.lm.bin"), dictionary),
                dictionary,
                true,
                true,
                tuning.wordInsertion(),
                tuning.silenceInsertion(),
                tuning.fillerInsertion(),
                1.0,
                tuning.languageWeight(),
                true,
                false,
                1f,
                0);
        linguist.allocate();
        SearchGraphUnfolder.unfold(linguist.getSearchGraph().getInitialState());
        return new SphinxModels(acoustic.codebooks(), new SharedLinguist(linguist), tuning);
    }

    private static URL resource(String name) throws IOException {
        URL url = SphinxModels.class.getResource(ROOT + name);
        if (url == null) {
            throw new IOException("The speech model " + ROOT + name + " is not on the class path.");
        }
        return url;
    }

    /** Not asked for as a resource: not every class loader finds folders. */
    private static URL folder(URL file) throws IOException {
        String address = file.toExternalForm();
        return new URL(address.substring(0, address.lastIndexOf('/')));
    }

    GaussianCodebooks codebooks() {
        return codebooks;
    }

    Linguist linguist() {
        return linguist;
    }

    SphinxTuning tuning() {
        return tuning;
    }

    SphinxModels with(SphinxTuning t) {
        return new SphinxModels(codebooks, linguist, t);
    }
}
