/**
 * The wormhole of a production line: its definition, its supervision tree, and the entity that
 * keeps both. The rule to keep: what runs follows from the stored definition. Start at {@link
 * io.wormhole.runtime.line.LineEntity}.
 */
@NullMarked
package io.wormhole.runtime.line;

import org.jspecify.annotations.NullMarked;
