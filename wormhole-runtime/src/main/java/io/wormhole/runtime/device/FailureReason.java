package io.wormhole.runtime.device;

/** Why a part was not finished. */
public enum FailureReason {
    /** No connection within the time allowed. */
    PRINTER_UNREACHABLE,
    /** Connected, but no answer within the time allowed. */
    PRINTER_SILENT,
    /** Connected, but what comes back is not Marlin's protocol. */
    PRINTER_TALKS_NONSENSE,
    /** The printer restarted: position and heat are gone, and the part with them. */
    DEVICE_LOST_POWER,
    /** The printer's line number is somebody else's: the part's fate is unknown. */
    DEVICE_LOST_TRACK,
    /** The printer reported a fault of its own. */
    DEVICE_FAULT,
    /** The file cannot be read or is not the one that was checked. */
    FILE_UNREADABLE,
    /** Somebody stopped it. */
    STOPPED
}
