package io.wormhole.channel.backup;

import java.util.Optional;

/**
 * How far the copies are.
 *
 * @param place where they go
 * @param channels how many channels have one
 * @param waiting how many have changed since their last copy
 * @param written copies written since the start
 * @param failure why writing fails at present
 */
public record BackupStatus(
        String place, int channels, int waiting, long written, Optional<String> failure) {}
