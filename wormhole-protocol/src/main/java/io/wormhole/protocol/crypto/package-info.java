/**
 * Hashes, Ed25519 keys and signatures, addresses. The rule to keep: nothing is hashed or signed
 * without a domain tag, and nothing is signed without the network id. Start at {@link
 * io.wormhole.protocol.crypto.DomainTag}.
 */
@NullMarked
package io.wormhole.protocol.crypto;

import org.jspecify.annotations.NullMarked;
