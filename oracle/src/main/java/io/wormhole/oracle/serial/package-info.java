/**
 * How the module's events are stored. The rule to keep: a manifest and a field number are never
 * used again. Start at {@link io.wormhole.oracle.serial.OracleSerializer}.
 */
@NullMarked
package io.wormhole.oracle.serial;

import org.jspecify.annotations.NullMarked;
