package io.wormhole.settlement.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.settlement.consensus.CompactTarget;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a network is made of before its first block. */
class GenesisTest {
    private static final Amount STAKE = Amount.of(2_000_000_000L);

    private final Genesis genesis =
            Genesis.development(
                    1_700_000_000_000L,
                    Map.of(Alice.ADDRESS, Amount.of(7), Bob.ADDRESS, Amount.of(8)),
                    Map.of(Alice.ADDRESS, STAKE));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(Genesis.decode(genesis.encoded())).isEqualTo(genesis);
        NetworkParameters standard = NetworkParameters.standard();
        assertThat(CanonicalReader.decode(standard.encoded(), NetworkParameters::readFrom))
                .isEqualTo(standard);
    }

    @Test
    void everyBitThatIsStillAGenesisMakesAnotherNetwork() {
        Arbitrary arbitrary = Arbitrary.forTest("GenesisTest", 9);
        Set<NetworkId> networks = new HashSet<>(Set.of(genesis.networkId()));
        Bytes encoded = genesis.encoded();
        for (int i = 0; i < 400; i++) {
            Bytes flipped = arbitrary.withOneBitFlipped(encoded);
            try {
                Genesis other = Genesis.decode(flipped);
                assertThat(other.encoded()).isEqualTo(flipped);
                assertThat(other.networkId()).isNotEqualTo(genesis.networkId());
                networks.add(other.networkId());
            } catch (IllegalArgumentException malformed) {
                assertThat(malformed).hasMessageContaining("malformed");
            }
        }
        assertThat(networks.size()).isGreaterThan(20);
    }

    @Test
    void theSupplyIsAllBalancesAndStakes() {
        assertThat(genesis.supply()).isEqualTo(Amount.of(2_000_000_015L));
    }

    @Test
    void moreThanTheMaximumSupplyIsRefused() {
        Address third = new Address(Hash.ZERO);
        assertThatThrownBy(
                        () ->
                                Genesis.development(
                                        0,
                                        Map.of(third, MoneyRules.LARGEST_SUPPLY),
                                        Map.of(Alice.ADDRESS, STAKE)))
                .hasMessageContaining("supply");
    }

    @Test
    void aStakeBelowTheMinimumIsRefused() {
        assertThatThrownBy(
                        () -> Genesis.development(0, Map.of(), Map.of(Alice.ADDRESS, Amount.of(1))))
                .hasMessageContaining("allowed: from");
    }

    @Test
    void theFirstTargetIsTheInitialOne() {
        assertThat(genesis.asert().nextBits(0, genesis.timeMillis()))
                .isEqualTo(CompactTarget.EASIEST_BITS);
    }

    @Test
    void parametersOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new Pacing(0, 0, 1, 0x2100ffff, 0x2100ffff))
                .hasMessageContaining("target spacing");
        assertThatThrownBy(() -> new Pacing(10, 11, 1, 0x2100ffff, 0x2100ffff))
                .hasMessageContaining("minimum spacing");
        assertThatThrownBy(() -> new Pacing(10, 0, 1, 0x2100ffff, 0x1d00ffff))
                .hasMessageContaining("easier");
        assertThatThrownBy(() -> new BlockLimits(1, 1, 1)).hasMessageContaining("bytes");
        assertThatThrownBy(() -> new BlockLimits(1 << 20, 0, 1)).hasMessageContaining("gas");
        assertThatThrownBy(() -> new BlockLimits(1 << 20, 1, 1L << 27))
                .hasMessageContaining("space");
        assertThatThrownBy(() -> new ChannelRules(5, 4)).hasMessageContaining("maximum countdown");
        assertThatThrownBy(() -> new NameRules(0, 1, 1, 1, Amount.ZERO, Amount.ZERO))
                .hasMessageContaining("preclaim minimum");
        assertThatThrownBy(
                        () ->
                                new MoneyRules(
                                        Amount.ZERO,
                                        Amount.of(Long.MAX_VALUE),
                                        Amount.ZERO,
                                        Amount.ZERO,
                                        Amount.ZERO))
                .hasMessageContaining("maximum supply");
    }
}
