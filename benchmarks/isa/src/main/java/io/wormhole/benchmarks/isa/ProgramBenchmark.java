package io.wormhole.benchmarks.isa;

import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractMessage;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.contract.assurance.Crowdfunding;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.contract.order.OrderTerms;
import io.wormhole.isa.contract.paypercall.PayPerCall;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.Program;
import io.wormhole.isa.vm.Vm;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whole programs and contract steps. */
final class ProgramBenchmark {
    private static final GasLimit PLENTY = new GasLimit(1L << 40, 1 << 24);
    private static final NetworkId NETWORK = new NetworkId(Hash.ZERO);
    private static final int MANY = 20_000;
    private static final KeyPair LINE = KeyPair.ofSeed(Bytes.ofHex("11".repeat(32)));

    private ProgramBenchmark() {}

    static void run() {
        System.out.println("program                          median µs   ns per unit   unit");
        vm(
                "fib(27)",
                832_040,
                "call",
                "fn fib(n) { get n push 2 lt if { get n } else {"
                        + " get n push 1 sub call fib get n push 2 sub call fib add } }",
                Value.of(27));
        vm(
                "countdown from 1 000 000",
                1_000_000,
                "iteration",
                "fn down(n) { get n push 0 eq if { push 0 } else { get n push 1 sub call down } }",
                Value.of(1_000_000));
        vm(
                "sum to 1 000 000",
                1_000_000,
                "iteration",
                "fn sum(n, total) { get n push 0 eq if { get total } else {"
                        + " get n push 1 sub get total get n add call sum } }",
                Value.of(1_000_000),
                Value.of(0));
        vm(
                "1 000 000 congruences",
                1_000_000,
                "iteration",
                "fn lcg(n, s) { get n push 0 eq if { get s } else { get n push 1 sub get s"
                        + " push 1103515245 mul push 12345 add push 2147483648 rem call lcg } }",
                Value.of(1_000_000),
                Value.of(1));
        java();
        vm(
                "10 000 SHA-256 of 32 bytes",
                10_000,
                "hash",
                "fn hashes(n, x) { get n push 0 eq if { get x } else {"
                        + " get n push 1 sub get x sha256 call hashes } }",
                Value.of(10_000),
                Value.of(Bytes.of(new byte[32])));
        vm(
                "10 000 map insertions",
                10_000,
                "insertion",
                "fn fill(n, m) { get n push 0 eq if { get m } else {"
                        + " get n push 1 sub get m get n get n mput call fill } }",
                Value.of(10_000),
                MapValue.EMPTY);
        steps();
    }

    private static void vm(String name, int units, String unit, String text, Value... arguments) {
        Program program = Vm.load(Assembler.assemble(text));
        List<Value> given = List.of(arguments);
        Execution once = Vm.run(program, 0, given, PLENTY);
        if (!(once instanceof Execution.Returned)) {
            throw new IllegalStateException(name + ": " + once);
        }
        Program compiled = program.compiled();
        if (!Vm.run(compiled, 0, given, PLENTY).equals(once)) {
            throw new IllegalStateException(name + ": the tiers differ");
        }
        print(name, units, unit, () -> Vm.run(program, 0, given, PLENTY));
        print("  compiled", units, unit, () -> Vm.run(compiled, 0, given, PLENTY));
    }

    private static void java() {
        print("congruences in plain Java", 1_000_000, "iteration", () -> congruences(1_000_000, 1));
    }

    /** What the program of that name does, with Java's exact arithmetic. */
    private static long congruences(int rounds, long seed) {
        long state = seed;
        for (int n = rounds; n != 0; n--) {
            state =
                    Math.addExact(Math.multiplyExact(state, 1_103_515_245L), 12_345L)
                            % 2_147_483_648L;
        }
        return state;
    }

    private static void steps() {
        OrderTerms terms =
                new OrderTerms(
                        NETWORK,
                        Hash.ZERO,
                        Amount.of(7),
                        10,
                        LINE.publicKey(),
                        0,
                        1,
                        new BlockHeight(100));
        Bytes order = OrderContract.initialState(terms);
        LockedContract orderLock = OrderContract.lock(order, Amount.of(70));
        Signature attestation = OrderContract.attest(LINE, NETWORK, Hash.ZERO, 1);
        ContractMessage delivery =
                new ContractMessage(0, new BlockHeight(5), OrderContract.deliver(1, attestation));
        Bytes calls = PayPerCall.initialState(0, Amount.of(7));
        LockedContract callLock = PayPerCall.lock(calls, Amount.of(70));
        ContractMessage call = new ContractMessage(0, new BlockHeight(5), PayPerCall.call(1));

        repeated(
                "order step, signature seen",
                () -> ContractCall.run(orderLock, OrderContract.loaded(), order, delivery));
        repeated(
                "the same from code bytes",
                () -> ContractCall.run(orderLock, OrderContract.code(), order, delivery));
        newSignatures();
        repeated(
                "pay-per-call step",
                () -> ContractCall.run(callLock, PayPerCall.loaded(), calls, call));
        firstRun();
    }

    /**
     * Steps of as many orders as the machine cannot remember the signatures of: each is checked for
     * the first time, or after it was forgotten.
     */
    private static void newSignatures() {
        List<Supplier<?>> steps = new ArrayList<>();
        List<Supplier<?>> checks = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Hash id = Hash.of(DomainTag.ISA, Bytes.ofHex("%08x".formatted(i)));
            OrderTerms terms =
                    new OrderTerms(
                            NETWORK,
                            id,
                            Amount.of(7),
                            10,
                            LINE.publicKey(),
                            0,
                            1,
                            new BlockHeight(100));
            Bytes order = OrderContract.initialState(terms);
            LockedContract lock = OrderContract.lock(order, Amount.of(70));
            Signature attestation = OrderContract.attest(LINE, NETWORK, id, 1);
            ContractMessage delivery =
                    new ContractMessage(
                            0, new BlockHeight(5), OrderContract.deliver(1, attestation));
            steps.add(() -> ContractCall.run(lock, OrderContract.loaded(), order, delivery));
            checks.add(() -> OrderContract.isAttested(terms, 1, attestation));
        }
        Iterator<Supplier<?>> step = Stream.generate(() -> steps).flatMap(List::stream).iterator();
        repeated("order step, new signature", () -> step.next().get());
        Iterator<Supplier<?>> check =
                Stream.generate(() -> checks).flatMap(List::stream).iterator();
        repeated("the signature check alone", () -> check.next().get());
    }

    /** What a contract that was never seen costs before and with its first step. */
    private static void firstRun() {
        Bytes code = Crowdfunding.code();
        List<Value> arguments =
                List.of(Value.of(0), Value.of(1), Value.tuple(Value.of(0), Value.of(0)));
        repeated(
                "verify and first run, " + code.size() + " bytes",
                () -> Vm.run(Vm.load(CodeModule.decode(code)), 0, arguments, PLENTY));
    }

    private static void repeated(String name, Supplier<?> step) {
        print(
                name,
                200,
                "step",
                () -> {
                    Object last = "";
                    for (int i = 0; i < 200; i++) {
                        last = step.get();
                    }
                    return last;
                });
    }

    private static void print(String name, int units, String unit, Supplier<?> work) {
        double nanos = Clock.median(1_500, 15, work);
        System.out.printf(
                Locale.ROOT,
                "%-32s %10.1f %13.1f   %s%n",
                name,
                nanos / 1_000,
                nanos / units,
                unit);
    }
}
