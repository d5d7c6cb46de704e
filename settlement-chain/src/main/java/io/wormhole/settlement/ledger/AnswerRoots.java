package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * The roots of answered oracles at checkpoints, so that contracts can check the proof of an answer.
 * Answers never change, so an older root is as good as a new one; a proof stays good until as many
 * other final roots have come.
 *
 * @param epoch the present epoch
 * @param present root at the checkpoint with which the epoch began
 * @param before root at the checkpoint before that, which this epoch's votes can make final
 * @param known roots that were final when the epoch began, the newest first, each once
 */
public record AnswerRoots(long epoch, Hash present, Hash before, List<Hash> known)
        implements Canonical {
    /** Most final roots that are kept. */
    static final int MOST = 16;

    /** Before the first epoch. */
    public static final AnswerRoots NONE = new AnswerRoots(0, Hash.ZERO, Hash.ZERO, List.of());

    /** Copies the list. */
    public AnswerRoots {
        known = List.copyOf(known);
    }

    /** Strict. */
    public static AnswerRoots readFrom(CanonicalReader in) {
        return new AnswerRoots(
                in.readLong(),
                Hash.readFrom(in),
                Hash.readFrom(in),
                in.readList(MOST, Hash::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(epoch).write(present).write(before).writeList(known);
    }

    /** The final roots, when the checkpoint of {@code finalEpoch} is the last final one. */
    public List<Hash> finalRoots(long finalEpoch) {
        boolean isNew =
                finalEpoch + 1 == epoch && !before.equals(Hash.ZERO) && !known.contains(before);
        if (!isNew) {
            return known;
        }
        List<Hash> all = new ArrayList<>();
        all.add(before);
        all.addAll(known);
        return all.subList(0, Math.min(MOST, all.size()));
    }

    /** These when another epoch begins, after a checkpoint with {@code root}. */
    AnswerRoots next(long nextEpoch, long finalEpoch, Hash root) {
        return new AnswerRoots(nextEpoch, root, present, finalRoots(finalEpoch));
    }
}
