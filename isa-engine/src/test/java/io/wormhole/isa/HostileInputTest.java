package io.wormhole.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.AssemblyException;
import io.wormhole.isa.bytecode.RevealedCode;
import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.contract.ContractMessage;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.pkg.IsaFaultsException;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.pkg.IsaPackageCodec;
import io.wormhole.isa.value.ArbitraryValues;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever comes in, each door answers with a value or with its own kind of refusal. */
final class HostileInputTest {
    private static final List<String> CONTRACTS =
            List.of("cup-order", "hash-time-lock", "pay-per-call");
    private static final List<String> SCRAPS =
            List.of(
                    "fn",
                    "{",
                    "}",
                    "(",
                    ")",
                    ",",
                    "push",
                    "const",
                    "@",
                    "as",
                    "if",
                    "else",
                    "get",
                    "call",
                    "\"",
                    "#",
                    "#0",
                    "[",
                    "]",
                    "%{",
                    ":",
                    "-",
                    "1.5E9999",
                    "pool",
                    "//",
                    "\n",
                    "99999999999",
                    "closure f 1",
                    "tuple 300",
                    "\u0000",
                    "é",
                    "{".repeat(200));

    private final Arbitrary any = Arbitrary.forTest("HostileInputTest", 23);

    @Test
    void randomBytesAreNoValueNoCodeAndNoPackage() {
        for (int i = 0; i < 3_000; i++) {
            Bytes noise = any.bytesUpTo(200);
            refusesAsMalformed(() -> ValueCodec.decode(noise));
            refusesAsMalformed(() -> RevealedCode.decodeAny(noise));
            assertThat(IsaPackageCodec.decode(noise, any.network()))
                    .isInstanceOf(IsaPackageCodec.Decoded.Faulty.class);
        }
    }

    @Test
    void damagedAssemblyIsRefusedWithItsPlace() {
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(ContractLibrary.source(any.oneOf(CONTRACTS)));
            for (int edits = 1 + any.below(4); edits > 0; edits--) {
                int at = any.below(text.length());
                text.replace(at, Math.min(text.length(), at + any.below(8)), any.oneOf(SCRAPS));
            }
            try {
                assertThat(Assembler.assemble(text.toString())).isNotNull();
            } catch (AssemblyException refused) {
                assertThat(refused).hasMessageMatching("(?s)line \\d+, column \\d+: .+");
            }
        }
    }

    @Test
    void damagedLiteralsAreRefused() {
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(ArbitraryValues.value(any, 3).toString());
            int at = any.below(text.length());
            text.replace(at, Math.min(text.length(), at + any.below(3)), any.oneOf(SCRAPS));
            try {
                assertThat(ValueText.parse(text.toString())).isNotNull();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s)column \\d+: .+");
            }
        }
    }

    @Test
    void randomJsonIsNoManifest() {
        for (int i = 0; i < 2_000; i++) {
            StringBuilder json = new StringBuilder();
            for (int parts = any.below(12); parts > 0; parts--) {
                json.append(
                        any.oneOf(
                                List.of(
                                        "{",
                                        "}",
                                        "[",
                                        "]",
                                        ":",
                                        ",",
                                        "\"name\"",
                                        "1",
                                        "1e99",
                                        "null",
                                        "\"needs\"",
                                        "\"format\"",
                                        "\\u0000",
                                        "\"")));
            }
            try {
                IsaManifest.parse(json.toString());
                fail("a manifest: " + json);
            } catch (IsaFaultsException refused) {
                assertThat(refused.faults()).isNotEmpty();
            }
        }
    }

    @Test
    void anyValueSentToAnyContractIsAnsweredWithinItsLimits() {
        GasLimit limit = new GasLimit(200_000, 2_000);
        for (int i = 0; i < 3_000; i++) {
            Bytes code = ContractLibrary.module(any.oneOf(CONTRACTS)).encoded();
            Bytes state =
                    ContractCall.state(
                            ArbitraryValues.value(any, 3), ArbitraryValues.value(any, 3));
            LockedContract lock =
                    new LockedContract(
                            RevealedCode.decodeAny(code).commitment(),
                            ContractCall.stateHash(state),
                            Amount.of(any.below(1_000)),
                            2,
                            limit);

            ContractOutcome outcome =
                    ContractCall.run(
                            lock,
                            code,
                            state,
                            ContractMessage.of(
                                    any.below(2),
                                    new BlockHeight(any.below(100)),
                                    ArbitraryValues.value(any, 3)));

            if (outcome instanceof ContractOutcome.Advanced step) {
                assertThat(step.remaining().plus(Amount.sum(step.payouts())))
                        .isEqualTo(lock.locked());
            }
        }
    }

    @Test
    void textThatLooksLikeAHugeNumberIsRefusedQuickly() {
        String digits = "9".repeat(500_000);
        try {
            ValueText.parse(digits);
            fail("a value");
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).startsWith("column").hasSizeLessThan(100);
        }
    }

    private static void refusesAsMalformed(Runnable decoding) {
        try {
            decoding.run();
        } catch (MalformedBytesException expected) {
            assertThat(expected).hasMessageStartingWith("malformed at byte");
        }
    }
}
