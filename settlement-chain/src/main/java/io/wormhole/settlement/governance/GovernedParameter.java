package io.wormhole.settlement.governance;

import io.wormhole.oracle.rules.DisputeShares;
import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.Governance;
import io.wormhole.settlement.genesis.ChannelRules;
import io.wormhole.settlement.genesis.MoneyRules;
import io.wormhole.settlement.genesis.NameRules;
import io.wormhole.settlement.genesis.NetworkParameters;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The parameters that the stake can change, with their bounds. Amounts are in base units. */
public enum GovernedParameter {
    /** Least price per byte and per unit of gas. */
    GAS_PRICE("gas.price", 1, 1_000_000, p -> p.minimumGasPrice().baseUnits()),
    /** What an account owes per block. */
    ACCOUNT_RENT("account.rent", 0, 1_000_000, p -> p.money().rentPerBlock().baseUnits()),
    /** Burned by the claim or renewal of a top-level name. */
    NAME_FEE("name.claimFee", 0, 1_000_000_000_000L, p -> p.names().claimFee().baseUnits()),
    /** Burned by the claim or renewal of a lower name. */
    SUB_NAME_FEE("name.subNameFee", 0, 1_000_000_000_000L, p -> p.names().subNameFee().baseUnits()),
    /** The smallest stake. */
    MINIMUM_STAKE(
            "stake.minimum",
            1,
            1_000_000_000_000_000L,
            p -> p.finality().minimumDeposit().baseUnits()),
    /** Deposit of a question per block of its window. */
    ORACLE_DEPOSIT(
            "oracle.depositPerBlock",
            1,
            1_000_000_000L,
            p -> p.oracles().depositPerBlock().baseUnits()),
    /** Shortest countdown of a channel, in blocks. */
    SHORTEST_COUNTDOWN(
            "channel.minimumCountdown", 1, 10_000, p -> p.channels().minimumCountdownBlocks()),
    // The bounds of two that limit each other do not overlap: whatever is voted at a time fits.
    /** Longest countdown of a channel, in blocks. */
    LONGEST_COUNTDOWN(
            "channel.maximumCountdown",
            10_000,
            1_000_000,
            p -> p.channels().maximumCountdownBlocks()),
    /** Percent of a wrong asker's deposit for a right challenger; 0 is the paper's rule. */
    CHALLENGER_SHARE(
            "oracle.challengerPercent", 0, 60, p -> p.oracles().shares().challengerPercent()),
    /** Percent of a wrong party's deposit for those who voted with the result. */
    JUROR_SHARE("oracle.jurorPercent", 0, 40, p -> p.oracles().shares().jurorPercent()),
    /** How long a claimed name lives, in blocks. */
    NAME_TERM("name.term", 100, 100_000_000, p -> p.names().termBlocks());

    private final String id;
    private final long minimum;
    private final long maximum;
    private final ToLongFunction<NetworkParameters> reader;

    GovernedParameter(
            String id, long minimum, long maximum, ToLongFunction<NetworkParameters> reader) {
        this.id = id;
        this.minimum = minimum;
        this.maximum = maximum;
        this.reader = reader;
    }

    /** The parameter of this name. */
    public static Optional<GovernedParameter> find(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }

    /** Its name. */
    public String id() {
        return id;
    }

    /** Its lowest value. */
    public long minimum() {
        return minimum;
    }

    /** Its highest value. */
    public long maximum() {
        return maximum;
    }

    /** Its value now. */
    public long valueIn(NetworkParameters parameters) {
        return reader.applyAsLong(parameters);
    }

    /** Judges a proposal by step and bounds; a network may begin outside of the bounds. */
    Governance.ProposalVerdict judge(NetworkParameters now, long value, boolean anotherIsOpen) {
        long present = valueIn(now);
        return Governance.judge(
                new Governance.Parameter(
                        id, present, Math.min(minimum, present), Math.max(maximum, present)),
                value,
                anotherIsOpen);
    }

    /** Why a proposal is refused, for people. */
    String why(Governance.ProposalVerdict verdict, NetworkParameters now, long value) {
        long present = valueIn(now);
        long step = present / Governance.STEP_DIVISOR;
        return switch (verdict) {
            case NO_CHANGE -> id + " is " + present + " already";
            case ALREADY_OPEN -> "there is a proposal for " + id + " already";
            case STEP_TOO_LARGE ->
                    step == 0
                            ? "%s is %d, of which a fifth is less than one: no vote can change it"
                                    .formatted(id, present)
                            : "%s from %d to %d is too far at once; allowed now: %d to %d"
                                    .formatted(
                                            id,
                                            present,
                                            value,
                                            Math.max(Math.min(minimum, present), present - step),
                                            Math.min(Math.max(maximum, present), present + step));
            default ->
                    "%s to %d does not fit; allowed: %d to %d"
                            .formatted(id, value, minimum, maximum);
        };
    }

    /** The parameters with another value; refuses what does not fit to the others. */
    NetworkParameters set(NetworkParameters p, long value) {
        MoneyRules money = p.money();
        NameRules names = p.names();
        FinalityRules finality = p.finality();
        OracleTerms oracles = p.oracles();
        ChannelRules channels = p.channels();
        switch (this) {
            case GAS_PRICE -> money = money(money, value, money.rentPerBlock().baseUnits());
            case ACCOUNT_RENT -> money = money(money, money.minimumGasPrice().baseUnits(), value);
            case NAME_FEE -> names = names(names, value, names.subNameFee().baseUnits());
            case SUB_NAME_FEE -> names = names(names, names.claimFee().baseUnits(), value);
            case MINIMUM_STAKE ->
                    finality =
                            new FinalityRules(
                                    finality.epochLength(),
                                    finality.leakQuotient(),
                                    finality.logoutDelayDynasties(),
                                    finality.withdrawalDelayEpochs(),
                                    Amount.of(value));
            case ORACLE_DEPOSIT -> oracles = oracles(oracles, Amount.of(value), oracles.shares());
            case CHALLENGER_SHARE ->
                    oracles =
                            oracles(
                                    oracles,
                                    oracles.depositPerBlock(),
                                    new DisputeShares(
                                            oracles.shares().jurorPercent(),
                                            (int) value,
                                            oracles.shares().unresolvedBurnPercent()));
            case JUROR_SHARE ->
                    oracles =
                            oracles(
                                    oracles,
                                    oracles.depositPerBlock(),
                                    new DisputeShares(
                                            (int) value,
                                            oracles.shares().challengerPercent(),
                                            oracles.shares().unresolvedBurnPercent()));
            case SHORTEST_COUNTDOWN ->
                    channels = new ChannelRules(value, channels.maximumCountdownBlocks());
            case LONGEST_COUNTDOWN ->
                    channels = new ChannelRules(channels.minimumCountdownBlocks(), value);
            case NAME_TERM ->
                    names =
                            new NameRules(
                                    names.preclaimMinimumBlocks(),
                                    names.preclaimMaximumBlocks(),
                                    value,
                                    names.maximumTermBlocks(),
                                    names.claimFee(),
                                    names.subNameFee());
        }
        return new NetworkParameters(
                p.cuckoo(), p.pacing(), finality, p.limits(), money, names, channels, oracles);
    }

    private static OracleTerms oracles(OracleTerms usual, Amount deposit, DisputeShares shares) {
        return new OracleTerms(
                deposit,
                usual.minimumWindowBlocks(),
                usual.maximumWindowBlocks(),
                usual.maximumDelayBlocks(),
                usual.counterclaimBlocks(),
                usual.voteBlocks(),
                shares);
    }

    private static MoneyRules money(MoneyRules usual, long gasPrice, long rent) {
        return new MoneyRules(
                usual.subsidy(),
                usual.maximumSupply(),
                Amount.of(gasPrice),
                Amount.of(rent),
                usual.deleteReward());
    }

    private static NameRules names(NameRules usual, long claimFee, long subNameFee) {
        return new NameRules(
                usual.preclaimMinimumBlocks(),
                usual.preclaimMaximumBlocks(),
                usual.termBlocks(),
                usual.maximumTermBlocks(),
                Amount.of(claimFee),
                Amount.of(subNameFee));
    }
}
