/**
 * Claims names on the settlement chain and resolves them to wormholes. The rule to keep: a name is
 * believed only when final. Start at {@link io.wormhole.runtime.naming.NameService}.
 */
@NullMarked
package io.wormhole.runtime.naming;

import org.jspecify.annotations.NullMarked;
