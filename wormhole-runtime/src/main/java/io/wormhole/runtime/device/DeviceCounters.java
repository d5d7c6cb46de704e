package io.wormhole.runtime.device;

/**
 * What Marlin answers to M78: counters that outlive a power cut.
 *
 * @param started print jobs started (M75)
 * @param finished print jobs finished (M77)
 * @param filamentMm filament used in its life, in millimetres, as coarse as the printer says it
 */
public record DeviceCounters(long started, long finished, long filamentMm) {}
