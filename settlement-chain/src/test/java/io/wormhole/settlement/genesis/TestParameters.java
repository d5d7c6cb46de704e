package io.wormhole.settlement.genesis;

import io.wormhole.protocol.ledger.Amount;

/** The development network's parameters with other money. */
public final class TestParameters {
    private TestParameters() {}

    /** With rent, and a reward for finding who cannot pay it, both in base units. */
    public static NetworkParameters withRent(long perBlock, long deleteReward) {
        NetworkParameters usual = NetworkParameters.development();
        MoneyRules money =
                new MoneyRules(
                        usual.money().subsidy(),
                        usual.money().maximumSupply(),
                        usual.minimumGasPrice(),
                        Amount.of(perBlock),
                        Amount.of(deleteReward));
        return new NetworkParameters(
                usual.cuckoo(),
                usual.pacing(),
                usual.finality(),
                usual.limits(),
                money,
                usual.names(),
                usual.channels(),
                usual.oracles());
    }
}
