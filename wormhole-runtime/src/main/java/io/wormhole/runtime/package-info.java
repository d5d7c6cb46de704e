/**
 * The program. The rule to keep: nothing but the entry point lives here. Start at {@link
 * io.wormhole.runtime.Main}.
 */
@NullMarked
package io.wormhole.runtime;

import org.jspecify.annotations.NullMarked;
