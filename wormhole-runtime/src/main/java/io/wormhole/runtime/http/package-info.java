/**
 * The HTTP API and the console. The rule to keep: handlers translate and forward; every refusal is
 * JSON that says what was wrong and what is allowed. Start at {@link
 * io.wormhole.runtime.http.ApiServer}.
 */
@NullMarked
package io.wormhole.runtime.http;

import org.jspecify.annotations.NullMarked;
