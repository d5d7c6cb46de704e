package io.wormhole;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom, and what pure code may not do; docs/architecture.md tells it in words. */
final class ArchitectureTest {
    private static final String ROOT = "io.wormhole.";

    // Decisions: functions of their arguments, the same on every machine and at every time.
    private static final String[] PURE = {
        ROOT + "protocol..",
        ROOT + "isa..",
        ROOT + "oracle.rules..",
        ROOT + "settlement.block..",
        ROOT + "settlement.consensus..",
        ROOT + "settlement.cuckoo..",
        ROOT + "settlement.genesis..",
        ROOT + "settlement.ledger..",
        ROOT + "channel.decider..",
        ROOT + "channel.update..",
        ROOT + "supervision.policy..",
        ROOT + "runtime.gcode..",
    };

    private static JavaClasses code;

    @BeforeAll
    static void read() {
        ImportOption production =
                location ->
                        !location.contains("/test-classes/") && !location.contains("-tests.jar");
        code = new ClassFileImporter().withImportOption(production).importPackages("io.wormhole");
    }

    static Stream<Arguments> modules() {
        return Stream.of(
                Arguments.of("protocol", List.of()),
                Arguments.of("isa", List.of("protocol")),
                Arguments.of("supervision", List.of()),
                Arguments.of("cluster", List.of()),
                Arguments.of("oracle", List.of("protocol", "cluster")),
                Arguments.of(
                        "settlement",
                        List.of(
                                "protocol",
                                "cluster",
                                "oracle.rules",
                                "isa.vm",
                                "isa.contract",
                                "isa.bytecode",
                                "isa.value")),
                Arguments.of("channel", List.of("protocol", "isa", "cluster")));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleKnowsOnlyWhatTheTableAllows(String module, List<String> allowed) {
        DescribedPredicate<JavaClass> ours = resideInAPackage("io.wormhole..");
        String[] known =
                Stream.concat(Stream.of(module), allowed.stream())
                        .map(name -> ROOT + name + "..")
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .dependOnClassesThat(ours.and(not(resideInAnyPackage(known))))
                .because("its neighbours may be " + allowed)
                .check(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol",
                "isa",
                "supervision",
                "cluster",
                "oracle",
                "settlement",
                "channel"
            })
    void packagesOfAModuleFormNoCycle(String module) {
        slices().matching(ROOT + module + ".(*)..").should().beFreeOfCycles().check(code);
    }

    // Two edges go back, on purpose: whoever works for an order hears the notices of its channel,
    // and
    // the demonstration is a command that uses the other commands as any user does.
    @Test
    void packagesOfTheProgramFormNoCycleButForNoticesAndTheDemonstration() {
        slices().matching(ROOT + "runtime.(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        resideInAPackage(ROOT + "runtime.job.."), simpleName("ChannelNotice"))
                .ignoreDependency(
                        simpleNameStartingWith("DemoCommand"),
                        resideInAPackage(ROOT + "runtime.demo.."))
                .check(code);
    }

    @Test
    void theProgramIsSeenByNothing() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.wormhole.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.wormhole.runtime..")
                .check(code);
    }

    @Test
    void supervisionAndPlumbingKnowNoDomainWord() {
        noClasses()
                .that()
                .resideInAnyPackage("io.wormhole.supervision..", "io.wormhole.cluster..")
                .should()
                .haveSimpleNameContaining("Channel")
                .orShould()
                .haveSimpleNameContaining("Block")
                .orShould()
                .haveSimpleNameContaining("Printer")
                .orShould()
                .haveSimpleNameContaining("Wormhole")
                .check(code);
    }

    @Test
    void decisionsRunWithoutActorsAndWithoutInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.pekko..", "java.net..", "java.sql..", "com.typesafe.config..")
                .check(code);
    }

    @Test
    void decisionsReadNoClockNoChanceAndNothingOfTheMachine() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .accessTargetWhere(
                        accesses(
                                Map.ofEntries(
                                        Map.entry(
                                                "java.lang.System",
                                                Set.of(
                                                        "currentTimeMillis",
                                                        "nanoTime",
                                                        "identityHashCode",
                                                        "getenv",
                                                        "getProperty")),
                                        Map.entry("java.time.Instant", Set.of("now")),
                                        Map.entry(
                                                "java.time.Clock",
                                                Set.of("systemUTC", "systemDefaultZone")),
                                        Map.entry("java.time.LocalDateTime", Set.of("now")),
                                        Map.entry("java.time.ZonedDateTime", Set.of("now")),
                                        Map.entry("java.time.InstantSource", Set.of("system")),
                                        Map.entry("java.lang.Math", Set.of("random")),
                                        Map.entry("java.util.UUID", Set.of("randomUUID")),
                                        Map.entry("java.util.Random", Set.of("<init>")),
                                        Map.entry(
                                                "java.security.SecureRandom",
                                                Set.of("<init>", "getInstanceStrong")),
                                        Map.entry(
                                                ThreadLocalRandom.class.getName(),
                                                Set.of("current")),
                                        Map.entry("java.util.Locale", Set.of("getDefault")),
                                        Map.entry("java.util.TimeZone", Set.of("getDefault")),
                                        Map.entry(
                                                "java.nio.charset.Charset",
                                                Set.of("defaultCharset")),
                                        Map.entry("java.lang.Object", Set.of("identityHashCode")))))
                .check(code);
    }

    @Test
    void textOfDecisionsDependsOnNoLocaleAndNoDefaultCharset() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(String.class, "getBytes")
                .orShould()
                .callConstructor(String.class, byte[].class)
                .check(code);
    }

    // A hash table may be looked into, but none is made where somebody could walk through it.
    @Test
    void consensusMakesNoCollectionWhoseOrderIsThatOfHashes() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.wormhole.settlement.ledger..",
                        "io.wormhole.settlement.consensus..",
                        "io.wormhole.settlement.block..",
                        "io.wormhole.oracle.rules..",
                        "io.wormhole.channel.update..",
                        "io.wormhole.isa.vm..")
                .should()
                .accessTargetWhere(
                        accesses(
                                Map.of(
                                        "java.util.HashMap", Set.of("<init>"),
                                        "java.util.HashSet", Set.of("<init>"),
                                        "java.util.IdentityHashMap", Set.of("<init>"),
                                        "java.util.stream.Collectors",
                                                Set.of("toSet", "toMap", "groupingBy"))))
                .check(code);
    }

    @Test
    void nothingSleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(code);
        noClasses().should().callMethod(Thread.class, "sleep", long.class, int.class).check(code);
    }

    @Test
    void namesSayWhatThingsAreNotThatTheyHelp() {
        for (String empty : List.of("Manager", "Helper", "Utils", "Util", "Impl")) {
            noClasses()
                    .that(not(resideInAPackage("..proto..")))
                    .should()
                    .haveSimpleNameEndingWith(empty)
                    .check(code);
        }
        classes()
                .should()
                .resideOutsideOfPackages("..model..", "..util..", "..utils..", "..impl..")
                .check(code);
    }

    @Test
    void refusalsAndEventsAreValues() {
        // Libraries are not read here, so the classes themselves are asked.
        DescribedPredicate<JavaClass> thrown =
                DescribedPredicate.describe(
                        "thrown", type -> Throwable.class.isAssignableFrom(type.reflect()));
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .and()
                .haveSimpleNameEndingWith("Refusal")
                .and()
                .areTopLevelClasses()
                .should(ArchConditions.be(thrown))
                .check(code);
    }

    @Test
    void everyPackageSaysThatNullIsNoValue() {
        Set<String> silent = new TreeSet<>();

        for (JavaPackage named : packages()) {
            boolean marked =
                    named.tryGetPackageInfo()
                            .filter(
                                    info ->
                                            info.isAnnotatedWith(
                                                    "org.jspecify.annotations.NullMarked"))
                            .isPresent();
            if (!marked) {
                silent.add(named.getName());
            }
        }

        assertThat(silent).as("packages without @NullMarked in package-info.java").isEmpty();
    }

    // Packages that the protobuf compiler fills are not ours to mark.
    private static List<JavaPackage> packages() {
        Set<String> generated = new TreeSet<>();
        code.stream()
                .filter(type -> type.isAssignableTo("com.google.protobuf.MessageOrBuilder"))
                .forEach(type -> generated.add(type.getPackageName()));
        return code.stream()
                .map(JavaClass::getPackage)
                .filter(named -> !generated.contains(named.getName()))
                .distinct()
                .toList();
    }

    private static DescribedPredicate<JavaAccess<?>> accesses(Map<String, Set<String>> members) {
        return DescribedPredicate.describe(
                "is one of " + members.toString().toLowerCase(Locale.ROOT),
                access ->
                        members.getOrDefault(access.getTargetOwner().getName(), Set.of())
                                .contains(access.getTarget().getName()));
    }
}
