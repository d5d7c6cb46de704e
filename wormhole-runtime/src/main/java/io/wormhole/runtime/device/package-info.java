/**
 * Drivers: from a checked G-code file to a part on a printer's bed, over lines that break and
 * printers that fail.
 *
 * <p>The one rule: never claim more than the device lets us know. An {@code ok} says that a line
 * was taken; only the printer's own line number says which. So every part is sent under line
 * numbers of its own ({@link io.wormhole.runtime.device.LineNumbers}), and after any doubt the
 * driver asks the printer where it stands and believes nothing else:
 *
 * <ul>
 *   <li>the number is inside the part: go on behind it; nothing is sent twice, nothing is left out;
 *   <li>it is the part's last: the part is printed, and is reported as that without sending
 *       anything;
 *   <li>it is 0: the printer restarted, and the part with its heat and position is lost. Whether to
 *       begin another physical part is the job's decision, not the driver's. The printer's lifelong
 *       counters (M78), where it has them, still tell whether the part was finished before;
 *   <li>it is 1, which the driver sets on an idle printer it meets at 0, and after a stop: the
 *       printer has had power since and is at no part;
 *   <li>it is another one: somebody else used the printer; the part is reported as lost track of.
 * </ul>
 *
 * <p>What remains unknown is said: a firmware without M78 gives no counters, and then a power cut
 * right after the last line looks like one in the middle; the part is reported as lost. Lines that
 * were accepted count as carried out, because Marlin drops its queue only on M410, M112 and power
 * loss. A host that died is no different from a cable that was pulled: the next one asks the same
 * question.
 *
 * <p>Start reading at {@link io.wormhole.runtime.device.DeviceProtocol}, then {@link
 * io.wormhole.runtime.device.SerialDialogue} and {@link io.wormhole.runtime.device.HostSession},
 * which decide everything; {@link io.wormhole.runtime.device.MarlinConnection} only carries it out.
 */
@NullMarked
package io.wormhole.runtime.device;

import org.jspecify.annotations.NullMarked;
