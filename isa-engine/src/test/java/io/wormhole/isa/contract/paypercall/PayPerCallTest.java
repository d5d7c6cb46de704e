package io.wormhole.isa.contract.paypercall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractOutcome.Advanced;
import io.wormhole.isa.contract.ContractOutcome.Refused;
import io.wormhole.isa.contract.ContractRefusal;
import io.wormhole.isa.contract.ContractSteps;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import org.junit.jupiter.api.Test;

final class PayPerCallTest {
    private static final int BUYER = 0;
    private static final int SELLER = 1;

    @Test
    void eachCallIsPaidBeforeItRunsAndNoneBeyondTheFunds() {
        for (JsonNode row : Vectors.cases("mechanisms/pay_per_call.json")) {
            Amount deposit = Amount.of(row.get("buyerDeposit").asLong());
            long sellerDeposit = row.get("sellerDeposit").asLong();
            ContractSteps steps = steps(deposit, row.get("price").asLong());

            for (JsonNode call : row.get("calls")) {
                ContractOutcome outcome =
                        steps.send(BUYER, 1, PayPerCall.call(call.get("units").asLong()));
                if (call.get("expect").asText().equals("OK")) {
                    assertThat(outcome).isInstanceOf(Advanced.class);
                } else {
                    assertRefused(outcome, ContractRefusal.PAYS_TOO_MUCH);
                }
                assertThat(steps.steps()).isEqualTo(call.get("nonce").asInt());
                assertThat(steps.locked()).isEqualTo(Amount.of(call.get("buyer").asLong()));
                assertThat(steps.paid(SELLER).baseUnits() + sellerDeposit)
                        .isEqualTo(call.get("seller").asLong());
            }
        }
    }

    @Test
    void contractThatRanOftenGivesTheSameOutcome() {
        ContractSteps steps = steps(Amount.of(30_000), 7);
        ContractOutcome first = steps(Amount.of(30_000), 7).send(BUYER, 1, PayPerCall.call(1));

        for (int i = 0; i < 3_000; i++) {
            ContractOutcome outcome = steps.send(BUYER, 1, PayPerCall.call(1));
            assertThat(((Advanced) outcome).gasUsed()).isEqualTo(((Advanced) first).gasUsed());
        }

        assertThat(steps.paid(SELLER)).isEqualTo(Amount.of(21_000));
    }

    @Test
    void onlyTheBuyerSpendsTheBuyersMoney() {
        assertRefused(
                steps(Amount.of(100), 7).send(SELLER, 1, PayPerCall.call(1)),
                ContractRefusal.TRAPPED);
    }

    @Test
    void callOfNoOrFewerUnitsIsRefused() {
        assertRefused(
                steps(Amount.of(100), 7).send(BUYER, 1, PayPerCall.call(0)),
                ContractRefusal.TRAPPED);
        assertRefused(
                steps(Amount.of(100), 7).send(BUYER, 1, PayPerCall.call(-1)),
                ContractRefusal.TRAPPED);
    }

    @Test
    void productThatNoAmountHoldsIsRefused() {
        assertRefused(
                steps(Amount.of(Long.MAX_VALUE), Long.MAX_VALUE)
                        .send(BUYER, 1, PayPerCall.call(Long.MAX_VALUE)),
                ContractRefusal.PAYS_TOO_MUCH);
    }

    private static ContractSteps steps(Amount locked, long price) {
        return new ContractSteps(
                PayPerCall.loaded(),
                PayPerCall::lock,
                PayPerCall.initialState(BUYER, Amount.of(price)),
                locked);
    }

    private static void assertRefused(ContractOutcome outcome, ContractRefusal reason) {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).reason()).isEqualTo(reason);
    }
}
