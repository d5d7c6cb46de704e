/**
 * Makes a Pekko cluster of one node or of several, ready for sharding. The one rule: nodes of one
 * operator only, so the transport proves node keys and never listens beyond what the settings say.
 * Start reading at {@link io.wormhole.cluster.formation.ClusterNode}.
 */
@NullMarked
package io.wormhole.cluster.formation;

import org.jspecify.annotations.NullMarked;
