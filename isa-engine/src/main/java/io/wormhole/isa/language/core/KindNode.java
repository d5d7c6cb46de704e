package io.wormhole.isa.language.core;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one value of the program. A use decides a kind firmly; where values come from
 * gives a hint, which counts as long as all hints agree.
 */
final class KindNode {
    private static final int DEEPEST = 3;

    final int depth;
    final TreeMap<Integer, KindNode> parts = new TreeMap<>();
    @Nullable Kind firm;
    @Nullable Position firmAt;
    @Nullable Kind hint;
    boolean mixed;

    /** What every part of the value that this is a part of is; asked when nothing else says it. */
    @Nullable KindNode whateverPart;

    /** An integer literal without point, which may stand for a real beside one. */
    boolean plain;

    KindNode(int depth) {
        this.depth = depth;
    }

    /** What to take it for. */
    @Nullable Kind known() {
        return firm != null ? firm : hint;
    }

    /** The node of a part; null where values nest deeper than is looked at. */
    @Nullable KindNode part(int key) {
        if (key == Variant.WHOLE) {
            return this;
        }
        if (depth >= DEEPEST) {
            return null;
        }
        return parts.computeIfAbsent(key, missing -> new KindNode(depth + 1));
    }

    /** Takes what any part may be for what this one is; whether that changed anything. */
    boolean takesAny() {
        return whateverPart != null && hint == null && hinted(whateverPart.known());
    }

    /** Takes a hint; whether that changed anything. */
    boolean hinted(@Nullable Kind kind) {
        if (kind == null || firm != null || mixed || kind == hint) {
            return false;
        }
        mixed = hint != null;
        hint = mixed ? null : kind;
        return true;
    }

    /** Takes over that hints disagree. */
    boolean confused(boolean sourceMixed) {
        if (!sourceMixed || firm != null || mixed) {
            return false;
        }
        mixed = true;
        hint = null;
        return true;
    }
}
