--------------------------- MODULE ChannelUpdates ---------------------------
(***************************************************************************)
(* How two sides of one channel agree on updates and on closing together,  *)
(* as channels.md has it and io.wormhole.channel.decider does it.          *)
(*                                                                         *)
(* Payments stand for all operations. A state is a nonce and the balance   *)
(* of participant 0; a signature is the fact that a side signed a state.   *)
(* Links keep their order and lose everything when they break. A crash     *)
(* loses what is on its way and nothing stored: it is a broken link. Each  *)
(* action is atomic, since its events are stored before its messages go.   *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
    Wishes,     \* how many updates each side wants
    Breaks,     \* how often the link may break or a side crash
    Restores,   \* how often a side may come back from its first copy
    Closes,     \* how often a side may wish to close together
    Deposit     \* what each side has at first; at least the sum of all payments

Side  == {0, 1}
Other(s) == 1 - s
None  == [kind |-> "none"]

\* What a side wants: the payer and a payment that tells its wish from any other.
Payment(s, k) == 2 ^ (s * Wishes + k)
Wish(s, k)    == [kind |-> "wish", by |-> s, pays |-> Payment(s, k)]

VARIABLES
    position,   \* last state that both have signed, as each side knows it
    offer,      \* the own unsigned wish of each side, or None
    pending,    \* the partner's state that this side alone has signed, or None
    phase,      \* "open", "doubt", "closing" or "lost"
    wantsClose, \* whether the side has wished to close, unsigned
    link,       \* link[s]: messages on their way to s
    signed,     \* signed[s]: all states that s has ever signed
    made, breaks, restores, closes

vars == <<position, offer, pending, phase, wantsClose, link, signed,
          made, breaks, restores, closes>>

First     == [nonce |-> 0, left |-> Deposit]
After(p, wish) ==
    [nonce |-> p.nonce + 1,
     left  |-> IF wish.by = 0 THEN p.left - wish.pays ELSE p.left + wish.pays]
\* The same division two nonces later: what both sign when one forgot its wish.
Skipping(p) == [p EXCEPT !.nonce = p.nonce + 2]

\* For nonce n the participant with index n mod 2 goes first.
GoesFirst(s, n) == n % 2 = s

Propose(p, w)     == [kind |-> "propose", nonce |-> p.nonce + 1, wish |-> w]
Countersign(st)   == [kind |-> "countersign", state |-> st]
Acknowledge(st)   == [kind |-> "acknowledge", state |-> st]
Refuse(n, w)      == [kind |-> "refuse", nonce |-> n, wish |-> w]
Reestablish(p)    == [kind |-> "reestablish", state |-> p]
ProposeClose(p)   == [kind |-> "propose-close", left |-> p.left]
CountersignClose(p) == [kind |-> "countersign-close", left |-> p.left]
RefuseClose       == [kind |-> "refuse-close"]

Init ==
    /\ position = [s \in Side |-> First]
    /\ offer    = [s \in Side |-> None]
    /\ pending  = [s \in Side |-> None]
    /\ phase    = [s \in Side |-> "open"]
    /\ wantsClose = [s \in Side |-> FALSE]
    /\ link     = [s \in Side |-> <<>>]
    /\ signed   = [s \in Side |-> {}]
    /\ made     = [s \in Side |-> 0]
    /\ breaks = 0 /\ restores = 0 /\ closes = 0

\* What a side still wants or owes, said again.
Unanswered(s) ==
    (IF pending[s] # None THEN <<Countersign(pending[s].state)>>
     ELSE IF offer[s] # None THEN <<Propose(position[s], offer[s])>> ELSE <<>>)
    \o (IF wantsClose[s] THEN <<ProposeClose(position[s])>> ELSE <<>>)

SignedNonce(s) ==
    IF pending[s] # None THEN pending[s].state.nonce ELSE position[s].nonce

\* Takes the first message of s's link and puts an answer on the other's.
Answer(s, messages) ==
    link' = [link EXCEPT ![s] = Tail(@), ![Other(s)] = @ \o messages]

Sign(s, state) == signed' = [signed EXCEPT ![s] = @ \union {state}]
NothingSigned  == UNCHANGED signed
Budgets        == UNCHANGED <<made, breaks, restores, closes>>

-----------------------------------------------------------------------------
(* The owner *)

MakeOffer(s) ==
    /\ phase[s] = "open" /\ ~wantsClose[s] /\ offer[s] = None /\ made[s] < Wishes
    /\ offer' = [offer EXCEPT ![s] = Wish(s, made[s])]
    /\ made'  = [made EXCEPT ![s] = @ + 1]
    /\ link'  = [link EXCEPT ![Other(s)] =
                    IF pending[s] = None
                    THEN Append(@, Propose(position[s], Wish(s, made[s]))) ELSE @]
    /\ UNCHANGED <<position, pending, phase, wantsClose, signed, breaks, restores, closes>>

WishClose(s) ==
    /\ phase[s] = "open" /\ offer[s] = None /\ pending[s] = None
    /\ ~wantsClose[s] /\ closes < Closes
    /\ wantsClose' = [wantsClose EXCEPT ![s] = TRUE]
    /\ closes' = closes + 1
    /\ link' = [link EXCEPT ![Other(s)] = Append(@, ProposeClose(position[s]))]
    /\ UNCHANGED <<position, offer, pending, phase, signed, made, breaks, restores>>

-----------------------------------------------------------------------------
(* Hearing *)

Hear(s, kind) ==
    /\ phase[s] = "open" /\ link[s] # <<>> /\ Head(link[s]).kind = kind

HearPropose(s) ==
    LET m == Head(link[s])
        next == After(position[s], m.wish)
    IN
    /\ Hear(s, "propose")
    /\ Budgets
    /\ CASE m.nonce # position[s].nonce + 1 ->
              Answer(s, <<>>) /\ NothingSigned
              /\ UNCHANGED <<position, offer, pending, phase, wantsClose>>
         [] m.nonce = position[s].nonce + 1 /\ pending[s] # None ->
              \* One signature for one nonce: the same again, and nothing else.
              /\ Answer(s, IF pending[s].wish = m.wish
                           THEN <<Countersign(pending[s].state)>>
                           ELSE <<Refuse(m.nonce, m.wish), Countersign(pending[s].state)>>)
              /\ NothingSigned /\ UNCHANGED <<position, offer, pending, phase, wantsClose>>
         [] m.nonce = position[s].nonce + 1 /\ pending[s] = None
            /\ offer[s] # None /\ GoesFirst(s, m.nonce) ->
              /\ Answer(s, <<Propose(position[s], offer[s])>>)
              /\ NothingSigned /\ UNCHANGED <<position, offer, pending, phase, wantsClose>>
         [] OTHER ->
              /\ pending' = [pending EXCEPT ![s] = [kind |-> "signed", wish |-> m.wish,
                                                    state |-> next]]
              /\ wantsClose' = [wantsClose EXCEPT ![s] = FALSE]
              /\ Sign(s, next) /\ Answer(s, <<Countersign(next)>>)
              /\ UNCHANGED <<position, offer, phase>>

HearCountersign(s) ==
    LET m == Head(link[s])
        mine == IF offer[s] = None THEN First ELSE After(position[s], offer[s])
        again == Skipping(position[s])
    IN
    /\ Hear(s, "countersign")
    /\ Budgets
    /\ CASE m.state = position[s] ->
              /\ Answer(s, <<Acknowledge(position[s])>>)
              /\ NothingSigned /\ UNCHANGED <<position, offer, pending, phase, wantsClose>>
         [] m.state # position[s] /\ m.state = again ->
              \* The partner passes over a wish that it forgot.
              /\ position' = [position EXCEPT ![s] = again]
              /\ pending'  = [pending EXCEPT ![s] = None]
              /\ Sign(s, again)
              /\ Answer(s, <<Acknowledge(again)>> \o
                           (IF offer[s] # None THEN <<Propose(again, offer[s])>> ELSE <<>>))
              /\ UNCHANGED <<offer, phase, wantsClose>>
         [] m.state.nonce = position[s].nonce + 1 /\ offer[s] = None /\ pending[s] = None ->
              \* Something was signed that this side wanted and knows no more.
              /\ pending' = [pending EXCEPT ![s] = [kind |-> "signed", wish |-> None,
                                                    state |-> again]]
              /\ Sign(s, again) /\ Answer(s, <<Countersign(again)>>)
              /\ UNCHANGED <<position, offer, phase, wantsClose>>
         [] m.state.nonce = position[s].nonce + 1 /\ offer[s] # None /\ pending[s] = None
            /\ m.state = mine ->
              /\ position' = [position EXCEPT ![s] = mine]
              /\ offer' = [offer EXCEPT ![s] = None]
              /\ Sign(s, mine) /\ Answer(s, <<Acknowledge(mine)>>)
              /\ UNCHANGED <<pending, phase, wantsClose>>
         [] OTHER ->
              /\ Answer(s, <<>>) /\ NothingSigned
              /\ UNCHANGED <<position, offer, pending, phase, wantsClose>>

HearAcknowledge(s) ==
    LET m == Head(link[s]) IN
    /\ Hear(s, "acknowledge")
    /\ Budgets /\ NothingSigned
    /\ IF pending[s] # None /\ m.state = pending[s].state
       THEN /\ position' = [position EXCEPT ![s] = m.state]
            /\ pending'  = [pending EXCEPT ![s] = None]
            /\ Answer(s, IF offer[s] # None THEN <<Propose(m.state, offer[s])>> ELSE <<>>)
            /\ UNCHANGED <<offer, phase, wantsClose>>
       ELSE /\ Answer(s, <<>>) /\ UNCHANGED <<position, offer, pending, phase, wantsClose>>

HearRefuse(s) ==
    LET m == Head(link[s])
        current == pending[s] = None /\ m.nonce = position[s].nonce + 1 /\ offer[s] = m.wish
    IN
    /\ Hear(s, "refuse")
    /\ Budgets /\ NothingSigned /\ Answer(s, <<>>)
    /\ offer' = IF current THEN [offer EXCEPT ![s] = None] ELSE offer
    /\ UNCHANGED <<position, pending, phase, wantsClose>>

(* Also in doubt: the first thing that ends it. *)
HearReestablish(s) ==
    LET m == Head(link[s]) IN
    /\ phase[s] \in {"open", "doubt"} /\ link[s] # <<>> /\ Head(link[s]).kind = "reestablish"
    /\ Budgets /\ NothingSigned
    /\ IF m.state.nonce > SignedNonce(s)
       THEN \* The partner proves what this side has signed and does not know.
            /\ phase' = [phase EXCEPT ![s] = "lost"]
            /\ offer' = [offer EXCEPT ![s] = None]
            /\ pending' = [pending EXCEPT ![s] = None]
            /\ wantsClose' = [wantsClose EXCEPT ![s] = FALSE]
            /\ Answer(s, <<>>) /\ UNCHANGED position
       ELSE /\ phase' = [phase EXCEPT ![s] = "open"]
            /\ Answer(s, (IF m.state.nonce < position[s].nonce
                          THEN <<Acknowledge(position[s])>> ELSE <<>>)
                         \o Unanswered(s)
                         \o (IF phase[s] = "doubt"
                             THEN <<Reestablish(position[s])>> \o Unanswered(s) ELSE <<>>))
            /\ UNCHANGED <<position, offer, pending, wantsClose>>

HearProposeClose(s) ==
    LET m == Head(link[s])
        fits == offer[s] = None /\ pending[s] = None /\ m.left = position[s].left
    IN
    /\ Hear(s, "propose-close")
    /\ Budgets /\ NothingSigned
    /\ IF fits
       THEN /\ phase' = [phase EXCEPT ![s] = "closing"]
            /\ wantsClose' = [wantsClose EXCEPT ![s] = FALSE]
            /\ Answer(s, <<CountersignClose(position[s])>>)
       ELSE Answer(s, <<RefuseClose>>) /\ UNCHANGED <<phase, wantsClose>>
    /\ UNCHANGED <<position, offer, pending>>

\* Whoever signed a closing signs nothing else, so it is completed also without a wish.
HearCountersignClose(s) ==
    LET m == Head(link[s]) IN
    /\ Hear(s, "countersign-close")
    /\ Budgets /\ NothingSigned /\ Answer(s, <<>>)
    /\ IF m.left = position[s].left
       THEN /\ phase' = [phase EXCEPT ![s] = "closing"]
            /\ offer' = [offer EXCEPT ![s] = None]
            /\ wantsClose' = [wantsClose EXCEPT ![s] = FALSE]
       ELSE UNCHANGED <<phase, offer, wantsClose>>
    /\ UNCHANGED <<position, pending>>

HearRefuseClose(s) ==
    /\ Hear(s, "refuse-close")
    /\ Budgets /\ NothingSigned /\ Answer(s, <<>>)
    /\ wantsClose' = [wantsClose EXCEPT ![s] = FALSE]
    /\ UNCHANGED <<position, offer, pending, phase>>

\* A closing side repeats its signature; one in doubt or behind its partner says nothing.
HearElse(s) ==
    /\ link[s] # <<>>
    /\ \/ phase[s] \in {"closing", "lost"}
       \/ phase[s] = "doubt" /\ Head(link[s]).kind # "reestablish"
    /\ Budgets /\ NothingSigned
    /\ Answer(s, IF phase[s] = "closing" /\ Head(link[s]).kind # "countersign-close"
                 THEN <<CountersignClose(position[s])>> ELSE <<>>)
    /\ UNCHANGED <<position, offer, pending, phase, wantsClose>>

-----------------------------------------------------------------------------
(* The world *)

Said(s) ==
    CASE phase[s] = "open"    -> <<Reestablish(position[s])>> \o Unanswered(s)
      [] phase[s] = "doubt"   -> <<Reestablish(position[s])>>
      [] phase[s] = "closing" -> <<Reestablish(position[s]), CountersignClose(position[s])>>
      [] OTHER                -> <<>>

Break ==
    /\ breaks < Breaks
    /\ breaks' = breaks + 1
    /\ link' = [s \in Side |-> Said(Other(s))]
    /\ UNCHANGED <<position, offer, pending, phase, wantsClose, signed, made, restores, closes>>

\* Comes back from its first copy, and asks before it does anything.
Restore(s) ==
    /\ restores < Restores /\ phase[s] = "open"
    /\ restores' = restores + 1
    /\ position' = [position EXCEPT ![s] = First]
    /\ offer' = [offer EXCEPT ![s] = None]
    /\ pending' = [pending EXCEPT ![s] = None]
    /\ phase' = [phase EXCEPT ![s] = "doubt"]
    /\ wantsClose' = [wantsClose EXCEPT ![s] = FALSE]
    /\ signed' = [signed EXCEPT ![s] = {}]
    /\ link' = [t \in Side |-> IF t = s THEN Said(Other(s)) ELSE <<Reestablish(First)>>]
    /\ UNCHANGED <<made, breaks, closes>>

Deliver(s) ==
    \/ HearPropose(s) \/ HearCountersign(s) \/ HearAcknowledge(s) \/ HearRefuse(s)
    \/ HearReestablish(s)
    \/ HearProposeClose(s) \/ HearCountersignClose(s) \/ HearRefuseClose(s)
    \/ HearElse(s)

Next ==
    \/ \E s \in Side : MakeOffer(s) \/ WishClose(s) \/ Deliver(s) \/ Restore(s)
    \/ Break

Spec == Init /\ [][Next]_vars /\ \A s \in Side : WF_vars(Deliver(s))

-----------------------------------------------------------------------------
(* What must hold *)

\* Nobody signs two states with one nonce; so no two states with one nonce have both signatures.
OneSignaturePerNonce ==
    \A s \in Side : \A a, b \in signed[s] : a.nonce = b.nonce => a = b

NoConflict ==
    \A a, b \in signed[0] \intersect signed[1] : a.nonce = b.nonce => a = b

\* No theft: the newest state that a side can enforce pays it what it agreed to, and the partner
\* can show no newer one that this side has not signed.
NoTheft ==
    Restores = 0 =>
        \A s \in Side : position[Other(s)].nonce > 0 =>
            \/ position[Other(s)] \in signed[s]

Conserved == \A s \in Side : position[s].left \in 0 .. 2 * Deposit

\* Whoever signed a closing and its partner hold the same division.
ClosesAgree ==
    phase[0] = "closing" /\ phase[1] = "closing" => position[0].left = position[1].left

Quiet == \A s \in Side : link[s] = <<>>

\* Where nothing is on its way, nothing hangs.
QuietIsDone ==
    Quiet /\ (\A s \in Side : phase[s] # "lost") =>
        /\ \A s \in Side : phase[s] # "doubt"
        /\ (phase[0] = "closing") = (phase[1] = "closing") \/ Restores > 0
        /\ \A s \in Side : phase[s] = "open" /\ phase[Other(s)] = "open" =>
              /\ position[0] = position[1]
              /\ pending[s] = None /\ offer[s] = None /\ ~wantsClose[s]

\* Liveness: with a link that holds for long enough everything comes to rest.
EventuallyQuiet == <>[](breaks = Breaks /\ restores = Restores) => []<>Quiet

THEOREM Spec => [](OneSignaturePerNonce /\ NoConflict /\ NoTheft /\ Conserved /\ ClosesAgree
                   /\ QuietIsDone)
=============================================================================
