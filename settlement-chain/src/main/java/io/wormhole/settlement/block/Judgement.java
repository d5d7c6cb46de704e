package io.wormhole.settlement.block;

/** What a verifier says of a block. */
public sealed interface Judgement {
    /** The block follows all rules. */
    record Valid(Effects effects) implements Judgement {}

    /** The block breaks a rule: {@code code} is stable, {@code reason} is for people. */
    record Invalid(String code, String reason) implements Judgement {}
}
