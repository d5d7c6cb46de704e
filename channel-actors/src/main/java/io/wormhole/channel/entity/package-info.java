/**
 * The event-sourced actor around a channel's decider. The rule to keep: effects run after their
 * events are stored, and nothing is remembered that replay cannot rebuild. Start at {@link
 * io.wormhole.channel.entity.ChannelEntity}.
 */
@NullMarked
package io.wormhole.channel.entity;

import org.jspecify.annotations.NullMarked;
