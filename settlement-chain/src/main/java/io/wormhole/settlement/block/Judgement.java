package io.wormhole.settlement.block;

/** What a verifier says of a block. */
public sealed interface Judgement {
    /**
     * The block follows all rules.
     *
     * @param effects what it does
     * @param witness what it looks at
     */
    record Valid(Effects effects, BlockWitness witness) implements Judgement {}

    /** The block breaks a rule: {@code code} is stable, {@code reason} is for people. */
    record Invalid(String code, String reason) implements Judgement {}
}
