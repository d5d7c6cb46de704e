package io.wormhole.runtime.device;

import java.util.Optional;

/** What the caller's journal knows about a part when it asks for it. */
public sealed interface Begun {
    /** The journal says that this part and attempt was never handed to a device. */
    Begun NOT = new Not();

    /** Never handed over. */
    record Not() implements Begun {}

    /**
     * It may have been handed over; nobody remembers how it went on.
     *
     * @param ackedCommands the last journalled progress, 0 if none
     * @param before the counters of {@link DeviceProtocol.PartStarted}, if that was journalled
     */
    record Maybe(long ackedCommands, Optional<DeviceCounters> before) implements Begun {}
}
