package io.wormhole.settlement.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Validators on several forks that grow in random order; the honest are torn between them, the
 * others vote on all.
 */
class SafetyProperties {
    private static final int VALIDATORS = 12;
    private static final int RUNS = 150;
    private static final int FORKS = 3;
    private static final int STEPS = 30;

    private final long seed = Long.getLong("wormhole.seed", 20_260_101L);

    @Test
    void belowOneThirdOfByzantineStakeNoTwoFinalCheckpointsConflict() {
        int finalised = 0;
        for (int run = 0; run < RUNS; run++) {
            Network network = new Network(seed + run, 3);

            network.play();

            assertThat(network.choice.alarm()).as("seed %d", seed + run).isEmpty();
            finalised += network.choice.finalised().epoch() > 0 ? 1 : 0;
        }
        assertThat(finalised).as("runs that finalised anything, seed %d", seed).isPositive();
    }

    @Test
    void withMoreTheAlarmIsRaisedAndAThirdOfTheStakeIsCaught() {
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            Network network = new Network(seed + run, 7);

            network.play();

            if (network.choice.alarm().isPresent()) {
                alarms++;
                assertThat(3 * network.caught.size())
                        .as("seed %d", seed + run)
                        .isGreaterThanOrEqualTo(VALIDATORS);
            }
            assertThat(network.byzantine).containsAll(network.caught);
        }
        assertThat(alarms).as("alarms, seed %d", seed).isPositive();
    }

    @Test
    void noMoneyIsMadeOrLostWhateverHappens() {
        for (int run = 0; run < RUNS; run++) {
            Network network = new Network(seed + run, 5);

            network.play();

            for (ShortChain fork : network.forks) {
                assertThat(fork.state().totalHeld().plus(fork.burned()))
                        .as("seed %d", seed + run)
                        .isEqualTo(Amount.of(1000L * VALIDATORS));
            }
        }
    }

    private static final class Network {
        private final SplittableRandom random;
        private final TreeSet<Address> byzantine = new TreeSet<>();
        private final TreeSet<Address> caught = new TreeSet<>();
        private final TreeMap<Address, SlashingProtection> memories = new TreeMap<>();
        private final EvidenceFinder finder = new EvidenceFinder(1000);
        private final List<ShortChain> forks = new ArrayList<>();
        private ForkChoice choice;

        Network(long seed, int byzantineValidators) {
            random = new SplittableRandom(seed);
            Map<Address, Amount> stakes = new TreeMap<>();
            for (int n = 0; n < VALIDATORS; n++) {
                Address address = MechanismVectors.validator("v" + n);
                stakes.put(address, Amount.of(1000));
                memories.put(address, SlashingProtection.NONE);
                if (n < byzantineValidators) {
                    byzantine.add(address);
                }
            }
            ShortChain first = ShortChain.of(stakes);
            choice = ForkChoice.startingAt(first.tip());
            step(first, 0.0);
            forks.add(first);
            for (int fork = 1; fork < FORKS; fork++) {
                forks.add(first.fork("fork" + fork + "-"));
            }
        }

        void play() {
            for (int n = 0; n < STEPS; n++) {
                ShortChain fork = forks.get(random.nextInt(FORKS));
                double zeal = random.nextDouble();
                int blocks = 1 + random.nextInt(6);
                for (int block = 0; block < blocks; block++) {
                    step(fork, zeal);
                }
            }
        }

        private void step(ShortChain chain, double zeal) {
            IndexedBlock block = chain.addBlock(vote -> wants(vote, zeal));
            choice = choice.onBlock(block, chain.tree());
        }

        private boolean wants(Vote vote, double zeal) {
            if (!byzantine.contains(vote.validator())) {
                SlashingProtection memory =
                        memories.getOrDefault(vote.validator(), SlashingProtection.NONE);
                if (!memory.permits(vote) || random.nextDouble() > zeal) {
                    return false;
                }
                memories.put(vote.validator(), memory.after(vote));
            }
            finder.see(vote).ifPresent(evidence -> caught.add(evidence.first().validator()));
            return true;
        }
    }
}
