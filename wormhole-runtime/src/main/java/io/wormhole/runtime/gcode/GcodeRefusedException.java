package io.wormhole.runtime.gcode;

/** Reading stopped because the bytes are not G-code or exceed a limit. */
public final class GcodeRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient GcodeFault fault;

    GcodeRefusedException(GcodeFault fault) {
        super(fault.toString());
        this.fault = fault;
    }

    /** Where it stopped and why. */
    public GcodeFault fault() {
        return fault;
    }
}
