/**
 * ISA packages: a signed manifest with its attachments in one file, named by its content, and what
 * a production line says it can do. The rule to keep: a package is validated whole, and every fault
 * is reported with what was found and what is allowed. Start at {@link
 * io.wormhole.isa.pkg.IsaPackage}.
 */
@NullMarked
package io.wormhole.isa.pkg;

import org.jspecify.annotations.NullMarked;
