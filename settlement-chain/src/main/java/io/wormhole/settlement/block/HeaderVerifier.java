package io.wormhole.settlement.block;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.settlement.consensus.Asert;
import io.wormhole.settlement.consensus.CompactTarget;
import io.wormhole.settlement.consensus.MedianTime;
import io.wormhole.settlement.cuckoo.CuckooParameters;
import io.wormhole.settlement.cuckoo.CuckooProof;
import io.wormhole.settlement.cuckoo.CuckooVerifier;
import io.wormhole.settlement.cuckoo.ProofEncoding;
import io.wormhole.settlement.cuckoo.Verdict;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.Pacing;
import java.util.List;
import java.util.Optional;

/** Checks headers of one network against the headers before them; cheap things first. */
public final class HeaderVerifier {
    private final CuckooParameters work;
    private final CuckooVerifier cuckoo;
    private final Pacing pacing;
    private final Asert asert;

    /** A verifier for the network of {@code genesis}. */
    public HeaderVerifier(Genesis genesis) {
        this.work = genesis.parameters().cuckoo();
        this.cuckoo = new CuckooVerifier(work);
        this.pacing = genesis.parameters().pacing();
        this.asert = genesis.asert();
    }

    /** Everything but the node's clock: link, height, time, target, cycle and work. */
    public Optional<Judgement.Invalid> check(HeaderContext context, BlockHeader header) {
        return checkPlace(context, header)
                .or(() -> checkTarget(context, header))
                .or(() -> checkWork(header));
    }

    /** Whether a header has the work that its own target asks for, wherever it stands. */
    public boolean hasWork(BlockHeader header) {
        try {
            return checkWork(header).isEmpty();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Whether a header's time is acceptable at {@code nowMillis}; it may become so later. */
    public static boolean isNotTooFarAhead(BlockHeader header, long nowMillis) {
        return MedianTime.isNotTooFarAhead(header.timeMillis(), nowMillis);
    }

    /** The earliest time that a child may have, in milliseconds. */
    public long earliestTimeMillis(HeaderContext context) {
        return Math.max(
                Math.addExact(MedianTime.median(context.recentTimes()), 1),
                Math.addExact(context.parent().timeMillis(), pacing.minimumSpacingMillis()));
    }

    /** The target that a child must have, in compact form. */
    public int targetBits(HeaderContext context) {
        BlockHeader parent = context.parent();
        return asert.nextBits(parent.height().value(), parent.timeMillis());
    }

    /** The hash of a proof of work, which must be below the target. */
    public static Bytes workHash(CuckooParameters work, CuckooProof proof) {
        return Bytes.of(ProofEncoding.PACKED_BITS.hash(work, proof));
    }

    private Optional<Judgement.Invalid> checkPlace(HeaderContext context, BlockHeader header) {
        BlockHeader parent = context.parent();
        if (!header.previous().equals(parent.hash())) {
            return invalid(
                    "wrong-parent",
                    "previous hash %s; the parent is %s"
                            .formatted(header.previous(), parent.hash()));
        }
        if (!header.height().equals(parent.height().next())) {
            return invalid(
                    "wrong-height",
                    "height %s after %s".formatted(header.height(), parent.height()));
        }
        long time = header.timeMillis();
        if (!MedianTime.isAfterMedian(context.recentTimes(), time)) {
            return invalid(
                    "time-too-early",
                    "time %d ms; allowed: after the median %d"
                            .formatted(time, MedianTime.median(context.recentTimes())));
        }
        return time - parent.timeMillis() >= pacing.minimumSpacingMillis()
                ? Optional.empty()
                : invalid(
                        "time-too-early",
                        "%d ms after the parent; allowed: from %d"
                                .formatted(
                                        time - parent.timeMillis(), pacing.minimumSpacingMillis()));
    }

    private Optional<Judgement.Invalid> checkTarget(HeaderContext context, BlockHeader header) {
        int expected = targetBits(context);
        return header.targetBits() == expected
                ? Optional.empty()
                : invalid(
                        "wrong-target",
                        "target 0x%08x; required: 0x%08x".formatted(header.targetBits(), expected));
    }

    private Optional<Judgement.Invalid> checkWork(BlockHeader header) {
        CuckooProof proof = proof(header.cycle());
        Verdict verdict = cuckoo.verify(header.workBytes().toArray(), proof);
        if (!verdict.isOk()) {
            return invalid("wrong-cycle", "the proof of work is no cycle: " + verdict);
        }
        Bytes hash = workHash(work, proof);
        return CompactTarget.decode(header.targetBits()).isMetBy(hash.toArray())
                ? Optional.empty()
                : invalid(
                        "too-little-work",
                        "the proof's hash %s is not below the target".formatted(hash));
    }

    private static CuckooProof proof(List<Long> cycle) {
        return CuckooProof.of(cycle.stream().mapToLong(Long::longValue).toArray());
    }

    private static Optional<Judgement.Invalid> invalid(String code, String reason) {
        return Optional.of(new Judgement.Invalid(code, reason));
    }
}
