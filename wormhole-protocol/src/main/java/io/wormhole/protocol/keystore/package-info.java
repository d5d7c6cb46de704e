/**
 * Secret keys at rest: a password-encrypted file of named key pairs, and the text form of one seed.
 * The rule to keep: no secret reaches a message, a log or a file that is not encrypted. Start at
 * {@link io.wormhole.protocol.keystore.Keystore}.
 */
@NullMarked
package io.wormhole.protocol.keystore;

import org.jspecify.annotations.NullMarked;
