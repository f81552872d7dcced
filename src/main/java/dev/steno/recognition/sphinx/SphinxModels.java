package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.linguist.acoustic.UnitManager;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.TiedStateAcousticModel;
import edu.cmu.sphinx.linguist.dictionary.TextDictionary;
import java.io.IOException;
import java.net.URL;
import java.util.List;

/**
 * The US-English models, loaded once. Immutable after loading: any number of decoders use it at once.
 *
 * @param tree of all words of the lexicon
 * @param language for the words of the lexicon, by number
 */
record SphinxModels(
        GaussianCodebooks codebooks,
        Phones phones,
        Lexicon lexicon,
        LexicalTree tree,
        LanguageScores language,
        SphinxTuning tuning) {
    private static final String ROOT = "/edu/cmu/sphinx/models/en-us/";

    /** Takes some seconds. */
    static SphinxModels load(SphinxTuning tuning) throws IOException {
        UnitManager units = new UnitManager();
        SharedModelLoader acoustic = new SharedModelLoader(folder(resource("en-us/mdef")), units);
        TiedStateAcousticModel model = new TiedStateAcousticModel(acoustic, units, true);
        model.allocate();
        TextDictionary dictionary =
                new TextDictionary(resource("cmudict-en-us.dict"), resource("en-us/noisedict"), List.of(), null, units);
        dictionary.allocate();
        SharedLanguageModel language = new SharedLanguageModel(resource("en-us.lm.bin"), dictionary);
        language.allocate();
        PhoneLoader phoneLoader = new PhoneLoader(model, units);
        Phones phones = phoneLoader.load();
        LexiconLoader lexiconLoader = new LexiconLoader(phoneLoader::numberOf);
        Lexicon lexicon = lexiconLoader.load(dictionary, language.getVocabulary());
        LexicalTree tree = LexicalTree.shared(lexicon, phones);
        return new SphinxModels(
                acoustic.codebooks(), phones, lexicon, tree, language.of(lexiconLoader.words()), tuning);
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
}
