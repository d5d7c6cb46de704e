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
        return with(usual, money, usual.channels());
    }

    /** With a maximum supply. */
    public static NetworkParameters withSupply(Amount maximum) {
        NetworkParameters usual = NetworkParameters.development();
        MoneyRules money =
                new MoneyRules(
                        usual.money().subsidy(),
                        maximum,
                        usual.minimumGasPrice(),
                        Amount.ZERO,
                        Amount.ZERO);
        return with(usual, money, usual.channels());
    }

    /** With countdowns of at least and at most so many blocks. */
    public static NetworkParameters withCountdowns(long least, long most) {
        NetworkParameters usual = NetworkParameters.development();
        return with(usual, usual.money(), new ChannelRules(least, most));
    }

    private static NetworkParameters with(
            NetworkParameters usual, MoneyRules money, ChannelRules channels) {
        return new NetworkParameters(
                usual.cuckoo(),
                usual.pacing(),
                usual.finality(),
                usual.limits(),
                money,
                usual.names(),
                channels,
                usual.oracles());
    }
}
