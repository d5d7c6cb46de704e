/**
 * Copies of all channels at a second place, sealed, written with every change. The rule to keep: a
 * copy may be old, so what is taken back is in doubt until the partner has spoken. Start at {@link
 * io.wormhole.channel.backup.BackupWriter}.
 */
@NullMarked
package io.wormhole.channel.backup;

import org.jspecify.annotations.NullMarked;
