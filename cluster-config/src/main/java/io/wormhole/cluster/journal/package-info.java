/**
 * Where events and snapshots are kept: one SQL database, embedded H2 by default. The one rule: when
 * a write is acknowledged it survives {@code kill -9} and loss of power. Start reading at {@link
 * io.wormhole.cluster.journal.Database}; {@link io.wormhole.cluster.journal.Journal} connects it to
 * Pekko Persistence.
 */
@NullMarked
package io.wormhole.cluster.journal;

import org.jspecify.annotations.NullMarked;
