package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.linguist.acoustic.UnitManager;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Pool;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Senone;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Sphinx3Loader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;

/** Sphinx's loader, but the senones that it puts into the model are {@link StatelessSenone}s. */
final class SharedModelLoader extends Sphinx3Loader {
    private static final float WEIGHT_FLOOR = 1e-7f; // Sphinx's default
    private static final float VARIANCE_FLOOR = 1e-4f; // Sphinx's default
    private static final int TOP_GAUSSIANS = 4; // Sphinx's default

    private GaussianCodebooks codebooks;

    SharedModelLoader(URL location, UnitManager units) {
        super(location, units, 0f, WEIGHT_FLOOR, VARIANCE_FLOOR, TOP_GAUSSIANS, true);
    }

    GaussianCodebooks codebooks() {
        return codebooks;
    }

    @Override
    protected void loadHMMPool(boolean contextDependent, InputStream definition) throws IOException {
        codebooks = new GaussianCodebooks(meansPool, variancePool, mixtureWeights, getSenone2Ci(), varianceFloor);
        senonePool = new Pool<Senone>("senones");
        for (int id = 0; id < codebooks.senones(); id++) {
            senonePool.put(id, new StatelessSenone(id));
        }
        super.loadHMMPool(contextDependent, definition);
    }
}
