%% The cases of SupervisionBenchmark on Erlang/OTP: same numbers of children, same work, medians of rounds.
-module(supervision_bench).
-behaviour(supervisor).
-export([main/1, init/1, start_worker/0, worker_init/1, start_crashing/3, crashing_init/4]).

-define(STARTS, 100000).
-define(STARTS_ALONE, 30000).
-define(RESTARTS_PER_SUPERVISOR, 200).
-define(SUPERVISORS, 100).
-define(STOPPED, 100000).
-define(GROUP_CHILDREN, 20000).

main([Case, Rounds]) ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    run(Case, list_to_integer(atom_to_list(Rounds))),
    halt().

run('start-alone', R) -> report('start-alone', "starts/s", R, fun() -> starts(1) end);
run('start-many', R) -> report('start-many', "starts/s", R, fun() -> starts(16) end);
run('restart-one', R) -> report('restart-one', "restarts/s", R, fun() -> restarts(0) end);
run('restart-siblings', R) -> report('restart-siblings', "restarts/s", R, fun() -> restarts(10000) end);
run('stop-instances', R) -> report('stop-instances', "ms", R, fun stop_instances/0);
run('stop-tree', R) -> report('stop-tree', "ms", R, fun stop_tree/0);
run(Case, R) when Case =/= idle ->
    case string:split(atom_to_list(Case), "-", all) of
        ["restart", "all", Size] -> report(Case, "us/child", R, fun() -> group(one_for_all, list_to_integer(Size)) end);
        ["restart", "rest", Size] -> report(Case, "us/child", R, fun() -> group(rest_for_one, list_to_integer(Size)) end)
    end;
run(idle, Thousands) -> idle(Thousands * 1000).

report(Name, Unit, Rounds, Round) ->
    All = [Round() || _ <- lists:seq(1, Rounds)],
    Values = lists:sort(lists:nthtail(Rounds div 3, All)),
    io:format("otp ~s ~.1f ~s (from ~.1f to ~.1f)~n",
              [Name, lists:nth(length(Values) div 2 + 1, Values), Unit, hd(Values), lists:last(Values)]).

%% Workers: proc_lib processes that acknowledge their start, as every OTP process does.
start_worker() -> proc_lib:start_link(?MODULE, worker_init, [self()]).
worker_init(Parent) -> proc_lib:init_ack(Parent, {ok, self()}), loop().
loop() -> receive stop -> ok; _ -> loop() end.

start_crashing(Counter, Driver, Restarts) ->
    proc_lib:start_link(?MODULE, crashing_init, [self(), Counter, Driver, Restarts]).
crashing_init(Parent, Counter, Driver, Restarts) ->
    N = counters:get(Counter, 1),
    counters:add(Counter, 1, 1),
    proc_lib:init_ack(Parent, {ok, self()}),
    if N =:= 0 -> Driver ! {first, self()};
       N < Restarts -> self() ! crash;
       N =:= Restarts -> Driver ! enough;
       true -> ok
    end,
    receive crash -> exit(crash); stop -> ok end.

init(Spec) -> {ok, Spec}.

worker(Id, Restart) -> #{id => Id, start => {?MODULE, start_worker, []}, restart => Restart, shutdown => 5000}.
instances() -> {#{strategy => simple_one_for_one}, [worker(w, temporary)]}.

starts(Callers) ->
    {ok, Sup} = supervisor:start_link(?MODULE, instances()),
    N = if Callers =:= 1 -> ?STARTS_ALONE; true -> ?STARTS end,
    T = time_us(fun() -> fill(Sup, N, Callers) end),
    stop(Sup),
    N * 1.0e6 / T.

fill(Sup, N, 1) -> fill_alone(Sup, N);
fill(Sup, N, Callers) ->
    Self = self(),
    Pids = [spawn_link(fun() -> fill_alone(Sup, N div Callers), Self ! {self(), done} end) || _ <- lists:seq(1, Callers)],
    [receive {P, done} -> receive {'EXIT', P, _} -> ok end end || P <- Pids].
fill_alone(_, 0) -> ok;
fill_alone(Sup, N) -> {ok, _} = supervisor:start_child(Sup, []), fill_alone(Sup, N - 1).

restarts(Siblings) ->
    Supervisors = if Siblings =:= 0 -> ?SUPERVISORS; true -> 10 end,
    Total = lists:sum([restarts_of_one(one_for_one, Siblings, ?RESTARTS_PER_SUPERVISOR)
                       || _ <- lists:seq(1, Supervisors)]),
    Supervisors * ?RESTARTS_PER_SUPERVISOR * 1.0e6 / Total.

%% Microseconds per restarted child, when a crash restarts Size children.
group(Strategy, Size) ->
    Restarts = ?GROUP_CHILDREN div Size,
    restarts_of_one(Strategy, Size - 1, Restarts) / (Restarts * Size).

restarts_of_one(Strategy, Siblings, Restarts) ->
    Counter = counters:new(1, []),
    Crashing = #{id => crashing, start => {?MODULE, start_crashing, [Counter, self(), Restarts]}},
    Idle = [worker({w, I}, permanent) || I <- lists:seq(1, Siblings)],
    Children = if Strategy =:= rest_for_one -> [Crashing | Idle]; true -> Idle ++ [Crashing] end,
    {ok, Sup} = supervisor:start_link(?MODULE, {#{strategy => Strategy, intensity => 1000000, period => 3600}, Children}),
    First = receive {first, Pid} -> Pid end,
    T = time_us(fun() -> First ! crash, receive enough -> ok end end),
    stop(Sup),
    T.

stop_instances() ->
    {ok, Sup} = supervisor:start_link(?MODULE, instances()),
    fill(Sup, ?STOPPED, 16),
    time_us(fun() -> stop(Sup) end) / 1.0e3.

stop_tree() ->
    Branch = {#{}, [worker({w, J}, permanent) || J <- lists:seq(1, ?STOPPED div 100)]},
    Spec = {#{}, [#{id => {b, I}, start => {supervisor, start_link, [?MODULE, Branch]}, type => supervisor}
                  || I <- lists:seq(1, 100)]},
    {ok, Sup} = supervisor:start_link(?MODULE, Spec),
    time_us(fun() -> stop(Sup) end) / 1.0e3.

idle(N) ->
    garbage_collect(),
    Before = erlang:memory(total),
    {ok, Sup} = supervisor:start_link(?MODULE, instances()),
    fill(Sup, N, 1),
    garbage_collect(Sup),
    After = erlang:memory(total),
    io:format("otp idle ~.1f bytes/child (~b children, ~b MB in all)~n",
              [(After - Before) / N, N, After div 1048576]).

stop(Sup) ->
    exit(Sup, shutdown),
    receive {'EXIT', Sup, _} -> ok end.

time_us(F) ->
    T0 = erlang:monotonic_time(microsecond),
    F(),
    erlang:monotonic_time(microsecond) - T0.
