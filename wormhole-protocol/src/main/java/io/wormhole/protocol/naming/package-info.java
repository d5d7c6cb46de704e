/**
 * Hierarchical names and what they point to. The rule to keep: a name has one spelling. Start at
 * {@link io.wormhole.protocol.naming.Name}.
 */
@NullMarked
package io.wormhole.protocol.naming;

import org.jspecify.annotations.NullMarked;
