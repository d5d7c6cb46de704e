package io.wormhole.channel.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaymentLinksTest {
    private static Hash hash(int number) {
        return Hash.of(DomainTag.GENESIS, Bytes.of((byte) number));
    }

    private static LedgerFact applied(int number) {
        return new LedgerFact.TransactionApplied(hash(number));
    }

    private static LedgerFact progressed(int channel) {
        ChannelId id = new ChannelId(hash(channel));
        return new LedgerFact.ChannelProgressed(
                id,
                Alice.ADDRESS,
                new ChannelState(id, Nonce.ZERO, List.of(Amount.ZERO, Amount.ZERO), List.of()));
    }

    @Test
    void onlyTransactionsThatMayHaveRunAStepAreLookedInto() {
        LedgerFact paid = new LedgerFact.Transferred(Alice.ADDRESS, Alice.ADDRESS, Amount.of(1));

        assertThat(
                        PaymentLinks.progressed(
                                List.of(
                                        applied(1),
                                        paid,
                                        applied(2),
                                        paid,
                                        progressed(50),
                                        applied(3),
                                        paid,
                                        applied(4),
                                        applied(5),
                                        progressed(51))))
                .isEqualTo(
                        Map.of(
                                new ChannelId(hash(50)),
                                Set.of(hash(2)),
                                new ChannelId(hash(51)),
                                Set.of(hash(4), hash(5))));
    }
}
