/** Shared fixtures of the tests of this module. */
@org.jspecify.annotations.NullMarked
package io.wormhole.cluster;
