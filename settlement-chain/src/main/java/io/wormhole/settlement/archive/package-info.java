/**
 * What is done with a chain's data while no node runs: checking, carrying to another machine,
 * making smaller, backing up. The rule to keep: nothing is believed that is not verified. Start at
 * {@link io.wormhole.settlement.archive.ChainArchive}.
 */
@NullMarked
package io.wormhole.settlement.archive;

import org.jspecify.annotations.NullMarked;
