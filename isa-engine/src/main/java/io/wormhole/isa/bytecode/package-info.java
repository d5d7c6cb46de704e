/**
 * Programs as data: the opcode table, functions and modules with their canonical bytes, readable
 * assembly, the verifier, and the commitment that lets a single function be shown with a proof. The
 * rule to keep: whatever concerns one instruction is a column of {@code bytecode/instructions.txt}
 * and stands nowhere else. Start there, then with {@link io.wormhole.isa.bytecode.Opcode}.
 */
@NullMarked
package io.wormhole.isa.bytecode;

import org.jspecify.annotations.NullMarked;
