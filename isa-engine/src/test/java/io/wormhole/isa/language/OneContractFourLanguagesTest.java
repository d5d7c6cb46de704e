package io.wormhole.isa.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.Disassembler;
import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractMessage;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractOutcome.Advanced;
import io.wormhole.isa.contract.ContractOutcome.Refused;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.contract.order.OrderTerms;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.vm.Execution;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples in four languages: one bytecode, so the same results and the same gas. */
final class OneContractFourLanguagesTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final KeyPair LINE = KeyPair.ofSeed(Bytes.ofHex("11".repeat(32)));
    private static final NetworkId NETWORK = new NetworkId(Hash.ofHex("aa".repeat(32)));
    private static final Hash ORDER = Hash.ofHex("0c".repeat(32));
    private static final OrderTerms TERMS =
            new OrderTerms(
                    NETWORK, ORDER, Amount.of(7), 3, LINE.publicKey(), 0, 1, new BlockHeight(100));

    private static CodeModule example(String name) {
        try {
            String source = Files.readString(EXAMPLES.resolve(name));
            return Programs.module(Language.ofFile(name).orElseThrow(), source);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"py", "erl", "R"})
    void cupOrderIsTheSameBytecodeInEveryLanguage(String ending) {
        String expected = Disassembler.disassemble(example("cup-order/order.js"));

        assertThat(Disassembler.disassemble(example("cup-order/order." + ending)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"py", "erl", "R"})
    void millingIsTheSameBytecodeInEveryLanguage(String ending) {
        String expected = Disassembler.disassemble(example("milling/milling.js"));

        assertThat(Disassembler.disassemble(example("milling/milling." + ending)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"js", "py", "erl", "R", "wha"})
    void cupOrderPaysEachAttestedCupOnceAndInOrder(String ending) {
        Bytes code = example("cup-order/order." + ending).encoded();
        Bytes state = OrderContract.initialState(TERMS);
        Amount locked = Amount.of(21);

        for (int cup = 1; cup <= 3; cup++) {
            Advanced step = (Advanced) deliver(code, state, locked, cup, cup, 50);
            assertThat(step.payouts()).containsExactly(Amount.of(7), Amount.ZERO);
            state = step.state();
            locked = step.remaining();
        }

        assertThat(OrderContract.parse(state).isComplete()).isTrue();
        assertRefused(deliver(code, state, locked, 3, 3, 50), "not the next cup");
        assertRefused(deliver(code, state, locked, 4, 4, 50), "more cups than ordered");
        Bytes start = OrderContract.initialState(TERMS);
        assertRefused(deliver(code, start, locked, 1, 2, 50), "the attestation is not the line's");
        assertRefused(deliver(code, start, locked, 1, 1, 101), "after the deadline");
    }

    private static ContractOutcome deliver(
            Bytes code, Bytes state, Amount locked, int cup, int attested, int height) {
        LockedContract lock =
                new LockedContract(
                        CodeModule.decode(code).commitment(),
                        ContractCall.stateHash(state),
                        locked,
                        2,
                        OrderContract.GAS);
        Bytes payload =
                OrderContract.deliver(cup, OrderContract.attest(LINE, NETWORK, ORDER, attested));
        return ContractCall.run(
                lock, code, state, new ContractMessage(1, new BlockHeight(height), payload));
    }

    private static void assertRefused(ContractOutcome outcome, String reason) {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).detail()).contains(reason);
    }

    @Test
    void millingFollowsMaterialToolAndTheSpindle() {
        CodeModule module = example("milling/milling.py");

        // 1000 · 300 / (10 π) = 9549.3 turns; 2 teeth of 0.02 · √10 mm.
        assertThat(milling(module, "\"aluminium\", \"carbide\", 10.0, 2.0, 24000.0"))
                .startsWith("{9549, 1207.");
        assertThat(milling(module, "\"steel\", \"hss\", 10.0, 2.0, 1000.0"))
                .startsWith("{1000, 63.");
        assertThat(milling(module, "\"cheese\", \"hss\", 10.0, 2.0, 1000.0"))
                .startsWith("trap FAILED");
        assertThat(milling(module, "\"steel\", \"hss\", 0.0, 2.0, 1000.0"))
                .startsWith("trap FAILED");
        assertThat(milling(module, "\"steel\", \"hss\", 10, 2.0, 1000.0"))
                .startsWith("trap WRONG_TYPE");
    }

    private static String milling(CodeModule module, String arguments) {
        List<Value> values = ((ListValue) ValueText.parse("[" + arguments + "]")).elements();
        Execution end = Programs.run(module, "milling", values);
        return Programs.shown(end);
    }
}
