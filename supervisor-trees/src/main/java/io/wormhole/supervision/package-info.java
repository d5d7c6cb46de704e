/**
 * Erlang/OTP supervision for Pekko Typed. The one rule to keep: a tree is data. Start at
 * Supervisor.
 */
@NullMarked
package io.wormhole.supervision;

import org.jspecify.annotations.NullMarked;
