%% Runs random scenarios on the real supervisor of Erlang/OTP and writes their traces.
%% Input: a file of terms {Seed, Row}; output: per scenario "@Seed", then one line per step, then the children.
-module(otp_oracle).
-behaviour(supervisor).
-export([main/2, init/1, start_worker/2, start_instance/2, start_sup/2, worker_init/1]).

main(In, Out) ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    {ok, Scenarios} = file:consult(In),
    {ok, File} = file:open(Out, [write]),
    [run(File, Seed, Row) || {Seed, Row} <- Scenarios],
    ok = file:close(File),
    halt(0).

run(File, Seed, Row) ->
    Collector = spawn_link(fun() -> collect(#{trace => [], pids => #{}, ids => #{}, attempts => #{}, waiting => #{}}) end),
    register(collector, Collector),
    io:format(File, "@~b~n", [Seed]),
    case supervisor:start_link(?MODULE, Row) of
        {ok, Root} ->
            call({started, root, Root}),
            io:format(File, "ok | ~s~n", [lists:join(", ", call(take))]),
            [begin
                 Reply = apply_event(Root, Event),
                 settle(Root),
                 io:format(File, "~s | ~s~n", [Reply, lists:join(", ", call(take))])
             end || Event <- maps:get(events, Row)],
            io:format(File, "children ~s~n", [lists:join(", ", walk(Root))]),
            exit(Root, shutdown),
            receive {'EXIT', Root, _} -> ok end;
        {error, Reason} ->
            receive {'EXIT', _, _} -> ok after 0 -> ok end,
            io:format(File, "~s | ~s~n", [failure(Reason), lists:join(", ", call(take))])
    end,
    unregister(collector),
    unlink(Collector),
    exit(Collector, kill).

%% Events. What is addressed to something that does not run is "absent" and does nothing.
apply_event(Root, #{op := exit, child := Child, reason := Reason}) ->
    case call({find, Child}) of
        undefined -> "absent";
        Pid ->
            case Reason of kill -> exit(Pid, kill); _ -> Pid ! {exit, Reason} end,
            call({await_down, Pid}),
            settle(Root),
            "null"
    end;
apply_event(Root, #{op := stop}) ->
    case is_process_alive(Root) of
        false -> "absent";
        true ->
            exit(Root, shutdown),
            call({await_down, Root}),
            "null"
    end;
apply_event(Root, #{op := Op} = Event) ->
    Sup = case Event of #{sup := Id} -> call({find, Id}); _ -> Root end,
    case Sup =/= undefined andalso is_process_alive(Sup) of
        false -> "absent";
        true -> request(Op, Sup, Event)
    end.

request(start_child, Sup, #{spec := Spec}) -> word(supervisor:start_child(Sup, child(Spec)));
request(start_instance, Sup, #{label := Label, starts := Starts}) ->
    word(supervisor:start_child(Sup, [Label, Starts]));
request(terminate_instance, Sup, #{child := Child}) ->
    case call({find, Child}) of
        undefined -> "absent";
        Pid -> word(supervisor:terminate_child(Sup, Pid))
    end;
request(terminate_child, Sup, #{child := Id}) -> word(supervisor:terminate_child(Sup, Id));
request(restart_child, Sup, #{child := Id}) -> word(supervisor:restart_child(Sup, Id));
request(delete_child, Sup, #{child := Id}) -> word(supervisor:delete_child(Sup, Id)).

word(ok) -> "ok";
word({ok, undefined}) -> "ok:undefined";
word({ok, _}) -> "ok";
word({error, Reason}) -> failure(Reason).

failure({already_started, _}) -> "error:already_started";
failure({shutdown, {failed_to_start_child, Id, _}}) -> io_lib:format("error:failed_to_start_child ~s", [Id]);
failure({Reason, Child}) when element(1, Child) =:= child -> failure(Reason);
failure(Reason) when is_atom(Reason) -> io_lib:format("error:~s", [Reason]);
failure(Reason) -> io_lib:format("error:~w", [Reason]).

%% Supervisors call back in here.
init(Row) ->
    Flags = #{strategy => maps:get(strategy, Row), intensity => maps:get(intensity, Row),
              period => maps:get(period, Row), auto_shutdown => maps:get(auto_shutdown, Row)},
    Children = case Row of
        #{strategy := simple_one_for_one, children := [Template]} -> [template(Template)];
        #{children := List} -> [child(C) || C <- List]
    end,
    {ok, {Flags, Children}}.

child(#{type := supervisor, id := Id} = Row) -> rules(Row, {?MODULE, start_sup, [Id, Row]});
child(#{id := Id} = Row) -> rules(Row, {?MODULE, start_worker, [Id, starts(Row)]}).
template(Row) -> rules(Row, {?MODULE, start_instance, []}).
starts(Row) -> maps:get(starts, Row, [ok]).
rules(#{id := Id, type := Type, restart := Restart, shutdown := Shutdown} = Row, Start) ->
    #{id => Id, type => Type, restart => Restart, shutdown => Shutdown, start => Start,
      significant => maps:get(significant, Row, false)}.

start_sup(Id, Row) ->
    case supervisor:start_link(?MODULE, Row) of
        {ok, Pid} -> call({started, Id, Pid}), {ok, Pid};
        {error, Reason} -> call({note, "start_failed", Id}), {error, Reason}
    end.

start_instance(Label, Starts) -> start_worker(Label, Starts).
start_worker(Id, Starts) ->
    Attempt = call({attempt, Id}),
    case lists:nth(min(Attempt, length(Starts)), Starts) of
        error -> call({note, "start_failed", Id}), {error, boom};
        ignore -> call({note, "start_ignored", Id}), ignore;
        ok ->
            {ok, Pid} = proc_lib:start_link(?MODULE, worker_init, [self()]),
            call({started, Id, Pid}),
            {ok, Pid}
    end.

worker_init(Parent) ->
    proc_lib:init_ack(Parent, {ok, self()}),
    receive
        {exit, '{shutdown,done}'} -> exit({shutdown, done});
        {exit, Reason} -> exit(Reason)
    end.

%% Quiet: every live supervisor has answered, so often that every retry and escalation is through.
settle(Root) ->
    Before = call(size),
    [walk(Root) || _ <- lists:seq(1, 6)],
    case call(size) of Before -> ok; _ -> settle(Root) end.

walk(Sup) ->
    case catch supervisor:which_children(Sup) of
        {'EXIT', _} -> [];
        [{undefined, _, _, _} | _] = Instances -> lists:sort([lists:append(entry(C)) || C <- Instances]);
        %% OTP lists the last started child first.
        Children -> lists:append([entry(C) || C <- lists:reverse(Children)])
    end.
entry({undefined, Pid, _, _}) -> [atom_to_list(call({name, Pid})), " up"];
entry({Id, Pid, supervisor, _}) when is_pid(Pid) -> [[atom_to_list(Id), " up"] | walk(Pid)];
entry({Id, Pid, _, _}) when is_pid(Pid) -> [[atom_to_list(Id), " up"]];
entry({Id, _, _, _}) -> [[atom_to_list(Id), " down"]].

%% The collector: the order in which it hears is the trace.
call(Request) ->
    Ref = make_ref(),
    collector ! {self(), Ref, Request},
    receive {Ref, Reply} -> Reply end.

collect(#{trace := Trace, pids := Pids, ids := Ids, attempts := Attempts, waiting := Waiting} = S) ->
    receive
        {From, Ref, {started, root, Pid}} ->
            monitor(process, Pid),
            From ! {Ref, ok},
            collect(S#{pids := Pids#{root => Pid}, ids := Ids#{Pid => root}});
        {From, Ref, {started, Id, Pid}} ->
            monitor(process, Pid),
            From ! {Ref, ok},
            collect(S#{trace := [["start ", atom_to_list(Id)] | Trace], pids := Pids#{Id => Pid}, ids := Ids#{Pid => Id}});
        {From, Ref, {note, What, Id}} ->
            From ! {Ref, ok},
            collect(S#{trace := [[What, " ", atom_to_list(Id)] | Trace]});
        {From, Ref, {attempt, Id}} ->
            N = maps:get(Id, Attempts, 0) + 1,
            From ! {Ref, N},
            collect(S#{attempts := Attempts#{Id => N}});
        {From, Ref, {find, Id}} ->
            From ! {Ref, maps:get(Id, Pids, undefined)},
            collect(S);
        {From, Ref, {name, Pid}} ->
            From ! {Ref, maps:get(Pid, Ids, unknown)},
            collect(S);
        {From, Ref, {await_down, Pid}} ->
            case maps:is_key(Pid, Ids) of
                false -> From ! {Ref, ok}, collect(S);
                true -> collect(S#{waiting := Waiting#{Pid => {From, Ref}}})
            end;
        {From, Ref, size} ->
            From ! {Ref, length(Trace)},
            collect(S);
        {From, Ref, take} ->
            From ! {Ref, lists:reverse(Trace)},
            collect(S#{trace := []});
        {'DOWN', _, process, Pid, Reason} ->
            case Waiting of #{Pid := {From, Ref}} -> From ! {Ref, ok}; _ -> ok end,
            Id = maps:get(Pid, Ids),
            Entry = case Id of
                root -> ["sup_exit ", reason(Reason)];
                _ -> ["exit ", atom_to_list(Id), " ", reason(Reason)]
            end,
            Pids1 = case Pids of #{Id := Pid} -> maps:remove(Id, Pids); _ -> Pids end,
            collect(S#{trace := [Entry | Trace], pids := Pids1, ids := maps:remove(Pid, Ids), waiting := maps:remove(Pid, Waiting)})
    end.

reason({shutdown, Term}) -> ["shutdown:", atom_to_list(Term)];
reason(Reason) when is_atom(Reason) -> atom_to_list(Reason);
reason(Reason) -> io_lib:format("~w", [Reason]).
