package io.wormhole.settlement.consensus;

import static io.wormhole.settlement.consensus.MechanismVectors.checkpoint;
import static io.wormhole.settlement.consensus.MechanismVectors.hash;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.math.BigInteger;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FinalityVectorsTest {
    static Stream<JsonNode> scenarios() {
        return MechanismVectors.cases("ffg_finality");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyStepOfTheScenario(JsonNode scenario) {
        SmallNode node = new SmallNode(scenario);

        for (JsonNode step : scenario.get("steps")) {
            String result = node.receive(step);

            JsonNode expect = step.get("expect");
            String name = step.get("id").asText();
            assertThat(result).as(name).isEqualTo(expect.get("result").asText());
            assertThat(node.choice.head().hash())
                    .as(name)
                    .isEqualTo(hash(expect.get("head").asText()));
            assertThat(node.choice.head().justified())
                    .as(name)
                    .isEqualTo(checkpoint(expect.get("headJustified")));
            assertThat(node.choice.finalised())
                    .as(name)
                    .isEqualTo(checkpoint(expect.get("nodeFinalized")));
            assertThat(node.choice.alarm().isPresent())
                    .as(name)
                    .isEqualTo(expect.get("safetyAlarm").asBoolean());
        }
    }

    /** Fork choice and finality state of a node that is fed blocks of votes only. */
    private static final class SmallNode {
        private final FinalityRules rules;
        private final TreeMap<Hash, FinalityState> states = new TreeMap<>();
        private final BlockTree tree;
        private ForkChoice choice;

        SmallNode(JsonNode scenario) {
            int epochLength = scenario.get("epochLength").asInt();
            rules = new FinalityRules(epochLength, 1 << 26, 10, 1000, Amount.of(1));
            IndexedBlock genesis = IndexedBlock.genesis(hash("G"));
            states.put(
                    genesis.hash(),
                    FinalityState.atGenesis(MechanismVectors.stakes(scenario.get("validators"))));
            tree = new BlockTree(genesis);
            choice = ForkChoice.startingAt(genesis);
        }

        String receive(JsonNode step) {
            IndexedBlock parent = tree.find(hash(step.get("parent").asText())).orElseThrow();
            long height = parent.height() + 1;
            Outcome<FinalityState> state =
                    Outcome.accept(
                            Objects.requireNonNull(states.get(parent.hash()))
                                    .beginBlock(height, parent.hash(), rules)
                                    .state());
            for (JsonNode row : step.get("votes")) {
                Vote vote =
                        new Vote(
                                MechanismVectors.validator(row.get("v").asText()),
                                checkpoint(row.get("s")),
                                checkpoint(row.get("t")));
                state =
                        state.fold(
                                accepted -> accepted.applyVote(vote, height, rules),
                                refused -> Outcome.refuse(refused.reason(), refused.detail()));
            }
            return state.fold(
                    accepted -> add(step, parent, accepted),
                    refused -> "INVALID:" + refused.reason().id());
        }

        private String add(JsonNode step, IndexedBlock parent, FinalityState after) {
            assertThat(CanonicalReader.decode(after.encoded(), FinalityState::readFrom))
                    .isEqualTo(after);
            IndexedBlock block =
                    parent.child(
                            hash(step.get("id").asText()),
                            BigInteger.valueOf(step.get("work").asLong()),
                            after);
            states.put(block.hash(), after);
            tree.add(block);
            choice = choice.onBlock(block, tree);
            return "OK";
        }
    }
}
