/**
 * The machine that runs verified code under limits of time and space. The rule to keep: a run is a
 * function of code, arguments and limits, gives the same value and the same gas everywhere, and
 * never throws. Start at {@link io.wormhole.isa.vm.Vm}.
 */
@NullMarked
package io.wormhole.isa.vm;

import org.jspecify.annotations.NullMarked;
