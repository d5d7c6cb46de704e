/** What people outside are told of. */
@NullMarked
package io.wormhole.runtime.notice;

import org.jspecify.annotations.NullMarked;
