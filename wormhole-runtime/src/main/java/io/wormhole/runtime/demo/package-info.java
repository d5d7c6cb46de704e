/**
 * The main job on one machine, with real processes: a maker, a customer, a printer. The rule to
 * keep: it does nothing that a user could not do with the command line and a process manager. Start
 * at {@link io.wormhole.runtime.demo.Demo}.
 */
@NullMarked
package io.wormhole.runtime.demo;

import org.jspecify.annotations.NullMarked;
