/**
 * Authenticated, encrypted, framed and back-pressured links between two processes that do not trust
 * each other. The one rule: a byte from the other side costs nothing but itself, so every length,
 * wait and count is bounded before anything is allocated for it. Start reading at {@link
 * io.wormhole.cluster.link.Links}, then {@link io.wormhole.cluster.link.Link}.
 */
@NullMarked
package io.wormhole.cluster.link;

import org.jspecify.annotations.NullMarked;
