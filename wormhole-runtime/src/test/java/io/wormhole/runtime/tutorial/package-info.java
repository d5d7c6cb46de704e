/**
 * Runs the documents. The rule to keep: a command that a reader is told to type is run as it
 * stands. Start at {@link io.wormhole.runtime.tutorial.TutorialIT}.
 */
@NullMarked
package io.wormhole.runtime.tutorial;

import org.jspecify.annotations.NullMarked;
