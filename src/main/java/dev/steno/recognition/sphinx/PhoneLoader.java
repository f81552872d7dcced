package dev.steno.recognition.sphinx;

import dev.steno.recognition.sphinx.Phones.Position;
import edu.cmu.sphinx.linguist.acoustic.AcousticModel;
import edu.cmu.sphinx.linguist.acoustic.HMMPosition;
import edu.cmu.sphinx.linguist.acoustic.LeftRightContext;
import edu.cmu.sphinx.linguist.acoustic.Unit;
import edu.cmu.sphinx.linguist.acoustic.UnitManager;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Senone;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.SenoneHMM;
import edu.cmu.sphinx.util.LogMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads {@link Phones} out of Sphinx's acoustic model. */
final class PhoneLoader {
    /** States of a phone and its end. */
    private static final int ROW = Phones.STATES + 1;

    private final AcousticModel model;
    private final UnitManager units;
    private final List<Unit> phones = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<List<Integer>, Integer> sequences = new HashMap<>();

    PhoneLoader(AcousticModel model, UnitManager units) {
        this.model = model;
        this.units = units;
        for (Iterator<Unit> all = model.getContextIndependentUnitIterator(); all.hasNext(); ) {
            phones.add(all.next());
        }
        phones.sort((a, b) -> Integer.compare(number(a), number(b)));
        for (int i = 0; i < phones.size(); i++) {
            numbers.put(phones.get(i).getName(), i);
        }
    }

    /**
     * The phones without context are the first in Sphinx's model files, each with its senones, in the order of
     * codebooks.
     */
    private int number(Unit unit) {
        return senones(alone(unit)).get(0) / Phones.STATES;
    }

    private SenoneHMM alone(Unit unit) {
        return (SenoneHMM) model.lookupNearestHMM(unit, HMMPosition.UNDEFINED, true);
    }

    private static List<Integer> senones(SenoneHMM hmm) {
        return Arrays.stream(hmm.getSenoneSequence().getSenones())
                .map(Senone::getID)
                .map(Long::intValue)
                .toList();
    }

    /** The phone's number in {@link #load}. */
    int numberOf(Unit unit) {
        return numbers.get(unit.getName());
    }

    Phones load() {
        Map<Position, int[]> table = new EnumMap<>(Position.class);
        for (Position position : Position.values()) {
            table.put(position, sequences(position));
        }
        int[] senones = new int[sequences.size() * Phones.STATES];
        sequences.forEach((sequence, id) -> {
            for (int state = 0; state < Phones.STATES; state++) {
                senones[id * Phones.STATES + state] = sequence.get(state);
            }
        });
        float[][] transitions = phones.stream().map(this::transitions).toArray(float[][]::new);
        return new Phones(phones.size(), numberOf(UnitManager.SILENCE), table, senones, transitions);
    }

    private int[] sequences(Position position) {
        int count = phones.size();
        int[] table = new int[count * count * count];
        for (int i = 0; i < table.length; i++) {
            Unit phone = phones.get(i / (count * count));
            SenoneHMM hmm = phone.isFiller()
                    ? alone(phone)
                    : between(phones.get(i / count % count), phone, phones.get(i % count), position);
            table[i] = sequences.computeIfAbsent(senones(hmm), key -> sequences.size());
        }
        return table;
    }

    private SenoneHMM between(Unit left, Unit phone, Unit right, Position position) {
        LeftRightContext context = LeftRightContext.get(context(left), context(right));
        Unit unit = units.getUnit(phone.getName(), false, context);
        return (SenoneHMM) model.lookupNearestHMM(unit, HMMPosition.valueOf(position.name()), false);
    }

    /** Beside a noise, a phone sounds as beside silence. */
    private static Unit[] context(Unit neighbour) {
        return new Unit[] {neighbour.isFiller() ? UnitManager.SILENCE : neighbour};
    }

    private float[] transitions(Unit phone) {
        float[][] matrix = alone(phone).getTransitionMatrix();
        float[] transitions = new float[ROW * ROW];
        for (int i = 0; i < transitions.length; i++) {
            float probability = matrix[i / ROW][i % ROW];
            transitions[i] = probability == LogMath.LOG_ZERO ? Float.NEGATIVE_INFINITY : probability;
        }
        return transitions;
    }
}
