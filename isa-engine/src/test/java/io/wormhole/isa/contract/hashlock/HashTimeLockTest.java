package io.wormhole.isa.contract.hashlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractOutcome.Advanced;
import io.wormhole.isa.contract.ContractOutcome.Refused;
import io.wormhole.isa.contract.ContractRefusal;
import io.wormhole.isa.contract.ContractSteps;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import org.junit.jupiter.api.Test;

final class HashTimeLockTest {
    private static final int ALICE = 0;
    private static final int BOB = 1;
    private static final Bytes SECRET = Bytes.ofHex("5e".repeat(32));

    @Test
    void scriptOfTheOtherLegIsTheReferenceAndItsSecretOpensOurs() {
        for (JsonNode row : Vectors.cases("mechanisms/htlc_script.json")) {
            Bytes secret = Bytes.ofHex(row.get("preimage").asText());
            Hash hash = Hash.ofHex(row.get("sha256").asText());
            BitcoinHashLock leg =
                    new BitcoinHashLock(
                            hash,
                            Bytes.ofHex(row.get("recipientPkh").asText()),
                            Bytes.ofHex(row.get("refundPkh").asText()),
                            row.get("lockTime").asLong());

            assertThat(leg.script().toHex()).isEqualTo(row.get("expectScript").asText());
            assertThat(leg.witnessProgram().toHex())
                    .isEqualTo(row.get("expectP2WSHProgram").asText());
            assertThat(leg.scriptHash().toHex()).isEqualTo(row.get("expectP2SHHash160").asText());
            assertThat(HashTimeLock.hashOf(secret)).isEqualTo(hash);
            assertThat(lock(hash, 10).send(BOB, 9, HashTimeLock.redeem(secret)))
                    .isInstanceOf(Advanced.class);
        }
    }

    @Test
    void bothLegsOfASwapEndAlike() {
        for (JsonNode row : Vectors.cases("mechanisms/atomic_swap.json")) {
            JsonNode times = row.get("timeouts");
            SwapTimeouts timeouts =
                    new SwapTimeouts(
                            times.get("A").asLong(),
                            times.get("B").asLong(),
                            times.get("gap").asLong(),
                            times.get("min").asLong());
            Hash hash = HashTimeLock.hashOf(SECRET);
            ContractSteps legA = lock(hash, timeouts.expiryA());
            ContractSteps legB = lock(hash, timeouts.expiryB());

            for (JsonNode event : row.get("events")) {
                long now = event.get("t").asLong();
                String what = event.get("do").asText();
                ContractSteps leg = what.endsWith("A") ? legA : legB;
                boolean done =
                        switch (what.substring(0, what.length() - 1)) {
                            case "lock" -> what.endsWith("A") || timeouts.allowsSecondLock(now);
                            case "redeem" -> succeeds(leg, now, HashTimeLock.redeem(SECRET));
                            default -> succeeds(leg, now, HashTimeLock.refund());
                        };
                assertThat(done).as(what).isEqualTo(event.get("expect").asText().equals("OK"));
            }

            assertThat(outcome(legA)).isEqualTo(row.get("expectFinal").get("A").asText());
            assertThat(outcome(legB)).isEqualTo(row.get("expectFinal").get("B").asText());
        }
    }

    @Test
    void secondLockNeedsTheGapAndTheMinimum() {
        assertThat(new SwapTimeouts(200, 100, 80, 40).allowsSecondLock(60)).isTrue();
        assertThat(new SwapTimeouts(200, 100, 80, 40).allowsSecondLock(61)).isFalse();
        assertThat(new SwapTimeouts(179, 100, 80, 40).allowsSecondLock(0)).isFalse();
    }

    @Test
    void wrongOrLongSecretDoesNotOpen() {
        Bytes wrong = Bytes.ofHex("5f".repeat(32));
        Bytes longer = SECRET.concat(Bytes.of((byte) 0));

        assertRefused(lock(HashTimeLock.hashOf(SECRET), 10).send(BOB, 1, redeem(wrong)), "secret");
        assertRefused(
                lock(HashTimeLock.hashOf(longer), 10).send(BOB, 1, redeem(longer)), "32 bytes");
    }

    @Test
    void lockEndsOnce() {
        ContractSteps redeemed = lock(HashTimeLock.hashOf(SECRET), 10);
        redeemed.send(BOB, 9, redeem(SECRET));

        assertRefused(redeemed.send(BOB, 9, redeem(SECRET)), "already ended");
        assertRefused(redeemed.send(ALICE, 10, HashTimeLock.refund()), "already ended");
    }

    @Test
    void lockTimesAndKeyHashesOutOfRangeAreRefused() {
        Bytes key = Bytes.ofHex("00".repeat(20));
        assertThatThrownBy(() -> new BitcoinHashLock(Hash.ZERO, key, key, 0))
                .hasMessageContaining("lock time 0");
        assertThatThrownBy(() -> new BitcoinHashLock(Hash.ZERO, key, key, 1L << 32))
                .hasMessageContaining("allowed 1 to");
        assertThatThrownBy(() -> new BitcoinHashLock(Hash.ZERO, Bytes.EMPTY, key, 1))
                .hasMessageContaining("20 bytes");
    }

    private static Bytes redeem(Bytes secret) {
        return HashTimeLock.redeem(secret);
    }

    private static boolean succeeds(ContractSteps leg, long now, Bytes payload) {
        return leg.send(BOB, now, payload) instanceof Advanced;
    }

    private static String outcome(ContractSteps leg) {
        if (!leg.locked().isZero()) {
            return "LOCKED";
        }
        return leg.paid(BOB).isZero() ? "REFUNDED" : "REDEEMED";
    }

    private static ContractSteps lock(Hash hash, long expiry) {
        return new ContractSteps(
                HashTimeLock.loaded(),
                HashTimeLock::lock,
                HashTimeLock.initialState(hash, BOB, new BlockHeight(expiry)),
                Amount.of(1000));
    }

    private static void assertRefused(ContractOutcome outcome, String detail) {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).reason()).isEqualTo(ContractRefusal.TRAPPED);
        assertThat(((Refused) outcome).detail()).contains(detail);
    }
}
