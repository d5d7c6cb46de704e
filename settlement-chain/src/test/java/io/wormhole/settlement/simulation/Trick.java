package io.wormhole.settlement.simulation;

/** How a traitor breaks the rules. */
enum Trick {
    /** Votes on every fork, whatever it has signed before, and for what nobody knows. */
    DOUBLE_VOTE,
    /** Makes two blocks at a time and shows each to one half. */
    TWIN_BLOCKS,
    /** Keeps blocks and votes back for a while and answers only now and then. */
    WITHHOLD,
    /** Mines in secret and publishes when others catch up. */
    SELFISH_MINING,
    /** Gives its blocks the earliest and the latest times it can, and later ones. */
    TIME_WARP,
    /** Sends blocks with wrong states, headers without work, transactions without signatures. */
    JUNK,
    /** Cuts one honest node off from all others and shows it a fork of its own. */
    ECLIPSE,
    /** Votes on both sides of a partition, shows neither the other, and hides its votes there. */
    TWO_FACES;

    /** Those that single nodes may play in any network. */
    static Trick any(int number) {
        return values()[number % (values().length - 1)];
    }
}
