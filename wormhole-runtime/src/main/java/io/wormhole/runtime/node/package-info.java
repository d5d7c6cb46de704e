/**
 * One running node: its settings, and the wiring of chain, channels, lines and orders. The rule to
 * keep: this package wires and owns the order of start and stop; it decides nothing. Start at
 * {@link io.wormhole.runtime.node.WormholeNode}.
 */
@NullMarked
package io.wormhole.runtime.node;

import org.jspecify.annotations.NullMarked;
