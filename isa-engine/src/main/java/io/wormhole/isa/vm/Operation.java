package io.wormhole.isa.vm;

/** What an instruction does to the machine, its base price already paid. */
interface Operation {
    /**
     * Runs it.
     *
     * @param operand the operand, or the count, of the instruction
     */
    void run(Machine machine, int operand);
}
