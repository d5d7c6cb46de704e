package io.wormhole.oracle.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.oracle.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Combining several sources, and what is written down about them. */
class FeedPlanTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);

    private record Fixed(String name, Optional<String> value) implements Feed {
        @Override
        public CompletionStage<Reading> read() {
            return value.isPresent()
                    ? CompletableFuture.completedFuture(new Reading(name, NOON, value.get()))
                    : CompletableFuture.failedFuture(FeedFault.passing(name, "is off"));
        }
    }

    private static Evidence evaluate(Combination combination, String yesWhen, String... values) {
        List<Feed> feeds =
                Arrays.stream(values)
                        .<Feed>map(
                                value ->
                                        new Fixed(
                                                "feed",
                                                Optional.of(value).filter(v -> !v.equals("off"))))
                        .toList();
        FeedPlan plan = new FeedPlan("plan", feeds, combination, Comparison.parse(yesWhen));
        return plan.evaluate().toCompletableFuture().join();
    }

    private static Optional<Answer> answer(
            Combination combination, String yesWhen, String... values) {
        return evaluate(combination, yesWhen, values).answer();
    }

    @Test
    void aMajorityIsMoreThanHalfOfAllSources() {
        Combination majority = new Combination.Majority(3);

        assertThat(answer(majority, "== delivered", "Delivered", "delivered", "lost"))
                .contains(Answer.YES);
        assertThat(answer(majority, ">= 10", "9", "10", "2")).contains(Answer.NO);
        assertThat(answer(majority, ">= 10", "9", "10", "off")).isEmpty();
        assertThat(answer(majority, ">= 10", "off", "10", "off")).isEmpty();
        assertThat(answer(majority, ">= 10", "ten", "10", "11")).contains(Answer.YES);
    }

    @Test
    void theMedianIsTheMiddleOfTheNumbers() {
        Combination median = new Combination.Median(3);

        assertThat(answer(median, "> 20.5", "20", "21", "1e3")).contains(Answer.YES);
        assertThat(answer(median, "> 20.5", "20", "off", "21")).contains(Answer.NO);
        assertThat(answer(median, "> 20.5", "off", "off", "21")).isEmpty();
        assertThat(answer(median, "== warm", "1", "2", "3")).isEmpty();
    }

    @Test
    void fusionToleratesItsFaultySensorsSilentOnesIncluded() {
        Combination fusion = new Combination.BrooksIyengar(4, 1, new BigDecimal("0.5"));

        assertThat(answer(fusion, "< 25", "20", "20.2", "20.4", "99")).contains(Answer.YES);
        assertThat(answer(fusion, "< 25", "20", "20.2", "20.4", "off")).contains(Answer.YES);
        assertThat(answer(fusion, "< 25", "20", "20.2", "off", "off")).isEmpty();
        assertThat(answer(fusion, "< 25", "20", "30", "40", "50")).isEmpty();
        assertThatThrownBy(() -> new Combination.BrooksIyengar(3, 1, BigDecimal.ONE))
                .hasMessageContaining("third");
    }

    @Test
    void evidenceNamesEverySourceTimeAndFaultAndItsHashDependsOnAll() {
        Evidence evidence = evaluate(new Combination.Median(2), ">= 1", "2", "off");
        Evidence other = evaluate(new Combination.Median(2), ">= 1", "3", "off");

        assertThat(evidence.text())
                .contains("\"source\":\"feed\"", "2026-05-01T12:00:00Z", "\"2\"", "is off");
        assertThat(evidence.hash()).isNotEqualTo(other.hash());
        assertThat(Evidence.hash(evidence.text())).isEqualTo(evidence.hash());
    }

    @Test
    void comparisonsAreReadAsPeopleWriteThem() {
        assertThat(Comparison.parse(" >=  10 ").toString()).isEqualTo(">= 10");
        assertThat(Comparison.parse("== \"in stock\"").operand()).isEqualTo("in stock");
        assertThatThrownBy(() -> Comparison.parse("10")).hasMessageContaining("allowed");
        assertThatThrownBy(() -> Comparison.parse("> warm")).hasMessageContaining("number");
        assertThatThrownBy(() -> Comparison.parse(">")).hasMessageContaining("number");
    }

    @Test
    void monstrousNumbersAreNoNumbers() {
        assertThat(new Reading("x", NOON, "1e999999999").number()).isEmpty();
        assertThat(new Reading("x", NOON, "NaN").number()).isEmpty();
        assertThat(new Reading("x", NOON, "").number()).isEmpty();
        assertThat(new Reading("x", NOON, " 1.5 ").number()).contains(new BigDecimal("1.5"));
    }

    @Test
    void aFileIsReadAnewEachTime(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("value");
        FileFeed plain = new FileFeed("file", file, Optional.empty(), CLOCK, Runnable::run);
        FileFeed json = new FileFeed("file", file, Optional.of("$.v"), CLOCK, Runnable::run);

        assertThatThrownBy(() -> plain.read().toCompletableFuture().join())
                .hasMessageContaining("there is no file");
        Files.writeString(file, " yes \n");
        assertThat(plain.read().toCompletableFuture().join().value()).isEqualTo("yes");
        Files.writeString(file, "{\"v\":3}");
        assertThat(json.read().toCompletableFuture().join().value()).isEqualTo("3");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> plain.read().toCompletableFuture().join())
                .hasMessageContaining("1 MiB");
    }

    @Test
    void aHeldValueAgesAndASeriesIsSummedUp() {
        Instant[] now = {NOON};
        InstantSource clock = () -> now[0];
        HeldFeed held = new HeldFeed("hand", Duration.ofMinutes(5), clock);
        SeriesFeed series =
                new SeriesFeed("spindle", SeriesFeed.Figure.MEDIAN, Duration.ofMinutes(5), clock);

        assertThatThrownBy(() -> held.read().toCompletableFuture().join())
                .hasMessageContaining("nothing handed in");
        held.put("alice", "42");
        for (int value : new int[] {1, 100, 3}) {
            series.add(BigDecimal.valueOf(value));
        }
        assertThat(held.read().toCompletableFuture().join().source()).contains("alice");
        assertThat(series.read().toCompletableFuture().join().value()).isEqualTo("3");
        now[0] = NOON.plusSeconds(301);
        assertThatThrownBy(() -> held.read().toCompletableFuture().join())
                .hasMessageContaining("too old");
        assertThatThrownBy(() -> series.read().toCompletableFuture().join())
                .hasMessageContaining("no measurement");
    }
}
