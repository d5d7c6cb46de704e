package io.wormhole.settlement.block;

import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.merkle.WitnessRecorder;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.StateTree;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A ledger that notes what a block looks at. */
final class Recording {
    private final Map<StateTree, WitnessRecorder> recorders = new EnumMap<>(StateTree.class);

    Recording(Ledger before) {
        for (StateTree tree : StateTree.values()) {
            recorders.put(tree, new WitnessRecorder(before.map(tree)));
        }
    }

    /** The ledger before, watched. */
    Ledger ledger() {
        return Ledger.of(tree -> recorder(tree).map());
    }

    /** What was looked at. */
    BlockWitness witness() {
        List<PartialMap> parts = new ArrayList<>();
        for (StateTree tree : StateTree.values()) {
            parts.add(recorder(tree).witness());
        }
        return new BlockWitness(parts);
    }

    /** A ledger that came of {@link #ledger()}, no longer watched. */
    Effects released(Effects effects) {
        return new Effects(
                effects.ledger().mapped(tree -> recorder(tree)::release),
                effects.facts(),
                effects.justified(),
                effects.finalised());
    }

    private WitnessRecorder recorder(StateTree tree) {
        WitnessRecorder recorder = recorders.get(tree);
        if (recorder == null) {
            throw new IllegalStateException("every tree is recorded");
        }
        return recorder;
    }
}
