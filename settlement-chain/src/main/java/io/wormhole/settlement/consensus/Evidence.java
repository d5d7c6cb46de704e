package io.wormhole.settlement.consensus;

/**
 * Two votes of one validator that may prove an offence.
 *
 * @param first one vote
 * @param second the other
 */
public record Evidence(Vote first, Vote second) {
    /** Returns what the votes say. */
    public Slashing judgement() {
        return Slashing.judge(first, second);
    }
}
