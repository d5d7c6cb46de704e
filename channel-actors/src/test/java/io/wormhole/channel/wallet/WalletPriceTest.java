package io.wormhole.channel.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.ledger.Amount;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a wallet pays for what blocks do not take. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WalletPriceTest extends WalletOnChain {
    @Test
    void whatWaitsTooLongPaysMoreUntilABlockTakesIt() {
        chain.setLeastPrice(Amount.of(7));
        bring("challenge", 5);
        awaitWaiting(1);

        blocksUntilPrice(2);
        eventually(
                () -> {
                    block();
                    assertThat(chain.waiting()).isEmpty();
                });

        assertThat(settled().purpose()).isEqualTo("challenge");
        assertThat(bobs()).isEqualTo(5);
        assertThat(chain.included()).hasSize(1);
    }

    @Test
    void whatIsWantedNextBeginsNearThePriceThatWasNeeded() {
        chain.setLeastPrice(Amount.of(7));
        bring("close", 5);
        awaitWaiting(1);
        eventually(
                () -> {
                    block();
                    assertThat(chain.waiting()).isEmpty();
                });
        settled();
        long paid = chain.included().get(0).transaction().gasPrice().baseUnits();

        bring("force", 5);
        awaitWaiting(1);

        assertThat(chain.waiting().get(0).transaction().gasPrice().baseUnits())
                .isEqualTo(paid * 2 / 3);
    }

    @Test
    void theCheaperOneCountsWhenABlockTakesIt() {
        chain.setLeastPrice(Amount.of(1_000));
        bring("challenge", 5);
        awaitWaiting(1);
        var first = chain.waiting().get(0);
        blocksUntilPrice(2);
        restart();

        // A miner had kept the first one.
        chain.emptyPool();
        chain.setLeastPrice(Amount.ZERO);
        chain.submit(first);
        eventually(
                () -> {
                    block();
                    assertThat(bobs()).isEqualTo(5);
                });
        bring("challenge", 5);

        assertThat(settled().transaction()).isEqualTo(first.id());
        block();
        assertThat(bobs()).isEqualTo(5);
        assertThat(chain.included()).hasSize(1);
    }

    @Test
    void aPriceOutOfAllProportionIsNotPaid() {
        chain.setLeastPrice(Amount.of(1_000_000));
        bring("challenge", 5);
        awaitWaiting(1);

        for (int i = 0; i < 300; i++) {
            block();
        }
        blocksUntilPrice(2);

        assertThat(chain.waiting().get(0).transaction().gasPrice().baseUnits())
                .isLessThanOrEqualTo(FeeBump.MOST_TIMES);
    }
}
