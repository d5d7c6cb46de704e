package io.wormhole.runtime.device;

/** What the Marlin driver tells itself. */
non-sealed interface MarlinInternal extends DeviceProtocol.Command {}
