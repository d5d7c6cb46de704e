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

    /** Whether the hint says only how what this comes from is used elsewhere. */
    private boolean ofUse;

    private boolean deaf;

    /** Whether the parts of what this is are fields, as long as nothing says otherwise. */
    private boolean ofFields;

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
        KindNode part = parts.computeIfAbsent(key, missing -> new KindNode(depth + 1));
        if (ofFields && Variant.isField(key)) {
            part.takeForFields();
        }
        return part;
    }

    /** Takes this for a tuple of tuples as long as nothing says otherwise; whether that is new. */
    boolean takeForFields() {
        if (ofFields) {
            return false;
        }
        ofFields = true;
        parts.forEach(
                (key, part) -> {
                    if (Variant.isField(key)) {
                        part.takeForFields();
                    }
                });
        return true;
    }

    boolean isOfFields() {
        return ofFields;
    }

    /** Takes what any part may be for what this one is; whether that changed anything. */
    boolean takesAny() {
        return whateverPart != null && hint == null && comesFrom(whateverPart);
    }

    /** A number that differs wherever something that other values learn from does. */
    int state() {
        int kinds = (firm == null ? 0 : firm.number()) * 16;
        kinds += hint == null ? 0 : hint.number();
        int flags = (mixed ? 1 : 0) + (ofUse ? 2 : 0) + (deaf ? 4 : 0) + (ofFields ? 8 : 0);
        return (parts.size() * 256 + kinds) * 16 + flags;
    }

    /** Takes a hint from where the value comes from; whether that changed anything. */
    boolean comesFrom(KindNode from) {
        return hinted(from.known(), from.firm == null && from.ofUse);
    }

    /** Takes a hint from where the value goes to; whether that changed anything. */
    boolean goesTo(KindNode to) {
        return hinted(to.firm, true);
    }

    private boolean hinted(@Nullable Kind kind, boolean byUse) {
        if (kind == null || firm != null || mixed || deaf) {
            return false;
        }
        if (kind == hint) {
            boolean surer = ofUse && !byUse;
            ofUse = ofUse && byUse;
            return surer;
        }
        mixed = hint != null;
        hint = mixed ? null : kind;
        ofUse = byUse;
        return true;
    }

    /**
     * Stops listening where no more is known than how the value is used elsewhere: what a branch
     * for one kind of message takes for an integer may be a tuple in the next branch.
     */
    void distrust() {
        if (firm == null && hint != null && ofUse) {
            hint = null;
            deaf = true;
        }
    }

    /** Takes over that hints disagree. */
    boolean confused(boolean sourceMixed) {
        if (!sourceMixed || firm != null || mixed || deaf) {
            return false;
        }
        mixed = true;
        hint = null;
        return true;
    }
}
