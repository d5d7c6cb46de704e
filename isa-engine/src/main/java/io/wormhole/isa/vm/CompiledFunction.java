package io.wormhole.isa.vm;

/** A function as JVM code. Generated classes extend this; nothing else does. */
abstract class CompiledFunction {
    /** What the function's instructions do that have no code of their own. */
    final Operation[] operations;

    CompiledFunction(Operation[] operations) {
        this.operations = operations;
    }

    /**
     * Runs from a point on: 0 is the beginning, k what comes after the k-th call.
     *
     * @return where in the words the interpreter goes on, with the machine in the state that the
     *     interpreter would have reached there itself
     */
    abstract int run(Machine machine, int base, int point);
}
