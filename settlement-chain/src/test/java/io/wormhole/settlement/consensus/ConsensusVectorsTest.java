package io.wormhole.settlement.consensus;

import static io.wormhole.settlement.consensus.MechanismVectors.amount;
import static io.wormhole.settlement.consensus.MechanismVectors.elements;
import static io.wormhole.settlement.consensus.MechanismVectors.hash;
import static io.wormhole.settlement.consensus.MechanismVectors.stakes;
import static io.wormhole.settlement.consensus.MechanismVectors.validator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConsensusVectorsTest {
    static Stream<JsonNode> asert() {
        return MechanismVectors.cases("asert");
    }

    static Stream<JsonNode> dynastyQuorum() {
        return MechanismVectors.cases("dynasty_quorum");
    }

    static Stream<JsonNode> slashing() {
        return MechanismVectors.cases("slashing");
    }

    static Stream<JsonNode> inactivityLeak() {
        return MechanismVectors.cases("inactivity_leak");
    }

    static Stream<JsonNode> blockReward() {
        return MechanismVectors.cases("block_reward");
    }

    static Stream<JsonNode> governance() {
        return MechanismVectors.cases("governance");
    }

    @ParameterizedTest
    @MethodSource("asert")
    void targetFollowsTheSchedule(JsonNode row) {
        Asert asert =
                new Asert(
                        row.get("anchorHeight").asLong(),
                        row.get("anchorParentTime").asLong(),
                        bits(row.get("anchorBits")),
                        row.get("targetSpacing").asLong(),
                        row.get("halfLife").asLong(),
                        bits(row.get("powLimitBits")));

        for (JsonNode step : row.get("rows_height_time_nextBits")) {
            int next = asert.nextBits(step.get(0).asLong(), step.get(1).asLong());

            assertThat(Integer.toHexString(next))
                    .as("%s: %s", row.get("name"), step)
                    .isEqualTo(Integer.toHexString(bits(step.get(2))));
        }
    }

    @ParameterizedTest
    @MethodSource("dynastyQuorum")
    void quorumIsNeededInBothSets(JsonNode row) {
        Set<Address> voters =
                elements(row.get("voters"))
                        .map(name -> validator(name.asText()))
                        .collect(Collectors.toSet());

        boolean justified =
                DynastyQuorum.isReached(
                        stakes(row.get("currentSet")), stakes(row.get("previousSet")), voters);

        assertThat(justified).isEqualTo(row.get("expectJustified").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("slashing")
    void twoVotesAreJudged(JsonNode row) {
        Slashing judgement = Slashing.judge(vote(row.get("vote1")), vote(row.get("vote2")));

        String verdict = judgement.isPunished() ? "YES:" : "NO:";
        String name = judgement.name().toLowerCase(Locale.ROOT).replace('_', '-');
        assertThat(verdict + name).isEqualTo(row.get("expect").asText());
    }

    @ParameterizedTest
    @MethodSource("inactivityLeak")
    void absentStakeLeaksUntilTheRestIsAQuorum(JsonNode row) {
        TreeMap<Address, Amount> deposits =
                new TreeMap<>(stakes(row.get("rows").get(0).get("deposits")));
        Set<Address> online =
                elements(row.get("online"))
                        .map(name -> validator(name.asText()))
                        .collect(Collectors.toSet());
        TreeMap<Long, JsonNode> rows = new TreeMap<>();
        elements(row.get("rows")).forEach(r -> rows.put(r.get("epochsSinceFinality").asLong(), r));

        long last = Math.max(rows.lastKey(), row.get("epochsUntilFinalizable").asLong());
        for (long epochs = 1; epochs <= last; epochs++) {
            boolean isQuorum =
                    DynastyQuorum.isTwoThirds(
                            DynastyQuorum.votedStake(deposits, online),
                            Amount.sum(deposits.values()));
            assertThat(isQuorum)
                    .as("epoch %d", epochs)
                    .isEqualTo(epochs >= row.get("epochsUntilFinalizable").asLong());
            if (rows.containsKey(epochs)) {
                assertLeakRow(rows.get(epochs), deposits, online);
            }
            long esf = epochs;
            deposits.replaceAll(
                    (address, deposit) ->
                            online.contains(address)
                                    ? deposit
                                    : deposit.minus(
                                            InactivityLeak.loss(
                                                    deposit, esf, row.get("Q").asLong())));
        }
    }

    private static void assertLeakRow(
            JsonNode row, Map<Address, Amount> deposits, Set<Address> online) {
        Amount onlineStake = DynastyQuorum.votedStake(deposits, online);
        Amount total = Amount.sum(deposits.values());

        assertThat(deposits).isEqualTo(stakes(row.get("deposits")));
        assertThat(onlineStake).isEqualTo(amount(row.get("onlineWeight")));
        assertThat(total).isEqualTo(amount(row.get("total")));
        assertThat(DynastyQuorum.isTwoThirds(onlineStake, total))
                .isEqualTo(row.get("canFinalize").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("blockReward")
    void rewardIsSharedOut(JsonNode row) {
        BlockReward reward =
                BlockReward.split(
                        amount(row.get("subsidy")),
                        amount(row.get("fees")),
                        amount(row.get("votedStake")),
                        amount(row.get("totalStake")));

        JsonNode expect = row.get("expect");
        assertThat(reward)
                .isEqualTo(
                        new BlockReward(
                                amount(expect.get("miner")),
                                amount(expect.get("validators")),
                                amount(expect.get("rewardPool")),
                                amount(expect.get("minted")),
                                amount(expect.get("unminted"))));
    }

    @ParameterizedTest
    @MethodSource("governance")
    void parameterChangeIsJudged(JsonNode row) {
        Governance.Parameter parameter =
                new Governance.Parameter(
                        row.get("param").asText(),
                        row.get("old").asLong(),
                        row.get("min").asLong(),
                        row.get("max").asLong());

        Governance.ProposalVerdict proposal =
                Governance.judge(parameter, row.get("new").asLong(), false);
        Governance.Tally tally =
                Governance.tally(
                        amount(row.get("yes")), amount(row.get("no")), amount(row.get("T")));

        assertThat(describe(proposal, tally, row)).isEqualTo(row.get("expect").asText());
    }

    private static String describe(
            Governance.ProposalVerdict proposal, Governance.Tally tally, JsonNode row) {
        if (proposal != Governance.ProposalVerdict.OK) {
            return "REJECT:" + proposal.id();
        }
        if (tally != Governance.Tally.PASSED) {
            return "FAIL:" + tally.id();
        }
        return "PASS:activateEpoch="
                + Governance.activationEpoch(
                        row.get("finalizedEpoch").asLong(), row.get("grace").asLong());
    }

    private static Vote vote(JsonNode vote) {
        return new Vote(
                validator(vote.get("v").asText()),
                new Checkpoint(vote.get("se").asLong(), hash("source")),
                new Checkpoint(vote.get("te").asLong(), hash(vote.get("th").asText())));
    }

    private static int bits(JsonNode text) {
        return Integer.parseUnsignedInt(text.asText().substring(2), 16);
    }
}
