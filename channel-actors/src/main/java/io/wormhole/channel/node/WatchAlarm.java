package io.wormhole.channel.node;

import io.wormhole.protocol.crypto.PublicKey;

/** Is told of troubles with watching; must return at once. */
@FunctionalInterface
public interface WatchAlarm {
    /**
     * Something that people should know.
     *
     * @param about the watcher, or this node itself when it watches for others
     * @param code what it is, for programs
     */
    void raise(PublicKey about, String code, String words);
}
