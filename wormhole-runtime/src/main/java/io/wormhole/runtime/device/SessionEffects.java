package io.wormhole.runtime.device;

import io.wormhole.runtime.device.DeviceProtocol.PrintEvent;

/** What a {@link HostSession} wants done by whoever owns the socket, the files and the clock. */
interface SessionEffects {
    /** Start reading commands of the part, the first being the one after {@code index}. */
    void openFeed(PartRun run, long index);

    /** Read more commands of the part. */
    void more(PartRun run);

    /** Tell whoever asked for the part. */
    void tell(PrintEvent event);

    /** Cut the connection; a new one may help. */
    void hangUp(String why);
}
