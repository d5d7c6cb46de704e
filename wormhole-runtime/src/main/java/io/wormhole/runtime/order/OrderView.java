package io.wormhole.runtime.order;

import io.wormhole.runtime.proto.CustomerOrder;
import io.wormhole.runtime.proto.OrderProgress;
import java.util.Optional;

/**
 * An order as its customer sees it.
 *
 * @param order what is stored
 * @param progress what the maker said last of the cup in production; not stored, for people
 */
public record OrderView(CustomerOrder order, Optional<OrderProgress> progress) {}
