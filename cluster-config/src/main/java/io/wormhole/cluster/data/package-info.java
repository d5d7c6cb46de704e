/**
 * The directory that holds everything one node remembers. The one rule: two processes, two networks
 * or two incompatible versions never share it, and who is refused learns why. Start reading at
 * {@link io.wormhole.cluster.data.DataDirectory}.
 */
@NullMarked
package io.wormhole.cluster.data;

import org.jspecify.annotations.NullMarked;
