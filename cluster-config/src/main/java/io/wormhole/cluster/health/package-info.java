/**
 * Facts about the machine that decide whether a node can start: ports, disk, data, database. The
 * one rule: a check changes nothing and never throws, it answers. Start reading at {@link
 * io.wormhole.cluster.health.HealthChecks}.
 */
@NullMarked
package io.wormhole.cluster.health;

import org.jspecify.annotations.NullMarked;
