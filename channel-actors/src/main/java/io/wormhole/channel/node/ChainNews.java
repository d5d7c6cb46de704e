package io.wormhole.channel.node;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.Settlement;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;

/** What channels need to know of the chain to decide: its height, and which answers are final. */
final class ChainNews {
    private final Settlement settlement;
    private final Logger log;
    private volatile Optional<BlockHeight> height = Optional.empty();
    private volatile List<Hash> answers = List.of();

    ChainNews(Settlement settlement, Logger log) {
        this.settlement = settlement;
        this.log = log;
    }

    void moved(LedgerEvent event) {
        if (event instanceof LedgerEvent.BlockApplied block) {
            height = Optional.of(block.height());
        } else if (event instanceof LedgerEvent.Finalised) {
            lookForAnswers();
        }
    }

    void lookForAnswers() {
        settlement
                .finalAnswers()
                .whenComplete(
                        (roots, failure) -> {
                            if (failure == null) {
                                answers = roots;
                            } else {
                                // The next final block asks again.
                                log.warn("final answers are not known", failure);
                            }
                        });
    }

    Optional<BlockHeight> height() {
        return height;
    }

    List<Hash> answers() {
        return answers;
    }
}
