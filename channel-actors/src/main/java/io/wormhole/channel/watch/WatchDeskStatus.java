package io.wormhole.channel.watch;

import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/**
 * How much a watcher has to do.
 *
 * @param clients that have subscribed
 * @param channels that are watched
 * @param cases channels that are being closed right now
 * @param read final height up to which the chain was read
 */
public record WatchDeskStatus(
        WatchTerms terms, int clients, int channels, int cases, Optional<BlockHeight> read) {}
