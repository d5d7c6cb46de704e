package io.wormhole.oracle.rules;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;

/**
 * What a network demands of questions.
 *
 * @param depositPerBlock asker's deposit per block of the answering window
 * @param minimumWindowBlocks shortest answering window, 1 or more
 * @param maximumWindowBlocks longest answering window
 * @param maximumDelayBlocks how far ahead a window may open
 * @param counterclaimBlocks how long an answer, or a missed window, can be disputed, 1 or more
 * @param voteBlocks length of one voting window, 1 or more; there is one extension of equal length
 * @param shares how disputed deposits are divided
 */
public record OracleTerms(
        Amount depositPerBlock,
        long minimumWindowBlocks,
        long maximumWindowBlocks,
        long maximumDelayBlocks,
        long counterclaimBlocks,
        long voteBlocks,
        DisputeShares shares)
        implements Canonical {
    private static final long MAXIMUM_BLOCKS = 100_000_000;

    /** Refuses empty, reversed or absurdly long windows, and deposits that would overflow. */
    public OracleTerms {
        require("minimum window", minimumWindowBlocks, 1, MAXIMUM_BLOCKS);
        require("maximum window", maximumWindowBlocks, minimumWindowBlocks, MAXIMUM_BLOCKS);
        require("maximum delay", maximumDelayBlocks, 0, MAXIMUM_BLOCKS);
        require("counterclaim window", counterclaimBlocks, 1, MAXIMUM_BLOCKS);
        require("vote window", voteBlocks, 1, MAXIMUM_BLOCKS);
        depositPerBlock.times(maximumWindowBlocks);
    }

    private static void require(String what, long found, long from, long to) {
        if (found < from || found > to) {
            throw new IllegalArgumentException(
                    "%s of %d blocks; allowed: %d to %d".formatted(what, found, from, to));
        }
    }

    /** Reads terms in the order of the fields. */
    public static OracleTerms readFrom(CanonicalReader in) {
        return new OracleTerms(
                Amount.readFrom(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                DisputeShares.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(depositPerBlock)
                .writeLong(minimumWindowBlocks)
                .writeLong(maximumWindowBlocks)
                .writeLong(maximumDelayBlocks)
                .writeLong(counterclaimBlocks)
                .writeLong(voteBlocks)
                .write(shares);
    }

    /** What a question with this answering window costs its asker as a deposit. */
    public Amount deposit(long windowBlocks) {
        return depositPerBlock.times(windowBlocks);
    }
}
