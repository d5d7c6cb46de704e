/**
 * One authenticated link per pair of operators, carrying all their channels and their applications'
 * messages. The rule to keep: whatever a partner sends, only its link can be hurt. Start at {@link
 * io.wormhole.channel.session.Sessions}.
 */
@NullMarked
package io.wormhole.channel.session;

import org.jspecify.annotations.NullMarked;
