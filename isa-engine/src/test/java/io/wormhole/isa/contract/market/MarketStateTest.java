package io.wormhole.isa.contract.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.OracleId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** First states that somebody made up, each wrong in one way. */
final class MarketStateTest {
    private static final long UNIT = 1_000_000;
    private static final Amount PLENTY = Amount.of(Long.MAX_VALUE);
    private static final Value NOBODY = MapValue.EMPTY;
    private static final Value ALICE = Value.of(Alice.ADDRESS.hash().bytes());
    private static final Value BOB = Value.of(Bob.ADDRESS.hash().bytes());
    private static final Value YES = Value.of(true);
    private static final Value NO = Value.of(false);

    private static Value order(Value by, Value side, long limit, long count) {
        return Value.tuple(by, side, Value.of(limit), Value.of(count));
    }

    private static Value holder(Value who, Value yes, Value no) {
        return MapValue.EMPTY.put(who, Value.tuple(yes, no));
    }

    private static MarketState market(long unit, Value shares, Value book, long worth) {
        return MarketState.read(state(unit, shares, book, Value.of(5), worth));
    }

    private static Bytes state(long unit, Value shares, Value book, Value height, long worth) {
        OracleId question = OracleId.of(Alice.ADDRESS, new Nonce(7));
        return ContractCall.state(
                Value.tuple(Value.of(question.hash().bytes()), Value.of(unit)),
                Value.tuple(shares, book, height, Value.list(), Value.of(worth)));
    }

    private static boolean isTrusted(MarketState market) {
        assertThat(market.isCoveredBy(PLENTY)).isEqualTo(market.isWellFormed());
        return market.isWellFormed();
    }

    private static boolean isTrusted(Value... book) {
        return isTrusted(market(UNIT, NOBODY, Value.list(book), -1));
    }

    private static void unreadable(Value shares, Value book, Value height, String why) {
        assertThatThrownBy(() -> MarketState.read(state(UNIT, shares, book, height, -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatTheContractCouldHaveWrittenIsTrusted() {
        Value shares = holder(ALICE, Value.of(3), Value.of(0));
        Value book = Value.list(order(ALICE, YES, 1, 1), order(ALICE, NO, 999_999, 2));

        assertThat(isTrusted(market(UNIT, shares, book, -1))).isTrue();
        assertThat(isTrusted(market(UNIT, shares, Value.list(), UNIT))).isTrue();
        assertThat(isTrusted(sides(25, YES))).isTrue();
    }

    @Test
    void orderOfNoSharesOrOfLessIsNone() {
        assertThat(isTrusted(order(ALICE, YES, 500_000, 0))).isFalse();
        assertThat(isTrusted(order(ALICE, YES, 500_000, -1))).isFalse();
        assertThat(isTrusted(order(ALICE, YES, 500_000, 1_000_000_000_001L))).isFalse();
    }

    @Test
    void limitIsAboveZeroAndBelowTheUnit() {
        for (long limit : new long[] {-1, 0, 1_000_000}) {
            assertThat(isTrusted(order(ALICE, NO, limit, 1))).isFalse();
        }
    }

    @Test
    void oneOrderOfASideByOneAddress() {
        assertThat(isTrusted(order(ALICE, YES, 1, 1), order(ALICE, YES, 2, 1))).isFalse();
        assertThat(isTrusted(order(ALICE, YES, 1, 1), order(BOB, YES, 1, 1))).isTrue();
    }

    @Test
    void sideHasNoMoreOrdersThanTheContractKeeps() {
        assertThat(isTrusted(sides(26, YES))).isFalse();
        assertThat(isTrusted(sides(26, NO))).isFalse();
    }

    private static Value[] sides(int count, Value side) {
        List<Value> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Hash who = Hash.of(DomainTag.ENTROPY, Bytes.of(new byte[] {(byte) i}));
            orders.add(order(Value.of(who.bytes()), side, 5, 1));
        }
        return orders.toArray(Value[]::new);
    }

    @Test
    void answeredYesIsWorthTheUnitAtMost() {
        assertThat(isTrusted(market(UNIT, NOBODY, Value.list(), UNIT + 1))).isFalse();
    }

    @Test
    void nobodyHoldsLessThanNothing() {
        Value one = Value.of(1);
        Value less = Value.of(-1);

        assertThat(isTrusted(market(UNIT, holder(ALICE, less, one), Value.list(), -1))).isFalse();
        assertThat(isTrusted(market(UNIT, holder(ALICE, one, less), Value.list(), -1))).isFalse();
    }

    @Test
    void unitIsAMultipleOfAMillion() {
        assertThat(isTrusted(market(0, NOBODY, Value.list(), -1))).isFalse();
        assertThat(isTrusted(market(UNIT + 1, NOBODY, Value.list(), -1))).isFalse();
    }

    @Test
    void fieldOfAnotherKindIsRefused() {
        Value five = Value.of(5);
        Value one = Value.of(1);
        unreadable(Value.list(), Value.list(), five, "a map");
        unreadable(holder(one, one, one), Value.list(), five, "32 bytes");
        unreadable(holder(ALICE, Value.real(1), one), Value.list(), five, "an integer");
        unreadable(NOBODY, NOBODY, five, "a list");
        unreadable(NOBODY, Value.list(order(ALICE, one, 1, 1)), five, "true or false");
        unreadable(NOBODY, Value.list(order(one, YES, 1, 1)), five, "32 bytes");
        unreadable(NOBODY, Value.list(Value.tuple(ALICE, YES, one)), five, "a tuple of 4");
        unreadable(NOBODY, Value.list(), Value.text("soon"), "an integer");
    }
}
