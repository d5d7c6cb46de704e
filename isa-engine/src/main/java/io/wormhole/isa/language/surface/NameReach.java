package io.wormhole.isa.language.surface;

/** Where a name means what a function gives it, rather than what it means outside of it. */
public enum NameReach {
    /** In the whole block that gives it, above that too. */
    BLOCK,

    /** In the whole function. */
    FUNCTION,

    /** From there on, and in inner functions wherever they stand, since those run later. */
    ONWARD
}
