package io.wormhole.runtime.job;

import java.util.Optional;

/**
 * A job as its maker sees it.
 *
 * @param memory what is stored
 * @param waitsFor why it does not go on right now; not stored, for people
 */
public record JobView(JobMemory memory, Optional<String> waitsFor) {}
