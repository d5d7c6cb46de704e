package io.wormhole.settlement.block;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.settlement.consensus.MedianTime;
import io.wormhole.settlement.genesis.Genesis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * Verifies stretches of past blocks with nothing but the headers before them, so each block on
 * whatever core is free.
 */
public final class PastBlocks implements AutoCloseable {
    private final BlockVerifier verifier;
    private final ForkJoinPool pool;

    /** Works on {@code threads} cores. */
    public PastBlocks(Genesis genesis, int threads) {
        this.verifier = new BlockVerifier(genesis);
        this.pool = new ForkJoinPool(threads);
    }

    /** The first block that is not valid. */
    public record Fault(long height, Judgement.Invalid why) {}

    /**
     * Judges blocks that follow each other.
     *
     * @param before the headers before the first block, oldest first: the last 11, or all
     * @return the lowest fault; empty when all are valid
     */
    public Optional<Fault> verify(List<BlockHeader> before, List<Block> blocks) {
        List<BlockHeader> headers = new ArrayList<>(before);
        blocks.forEach(block -> headers.add(block.header()));
        int known = before.size();
        return pool.submit(
                        () ->
                                IntStream.range(0, blocks.size())
                                        .parallel()
                                        .mapToObj(i -> judge(headers, known + i, blocks.get(i)))
                                        .flatMap(Optional::stream)
                                        .min(Comparator.comparingLong(Fault::height)))
                .join();
    }

    private Optional<Fault> judge(List<BlockHeader> headers, int index, Block block) {
        List<BlockHeader> recent =
                headers.subList(Math.max(0, index - MedianTime.ANCESTORS), index);
        HeaderContext context =
                new HeaderContext(
                        recent.get(recent.size() - 1),
                        recent.stream().map(BlockHeader::timeMillis).toList());
        return verifier.verify(context, block) instanceof Judgement.Invalid invalid
                ? Optional.of(new Fault(block.header().height().value(), invalid))
                : Optional.empty();
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
