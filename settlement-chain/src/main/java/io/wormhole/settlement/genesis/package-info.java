/**
 * What a network is made of before its first block: its parameters, first accounts and stakes. The
 * rule to keep: every parameter is part of the encoding whose hash is the network's id. Start at
 * {@link io.wormhole.settlement.genesis.Genesis}.
 */
@NullMarked
package io.wormhole.settlement.genesis;

import org.jspecify.annotations.NullMarked;
