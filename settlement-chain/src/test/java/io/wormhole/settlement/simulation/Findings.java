package io.wormhole.settlement.simulation;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.LedgerAudit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is wrong after a run; nothing, where the network has kept its promises. */
final class Findings {
    /** Epochs within which finality is back once nothing disturbs any more. */
    static final long EPOCHS_TO_RECOVER = 5;

    /** Within this time a cheat that an honest node can convict loses its stake. */
    static final long MILLIS_TO_PUNISH = 24_000;

    private final World world;
    private final List<String> faults = new ArrayList<>();

    private Findings(World world) {
        this.world = world;
    }

    /** All broken promises of a network in which less than a third of the stake cheats. */
    static List<String> of(World world) {
        Findings findings = new Findings(world);
        findings.noAlarm();
        findings.noConflict();
        findings.finalityIsBack();
        findings.moneyIsThere();
        findings.transfersAreIn();
        findings.honestStakeIsThere();
        findings.doubleVotersAreGone();
        findings.faults.addAll(world.wrongBans);
        return findings.faults;
    }

    private void noAlarm() {
        for (SimulatedNode node : world.honest()) {
            node.chain.alarm().ifPresent(alarm -> faults.add(node.id + " raised " + alarm));
        }
    }

    private void noConflict() {
        TreeMap<Long, Hash> agreed = new TreeMap<>();
        for (SimulatedNode node : world.honest()) {
            long height = node.chain.finalBlock().index().height();
            for (long at = 0; at <= height; at++) {
                Hash hash = node.disk.canonical(at).orElse(Hash.ZERO);
                Hash other = agreed.putIfAbsent(at, hash);
                if (other != null && !other.equals(hash)) {
                    faults.add("two final blocks at " + at);
                    return;
                }
            }
        }
    }

    private void finalityIsBack() {
        for (SimulatedNode node : world.honest()) {
            long epochs =
                    (node.chain.head().index().height() - node.chain.finalBlock().index().height())
                            / world.shared.genesis().parameters().finality().epochLength();
            if (!node.isUp || epochs > EPOCHS_TO_RECOVER) {
                faults.add(
                        "%d (up: %s) at height %d holds only %d final"
                                .formatted(
                                        node.id,
                                        node.isUp,
                                        node.chain.head().index().height(),
                                        node.chain.finalBlock().index().height()));
            }
        }
    }

    private void moneyIsThere() {
        for (SimulatedNode node : world.honest()) {
            Ledger ledger = node.chain.headLedger();
            boolean isBalanced =
                    ledger.supply().isBalanced()
                            && LedgerAudit.held(ledger) == ledger.supply().held().baseUnits();
            if (!isBalanced) {
                faults.add(node.id + " counts " + ledger.supply());
            }
        }
    }

    private void transfersAreIn() {
        for (SimulatedNode node : world.honest()) {
            for (SignedTransaction transaction : world.sent) {
                if (!World.isIn(transaction, node, node.chain.head())) {
                    faults.add(node.id + " lacks transfer " + world.sent.indexOf(transaction));
                }
            }
        }
    }

    private void honestStakeIsThere() {
        for (SimulatedNode node : world.honest()) {
            for (SimulatedNode other : world.honest()) {
                if (!node.hasStake(other.key.address())) {
                    faults.add(other.id + " was punished on the chain of " + node.id);
                }
            }
        }
    }

    private void doubleVotersAreGone() {
        long latest = world.plan.end() - MILLIS_TO_PUNISH;
        for (SimulatedNode node : world.honest()) {
            node.heard()
                    .since()
                    .forEach(
                            (offender, since) -> {
                                if (since < latest && node.hasStake(offender)) {
                                    faults.add(
                                            "%d heard both votes of %s at %d ms, and it has its stake"
                                                    .formatted(node.id, offender, since));
                                }
                            });
        }
    }
}
