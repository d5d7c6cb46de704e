/**
 * Typed settings over HOCON: values with ranges, every fault at once, no unknown key left unseen.
 * The one rule: a setting that is not exactly understood stops the start with its name, its place
 * and what is allowed. Start reading at {@link io.wormhole.cluster.settings.Settings}.
 */
@NullMarked
package io.wormhole.cluster.settings;

import org.jspecify.annotations.NullMarked;
