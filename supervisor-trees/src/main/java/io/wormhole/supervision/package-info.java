/**
 * Erlang/OTP supervision for Pekko Typed: what lives here is the tree as data, the actor that runs
 * it, and what tells about it. The one rule to keep: what to do is decided by the pure functions of
 * {@link io.wormhole.supervision.policy}, the actors only carry it out. Start reading at {@link
 * io.wormhole.supervision.Supervisor}, then {@link io.wormhole.supervision.OrderedSupervisor}.
 *
 * <h2>Specification</h2>
 *
 * <p><b>Start.</b> Children start in the order of the spec, each when the one before has
 * acknowledged its start. An ordinary behaviour acknowledges by itself when its deferred setup has
 * run; a child whose spec says {@link io.wormhole.supervision.ChildSpec#acknowledgesStart} does so
 * through {@link io.wormhole.supervision.ChildContext#started}. A start ends as <i>started</i>,
 * <i>ignored</i> (no process, spec kept unless temporary) or <i>failed</i> (a reason given, an
 * exception, too late). If one fails while the supervisor starts, those already started are stopped
 * in reverse order and the supervisor has not started.
 *
 * <p><b>Exit.</b> A child ends <i>normal</i> ({@code Behaviors.stopped()}), by <i>shutdown</i>
 * (asked, or quietly by itself), <i>killed</i>, or by a <i>failure</i> (an exception, or a reason
 * given). Killed and failure are abnormal. A permanent child is restarted after every exit, a
 * transient one after an abnormal exit, a temporary one never and is forgotten.
 *
 * <p><b>Restart.</b> one_for_one restarts the child; one_for_all stops all living children in
 * reverse order and starts all in order; rest_for_one does so with the child and those after it;
 * simple_one_for_one treats every instance alone. Temporary children stopped with a group are
 * forgotten; others of the group are started even if they were down. A restart counts once whatever
 * the number of children. A restart that fails is tried again through the mailbox and counts again.
 *
 * <p><b>Intensity.</b> At most {@code intensity} restarts within {@code period}; a restart exactly
 * one period ago still counts. One too many ends the supervisor: living children stop in reverse
 * order and it exits by shutdown, which its own parent treats like any exit of a child.
 *
 * <p><b>Stop.</b> In reverse order, one after the other (instances of simple_one_for_one together),
 * by the child's rule: brutal_kill stops it without asking; a timeout asks and kills when it is
 * over; infinity asks and waits. A child is asked by its {@link
 * io.wormhole.supervision.ChildSpec#stopMessage}; without one it is stopped after the message in
 * hand. A supervisor is asked by {@link io.wormhole.supervision.SupervisorCommand.Shutdown}.
 * Nothing below a stopped supervisor runs on.
 *
 * <p><b>Significant children.</b> If one ends by itself and is not restarted, auto_shutdown
 * any_significant ends the supervisor, all_significant does when no other significant child is
 * alive. Ends that the supervisor caused do not count.
 *
 * <p><b>Requests.</b> Taken up one at a time in order of arrival, together with exits; a shutdown
 * is taken up at once, also in the middle of a start or a restart; snapshots are answered at once.
 * Results are those of OTP's functions of the same names, see {@link
 * io.wormhole.supervision.Refusal}.
 */
@NullMarked
package io.wormhole.supervision;

import org.jspecify.annotations.NullMarked;
