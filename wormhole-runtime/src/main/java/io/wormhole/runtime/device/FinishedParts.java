package io.wormhole.runtime.device;

import io.wormhole.runtime.device.DeviceProtocol.PartDone;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last parts this driver finished, so that asking again is answered and not printed. */
final class FinishedParts {
    private static final int REMEMBERED = 64;

    private final Map<PartId, PartDone> parts = new LinkedHashMap<>();

    void add(PartDone done) {
        if (parts.size() >= REMEMBERED) {
            parts.remove(parts.keySet().iterator().next());
        }
        parts.put(done.part(), done);
    }

    /** The part as one that was found on the bed, if it is remembered. */
    Optional<PartDone> find(PartId part) {
        return Optional.ofNullable(parts.get(part))
                .map(done -> new PartDone(part, done.evidence().asAlreadyPrinted()));
    }
}
