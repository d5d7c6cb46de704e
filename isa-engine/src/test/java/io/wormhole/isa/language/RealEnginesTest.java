package io.wormhole.isa.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.Program;
import io.wormhole.isa.vm.Vm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the machine computes, the language's own engine computes: the corpus on random arguments,
 * and random programs. Engines that are not installed are skipped. The seed is printed; {@code
 * -Dwormhole.language.runs} asks for more.
 */
final class RealEnginesTest {
    private static final long SEED = Long.getLong("wormhole.language.seed", 20_261_128);
    private static final int RUNS = Integer.getInteger("wormhole.language.runs", 12);

    /** Functions in a file. */
    private static final int BATCH = 60;

    private static final Map<String, String> SIGNATURES = new LinkedHashMap<>();

    static {
        SIGNATURES.put("sum_to", "n");
        SIGNATURES.put("fib", "n");
        SIGNATURES.put("steps", "n n");
        SIGNATURES.put("divisions", "i i");
        SIGNATURES.put("sorted_list", "li");
        SIGNATURES.put("squares", "li");
        SIGNATURES.put("total", "li i");
        SIGNATURES.put("poly", "r");
        SIGNATURES.put("mean", "lr");
        SIGNATURES.put("clamp", "i i i");
        SIGNATURES.put("sizes", "n");
        SIGNATURES.put("greeting", "t i");
        SIGNATURES.put("counts", "lt");
        SIGNATURES.put("composed", "i i");
        SIGNATURES.put("pairs", "n");
        SIGNATURES.put("logic", "i i");
        SIGNATURES.put("found", "li i");
        SIGNATURES.put("roots", "r");
    }

    private final Path folder;

    RealEnginesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** A call in the words of the engine, and what the machine gives. */
    private record Call(String text, String expected) {}

    @ParameterizedTest
    @EnumSource(Engine.class)
    void corpusGivesWhatTheEngineGives(Engine engine) throws Exception {
        assumeTrue(engine.isPresent(), engine + " is not installed");
        String source = Engine.resource("corpus." + engine.ending);
        Random random = new Random(SEED);
        List<Call> calls = new ArrayList<>();
        Program program = Vm.load(Programs.module(engine.language, source));
        SIGNATURES.forEach(
                (name, signature) -> {
                    for (int i = 0; i < RUNS; i++) {
                        List<Value> arguments = arguments(signature, random);
                        calls.add(call(engine, program, name, arguments));
                    }
                });

        compare(engine, source, calls);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void randomProgramsGiveWhatTheEngineGives(Engine engine) throws Exception {
        assumeTrue(engine.isPresent(), engine + " is not installed");
        Random random = new Random(SEED);
        for (int left = 5 * RUNS; left > 0; left -= BATCH) {
            compareRandom(engine, Math.min(left, BATCH), random);
        }
    }

    private void compareRandom(Engine engine, int programs, Random random) throws Exception {
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < programs; i++) {
            source.append(new RandomSource(random).function("f" + i, engine)).append('\n');
        }
        CodeModule module = Programs.module(engine.language, source.toString());
        Program program = Vm.load(module);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < programs; i++) {
            for (int run = 0; run < 4; run++) {
                calls.add(call(engine, program, "f" + i, arguments("i i i", random)));
            }
        }

        compare(engine, source.toString(), calls);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void cornersOfTheLanguageGiveWhatTheEngineGives(Engine engine) throws Exception {
        assumeTrue(engine.isPresent(), engine + " is not installed");
        String source = Engine.resource("corners." + engine.ending);
        CodeModule module = Programs.module(engine.language, source);
        Program program = Vm.load(module);
        List<Call> calls =
                module.functions().stream()
                        .filter(each -> each.arity() == 0 && each.name().matches("t\\d+"))
                        .map(each -> call(engine, program, each.name(), List.of()))
                        .toList();

        compare(engine, source, calls);
        assertThat(calls).hasSizeGreaterThan(30);
    }

    private void compare(Engine engine, String source, List<Call> calls)
            throws IOException, InterruptedException {
        List<String> texts = calls.stream().map(Call::text).toList();
        List<String> printed = engine.run(folder, source, texts);
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).expected())
                    .as("seed %d, %s in %s", SEED, texts.get(i), functionOf(texts.get(i), source))
                    .isEqualTo(printed.get(i));
        }
        assertThat(calls.stream().filter(call -> call.expected().equals("trap")).count())
                .isLessThan(calls.size() / 2);
    }

    /** The lines of the function that {@code call} calls. */
    private static String functionOf(String call, String source) {
        int from = Math.max(0, source.indexOf(call.substring(0, call.indexOf('('))));
        return source.substring(from, Math.min(source.length(), from + 2_000));
    }

    private static Call call(Engine engine, Program program, String name, List<Value> arguments) {
        String text =
                name
                        + arguments.stream()
                                .map(engine::literal)
                                .collect(Collectors.joining(", ", "(", ")"));
        Execution end = Vm.run(program, name, arguments, Programs.PLENTY);
        String expected =
                end instanceof Execution.Returned returned
                        ? engine.shown(returned.value())
                        : "trap";
        return new Call(text, expected);
    }

    private static List<Value> arguments(String signature, Random random) {
        List<Value> values = new ArrayList<>();
        for (String type : signature.split(" ", -1)) {
            values.add(argument(type, random));
        }
        return values;
    }

    private static Value argument(String type, Random random) {
        return switch (type) {
            case "n" -> Value.of(random.nextInt(16));
            case "i" -> Value.of(random.nextInt(61) - 30);
            case "r" -> Value.real((random.nextInt(2001) - 1000) / 16.0);
            case "t" -> Value.text(List.of("ann", "bob", "dora", "cy").get(random.nextInt(4)));
            default -> {
                List<Value> elements = new ArrayList<>();
                for (int i = random.nextInt(8); i > 0; i--) {
                    elements.add(argument(type.substring(1), random));
                }
                yield ListValue.of(elements);
            }
        };
    }
}
