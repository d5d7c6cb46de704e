package io.wormhole.isa.vm;

import org.jspecify.annotations.Nullable;

/** Ends a run from inside an instruction; caught in {@link Interpreter} and never seen outside. */
final class Stop extends RuntimeException {
    private final @Nullable TrapReason reason;
    private final @Nullable Resource resource;

    private Stop(@Nullable TrapReason reason, @Nullable Resource resource, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.resource = resource;
    }

    static Stop trap(TrapReason reason, String detail) {
        return new Stop(reason, null, detail);
    }

    static Stop outOf(Resource resource) {
        return new Stop(null, resource, "out of " + resource);
    }

    /** Why the program trapped; null when a limit was reached. */
    @Nullable TrapReason reason() {
        return reason;
    }

    /** What ran out; null when the program trapped. */
    @Nullable Resource resource() {
        return resource;
    }

    Execution toExecution(String function, GasUsed used) {
        if (reason != null) {
            return new Execution.Trapped(reason, String.valueOf(getMessage()), function, used);
        }
        return new Execution.OutOfGas(resource == null ? Resource.TIME : resource, used);
    }
}
