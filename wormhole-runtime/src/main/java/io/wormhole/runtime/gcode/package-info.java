/**
 * Reads, understands and judges G-code files before anything moves: reader, parser, modal
 * interpretation, totals, and the check against a printer's capability.
 *
 * <p>The one rule: a file is somebody else's bytes. It is read as a stream with every limit checked
 * before memory is spent, and lengths are whole nanometres, so that the same file gives the same
 * totals on every machine.
 *
 * <p>Start reading at {@link io.wormhole.runtime.gcode.GcodeChecker}, then {@link
 * io.wormhole.runtime.gcode.Motion}.
 */
@NullMarked
package io.wormhole.runtime.gcode;

import org.jspecify.annotations.NullMarked;
