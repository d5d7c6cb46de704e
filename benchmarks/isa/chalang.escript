#!/usr/bin/env escript
%% Times Chalang (the machine that the paper's descends from) on the loop, recursion and hashes of
%% `benchmarks/isa/run programs`.
%% Usage: benchmarks/isa/chalang.escript FOLDER      FOLDER: a copy of zack-bitcoin/chalang
%% What Chalang leaves to its node, a hash and a signature check, is SHA-256 and nothing here.
-mode(compile).

main([Folder]) ->
    code:load_binary(hash, "hash", stand_in(hash, doit,
        "doit(B) -> doit(B, 32). doit(B, N) -> <<H:N/binary, _/binary>> = crypto:hash(sha256, B), H.",
        "doit/1, doit/2")),
    code:load_binary(sign, "sign", stand_in(sign, verify_sig,
        "verify_sig(_, _, _) -> false.", "verify_sig/3")),
    [load(filename:join([Folder, "src", Name ++ ".erl"]))
     || Name <- ["chalang_constants", "arithmetic_chalang", "disassembler", "chalang"]],
    %% A word is a byte: 11 return, 20 drop, 21 dup, 22 swap, 40 hash, 50 +, 51 -, 55 <, 59 ==,
    %% 70 if, 71 else, 72 then, 110 to 111 a function, 112 itself, 113 call, 140 and up small
    %% numbers. The loops call themselves behind the choice: within it Chalang keeps every round.
    Down = <<141, 51, 21, 140, 59, 70, 11, 71, 72, 112, 113>>,
    Fib = <<21, 142, 55, 70, 71, 21, 141, 51, 112, 113, 22, 142, 51, 112, 113, 50, 72>>,
    Hashes = <<22, 40, 22, 141, 51, 21, 140, 59, 70, 11, 71, 72, 112, 113>>,
    report("countdown from 200 000", Down, [], 200000, 200000, <<0:32>>),
    report("fib(22), 57 313 calls", Fib, [], 22, 57313, <<17711:32>>),
    report("100 000 SHA-256 of 32 bytes", Hashes, [<<0:256>>], 100000, 100000, any).

stand_in(Module, _, Body, Exports) ->
    Text = io_lib:format("-module(~s). -export([~s]). ~s", [Module, Exports, Body]),
    {ok, Tokens, _} = erl_scan:string(lists:flatten(Text)),
    {ok, Module, Code} = compile:forms([parsed(Form) || Form <- forms(Tokens, [])]),
    Code.

forms([], []) -> [];
forms([{dot, _} = Dot | Rest], Form) -> [lists:reverse([Dot | Form]) | forms(Rest, [])];
forms([Token | Rest], Form) -> forms(Rest, [Token | Form]).

parsed(Tokens) -> {ok, Form} = erl_parse:parse_form(Tokens), Form.

load(File) ->
    {ok, Module, Code} = compile:file(File, [binary]),
    {module, Module} = code:load_binary(Module, File, Code).

report(Title, Body, Below, Number, Units, Expected) ->
    Pointer = hash:doit(Body),
    Push = << <<2, (byte_size(B)):32, B/binary>> || B <- Below >>,
    Script = <<110, Body/binary, 111, Push/binary, 0, Number:32, 2, 32:32, Pointer/binary, 113>>,
    Run = fun() -> chalang:vm(Script, 1 bsl 50, 1 bsl 50, 10, 10, chalang:new_state(0, 0)) end,
    [Top | _] = Run(),
    true = Expected =:= any orelse Expected =:= Top,
    Times = lists:sort([cpu(Run) || _ <- lists:seq(1, 9)]),
    Median = lists:nth(5, Times),
    io:format("~-30s ~6b ms ~8.1f ns each~n", [Title, Median, Median * 1.0e6 / Units]).

%% Milliseconds of the processor, so that a busy machine does not show in them.
cpu(Run) ->
    erlang:garbage_collect(),
    {Before, _} = erlang:statistics(runtime),
    Run(),
    {After, _} = erlang:statistics(runtime),
    After - Before.
