package io.wormhole.settlement.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.chain.Forge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignaturesAheadTest {
    private final List<BareBlock> verified = new ArrayList<>();
    private final SignaturesAhead ahead = new SignaturesAhead(verified::add);
    private final SignedTransaction any =
            Transaction.of(
                            Alice.KEYS.publicKey(),
                            new Nonce(1),
                            Amount.of(10),
                            new Transfer(Bob.ADDRESS, Amount.of(1)))
                    .signedBy(Alice.KEYS, Forge.GENESIS.networkId());

    private BareBlock block(int number, int transactions) {
        Block genesis = GenesisBlock.of(Forge.GENESIS);
        return BareBlock.of(
                genesis.header().withWork(number, List.of()),
                Collections.nCopies(transactions, any));
    }

    @Test
    void theFirstIsLeftToTheChainAndThoseBehindItAreVerifiedMeanwhile() {
        BareBlock first = block(1, 3);
        BareBlock second = block(2, 3);
        BareBlock third = block(3, 3);
        ahead.handedOver(first);
        ahead.handedOver(second);
        ahead.handedOver(second);
        ahead.judged(first.hash());
        ahead.judged(second.hash());

        ahead.handedOver(third);

        assertThat(verified).containsExactly(second);
    }

    @Test
    void noMoreIsVerifiedAheadThanIsRememberedUntilItsTurn() {
        BareBlock small = block(1, 1);
        BareBlock large = block(2, 19_996);
        BareBlock another = block(3, 5);
        BareBlock last = block(4, 4);
        ahead.handedOver(small);
        ahead.handedOver(large);
        ahead.handedOver(another);
        ahead.handedOver(last);
        assertThat(verified).containsExactly(large);

        ahead.judged(small.hash());
        assertThat(verified).containsExactly(large);
        ahead.judged(large.hash());

        assertThat(verified).containsExactly(large, another, last);
    }

    @Test
    void aBlockOfMoreThanIsRememberedIsLeftToTheChain() {
        BareBlock small = block(1, 1);
        BareBlock large = block(2, 20_001);
        BareBlock another = block(3, 5);
        ahead.handedOver(small);
        ahead.handedOver(large);
        ahead.handedOver(another);
        ahead.judged(small.hash());
        assertThat(verified).isEmpty();

        ahead.judged(large.hash());

        assertThat(verified).containsExactly(another);
    }
}
