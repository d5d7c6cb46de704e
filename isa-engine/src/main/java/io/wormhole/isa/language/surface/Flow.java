package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Term;

/** Where steps go on: at their end, and on break and continue. */
record Flow(Ending atEnd, Ending onBreak, Ending onContinue) {
    /** What follows, given the names known there. */
    interface Ending {
        Term in(Scope scope, Position at);
    }

    /** Outside of loops. */
    static Flow endingWith(Ending atEnd) {
        return new Flow(atEnd, Flow::noLoop, Flow::noLoop);
    }

    Flow withEnd(Ending other) {
        return new Flow(other, onBreak, onContinue);
    }

    private static Term noLoop(Scope scope, Position at) {
        throw new RefusedSource(at, "there is no loop here to leave or to go on with", "");
    }
}
