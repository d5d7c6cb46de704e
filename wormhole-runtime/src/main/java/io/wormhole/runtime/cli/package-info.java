/**
 * The command line: everything that a user does goes through a running node's API. The rule to
 * keep: errors say what to do, and exit codes mean something. Start at {@link
 * io.wormhole.runtime.cli.WormholeCommand}.
 */
@NullMarked
package io.wormhole.runtime.cli;

import org.jspecify.annotations.NullMarked;
