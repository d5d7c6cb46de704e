/**
 * A 3D printer without the plastic: Marlin's serial protocol over TCP, an honest model of motion
 * and heat, and a record of what it has printed.
 *
 * <p>The one rule: it answers what real firmware answers, including when it misbehaves, so that a
 * driver that works here has nothing to unlearn. What it knows about parts it learnt from commands
 * any printer understands (M75, M77, M117); the record is read on a port of its own and is never
 * part of the serial conversation. Restarting the process is a power cut: position, heat and line
 * number are gone, the totals file stays.
 *
 * <p>Start reading at {@link io.wormhole.runtime.virtualprinter.VirtualPrinterServer}, then at the
 * state machine {@link io.wormhole.runtime.virtualprinter.MarlinFirmware}.
 */
@NullMarked
package io.wormhole.runtime.virtualprinter;

import org.jspecify.annotations.NullMarked;
