package io.wormhole.settlement.simulation;

import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * All that a simulated run is made of; a seed gives a whole plan.
 *
 * @param seed of everything that happens by chance
 * @param size nodes; each is miner and validator
 * @param tricks traitors, by node
 * @param stakes in DSD, by node; 100 where it says nothing
 * @param power share of all mining power, by node; equal where it says nothing
 * @param clockOffsets how far clocks are off, by node, in milliseconds
 * @param careless a node that does not force its votes to the disk, or -1
 * @param crashes which node crashes when
 * @param side on which side of a partition a node is while there is trouble
 * @param wires how bad the wires are
 * @param phases when what happens, in milliseconds
 * @param transfers how many transfers honest users make
 */
record Plan(
        long seed,
        int size,
        Map<Integer, Trick> tricks,
        Map<Integer, Long> stakes,
        Map<Integer, Double> power,
        Map<Integer, Long> clockOffsets,
        int careless,
        TreeMap<Long, Integer> crashes,
        Map<Integer, Integer> side,
        Wires wires,
        Phases phases,
        int transfers) {

    /** Chances and delays; loss, doubles and crashes only while there is trouble. */
    record Wires(
            double loss, double duplication, double crashAtVote, int leastDelay, int delaySpread) {}

    /** Trouble begins, trouble ends, all ends. */
    record Phases(long troubleFrom, long troubleTo, long end) {}

    private static final long DSD = 1_000_000_000L;
    private static final long USUAL_STAKE = 100;

    /** A plan with less than a third of the stake and of the mining power for traitors. */
    static Plan random(long seed) {
        SplittableRandom chance = new SplittableRandom(seed * 31 + 7);
        int size = 4 + chance.nextInt(4);
        int traitors = chance.nextInt((size - 1) / 3 + 1);
        Map<Integer, Trick> tricks = new TreeMap<>();
        for (int id = 0; id < traitors; id++) {
            tricks.put(id, Trick.any(chance.nextInt(1 << 20)));
        }
        Map<Integer, Long> offsets = new TreeMap<>();
        Map<Integer, Integer> side = new TreeMap<>();
        boolean isSplit = chance.nextInt(3) > 0;
        for (int id = 0; id < size; id++) {
            offsets.put(id, chance.nextLong(-3_000, 3_000));
            side.put(id, isSplit ? chance.nextInt(2) : 0);
        }
        if (tricks.containsValue(Trick.ECLIPSE)) {
            int victim = size - 1;
            side.replaceAll((id, group) -> id == victim ? 1 : 0);
        }
        TreeMap<Long, Integer> crashes = new TreeMap<>();
        for (int n = chance.nextInt(4); n > 0; n--) {
            crashes.put(10_000L + chance.nextInt(20_000), chance.nextInt(size));
        }
        Wires wires =
                new Wires(
                        chance.nextDouble() * 0.2,
                        chance.nextDouble() * 0.2,
                        chance.nextInt(3) == 0 ? 0.1 : 0,
                        5 + chance.nextInt(50),
                        20 + chance.nextInt(300));
        return new Plan(
                seed,
                size,
                tricks,
                Map.of(),
                Map.of(),
                offsets,
                -1,
                crashes,
                side,
                wires,
                new Phases(8_000, 28_000, 68_000),
                12);
    }

    /** A calm network of honest nodes, to begin other plans with. */
    static Plan calm(long seed, int size) {
        return new Plan(
                seed,
                size,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                -1,
                new TreeMap<>(),
                Map.of(),
                new Wires(0, 0, 0, 10, 50),
                new Phases(8_000, 28_000, 60_000),
                12);
    }

    Plan withTricks(Map<Integer, Trick> changed) {
        return new Plan(
                seed,
                size,
                changed,
                stakes,
                power,
                clockOffsets,
                careless,
                crashes,
                side,
                wires,
                phases,
                transfers);
    }

    Plan withStakes(Map<Integer, Long> changed) {
        return new Plan(
                seed,
                size,
                tricks,
                changed,
                power,
                clockOffsets,
                careless,
                crashes,
                side,
                wires,
                phases,
                transfers);
    }

    Plan withPower(Map<Integer, Double> changed) {
        return new Plan(
                seed,
                size,
                tricks,
                stakes,
                changed,
                clockOffsets,
                careless,
                crashes,
                side,
                wires,
                phases,
                transfers);
    }

    Plan withSides(Map<Integer, Integer> changed) {
        return new Plan(
                seed,
                size,
                tricks,
                stakes,
                power,
                clockOffsets,
                careless,
                crashes,
                changed,
                wires,
                phases,
                transfers);
    }

    Plan withPhases(Phases changed) {
        return new Plan(
                seed,
                size,
                tricks,
                stakes,
                power,
                clockOffsets,
                careless,
                crashes,
                side,
                wires,
                changed,
                transfers);
    }

    Plan withClocks(Map<Integer, Long> changed) {
        return new Plan(
                seed, size, tricks, stakes, power, changed, careless, crashes, side, wires, phases,
                transfers);
    }

    Plan withCareless(int node) {
        return new Plan(
                seed,
                size,
                tricks,
                stakes,
                power,
                clockOffsets,
                node,
                crashes,
                side,
                wires,
                phases,
                transfers);
    }

    Amount stakeOf(int id) {
        return Amount.of(stakes.getOrDefault(id, USUAL_STAKE) * DSD);
    }

    double powerOf(int id) {
        return power.getOrDefault(id, 1.0 / size);
    }

    int sideOf(int id) {
        return side.getOrDefault(id, 0);
    }

    List<Integer> honest() {
        List<Integer> honest = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            if (!tricks.containsKey(id)) {
                honest.add(id);
            }
        }
        return honest;
    }

    long troubleFrom() {
        return phases.troubleFrom();
    }

    long troubleTo() {
        return phases.troubleTo();
    }

    long end() {
        return phases.end();
    }

    double loss() {
        return wires.loss();
    }

    double duplication() {
        return wires.duplication();
    }

    double crashAtVote() {
        return wires.crashAtVote();
    }

    int leastDelay() {
        return wires.leastDelay();
    }

    int delaySpread() {
        return wires.delaySpread();
    }

    long transferEveryMillis() {
        return Math.max(1, (troubleTo() + 8_000) / Math.max(1, transfers));
    }
}
