%% Corners of the language: each function takes nothing, and gives what the engine gives.

t1() -> {-7 div 2, -7 rem 2, 7 rem -3, -7 rem -3, 7 div -2}.

t2() -> {1 bsl 3, -5 bsr 1, 5 band 3, 5 bor 3, 5 bxor 3}.

t4() -> {1 + 2 bsl 1, 1 bsl 2 + 3, 5 band 3 + 1, 2 * 3 rem 4, 7 - 3 - 2}.

t11g(A, B) when A > 1, B < 2; A =:= 0 -> yes;
t11g(_, _) -> no.
t11() -> {t11g(2, 1), t11g(2, 3), t11g(0, 9), t11g(1, 1)}.

t13() -> F = fun(0) -> zero; (N) when N < 0 -> neg; (_) -> pos end, {F(0), F(-1), F(1)}.

t15() -> [{X, Y} || X <- [1, 2, 3], Y <- [1, 2, 3], X < Y, X + Y =/= 4].

t16() -> [X || {ok, X} <- [{ok, 1}, {no, 2}, {ok, 3}]].

t17() -> X = 1, F = fun(X) -> X + 1 end, F(5) + X.

t18() -> X = 1, [X || X <- [5, 6]] ++ [X].

t19g(X) -> if X > 1 -> a; X < 0 -> b end.
t19() -> t19g(1).

t20() -> case {1, [2, 3]} of {1, [H | _]} when H > 5 -> big; {1, [_, T]} -> T end.

t22() -> begin A = 1, A + 1 end.

t23() -> {16#FF, 2#101, $a, $\n, 1_000, 36#Z}.

t24() -> "ab" ++ "c".

t25() -> <<1, 300:16, "é"/utf8, "ab">>.

t30() -> #{a := X} = #{a => 7, b => 8}, X.

t31() -> maps:get(z, #{a => 1}, 5).

t32() -> maps:get(z, #{a => 1}).

t33() -> lists:nth(1, [7, 8]).

t34() -> lists:nth(0, [7, 8]).

t35() -> lists:nth(3, [7, 8]).

t36() -> lists:foldr(fun(X, A) -> X - A end, 0, [1, 2, 3]).

t37() -> lists:foldl(fun(X, A) -> X - A end, 0, [1, 2, 3]).

t38() -> true xor false.

t39() -> {true and false, true or false, not true, false andalso true, true orelse false}.

t41() -> {0.1 + 0.2, 5.0e-324, 1.0e16, 123456789.125 / 3}.

t44() -> {1 + 1.5, 2 * 1.5, 3 - 0.5}.

t45() -> 1 < 1.5.

t46() -> {-0.0 == 0.0, 1.5 > 1.0}.

t47() -> -0.0 =:= 0.0.

t48() -> hd([]).

t49() -> tl([1]).

t50() -> length([1, [2, 3]]).

t51() -> {a, b} =:= {a, b}.

t53() -> lists:seq(2, 5).

t57() -> {lists:member(2, [1, 2]), lists:reverse([1, 2]), lists:any(fun(X) -> X > 1 end, [1, 2]), lists:all(fun(X) -> X > 1 end, [])}.

t58() -> {integer_to_binary(-5), byte_size(<<"abc">>), binary_part(<<"abcdef">>, 1, 3)}.

t59() -> {binary:at(<<"abc">>, 1), binary:decode_unsigned(<<1, 0>>)}.

t60() -> <<"a">> < <<"b">>.

t61() -> {<<"Z">> < <<"a">>, <<"ab">> < <<"abc">>}.

t62() -> setelement(2, {a, b, c}, z).

t63() -> {element(1, {x, y}), tuple_size({x, y})}.

t64() -> case 5 of N when N > 3, N < 10 -> in; _ -> out end.

t65() -> X = 5, case 5 of X -> same; _ -> other end.

t66() -> X = 5, case 6 of X -> same; _ -> other end.

t67() -> {is_integer(1), is_float(1), is_list([]), is_tuple({}), is_map(#{}), is_boolean(true)}.

t69() -> lists:map(fun t69f/1, [1, 2]).
t69f(X) -> X * 2.

t71() -> (fun(X, Y) -> X - Y end)(5, 3).

t72() -> case [1, 2, 3] of [A, B | C] -> {A, B, C} end.

t73() -> [] =:= [].

t74() -> case #{a => {1, 2}} of #{a := {X, Y}} when X < Y -> Y - X end.

t75() -> if 1 > 2 -> a; true -> b end.

t78() -> 1 bsl 100 rem 7.

t79() -> -(1 bsl 100) div 7.

t80() -> 7 div 0.

t83() -> lists:sort(maps:to_list(#{b => 1, a => 2})).

t86() -> [X * 2 || X <- lists:seq(1, 5), X rem 2 =:= 1].

t87() -> {not (1 < 2), 1 =/= 2, 1 =< 1, 2 >= 3}.

t88() -> case "abc" of [$a | Rest] -> Rest end.

t92() -> float(3).

t93() -> min(2, 3) + max(2, 3).

t94() -> max(1, 2.5).

t95() -> {max(2.0, 1.5), min(2.0, 1.5)}.

t96g(X) when is_integer(X), X > 0; is_list(X) -> yes.
t96() -> t96g(3).

t500() -> {A, {B, C}} = {1, {2, 3}}, A + B + C.

t501() -> [A, B | Rest] = [1, 2, 3, 4], {A, B, Rest}.

t502() -> #{a := X, b := {Y, Z}} = #{a => 1, b => {2, 3}}, X + Y + Z.

t503() -> [X * Y || X <- [1, 2, 3], Y <- [4, 5], X rem 2 =:= 1].

t504() -> [{X, Y} || {X, [Y | _]} <- [{1, [2]}, {3, []}, {4, [5, 6]}]].

t505() -> [X || {ok, X} <- [{ok, 1}, {err, 2}, {ok, 3}]].

t506() -> "abc" ++ "def".

t507() -> <<"abc", "def">>.

t508() -> A = <<"abc">>, B = <<"def">>, <<A/binary, B/binary>>.

t509() -> [$a, $b] =:= "ab".

t510() -> [7 div 2, -7 div 2, 7 div -2, -7 div -2, 7 rem 3, -7 rem 3, 7 rem -3].

t511() -> {true andalso false, true orelse false, not true, true xor true, true and false}.

t512() -> F = fun(X) -> X + 1 end, F(5).

t513() -> X = 5, F = fun(Y) -> X + Y end, lists:map(F, [1, 2]).

t514() -> X = 5, F = fun(X) -> X + 1 end, F(1) + X.

t515() -> X = 5, [X || X <- [1, 2]].

t516() -> X = 5, case 5 of X -> same; _ -> other end.

t517() -> X = 5, Y = case X of 5 -> a; _ -> b end, Y.

t518() -> lists:foldl(fun(X, Acc) -> X + Acc end, 0, [1, 2, 3]).

t519() -> lists:foldr(fun(X, Acc) -> [X | Acc] end, [], [1, 2, 3]).

t520() -> lists:nth(2, [a, b, c]).

t521() -> lists:member(a, [a, b]).

t522() -> lists:reverse([1, 2, 3]).

t523() -> lists:seq(1, 5).

t524() -> length([1, 2]) + tuple_size({a, b}) + map_size(#{a => 1}) + byte_size(<<"abc">>).

t525() -> maps:get(a, #{a => 1}) + maps:get(b, #{a => 1}, 7).

t526() -> maps:is_key(a, #{a => 1}).

t527() -> lists:sort(maps:to_list(#{b => 1, a => 2})).

t528() -> element(2, {a, b, c}).

t529() -> setelement(2, {a, b, c}, x).

t530() -> {abs(-3), abs(-2.5), max(1, 2), min(1, 2), trunc(2.9), trunc(-2.9), floor(-2.5), ceil(-2.5)}.

t531() -> {1 bsl 70, -5 bsr 1, 5 band 3, 5 bor 8, 5 bxor 1}.

t532() -> {16#ff, 2#101, $a, 1_000, 1.5e3}.

t533() -> integer_to_binary(55).

t534() -> Fs = [fun() -> I end || I <- [1, 2, 3]], [F() || F <- Fs].

t535() -> lists:map(fun({A, B}) -> A + B end, [{1, 2}, {3, 4}]).

t536() -> F = fun(0) -> zero; (N) when N > 0 -> pos; (_) -> neg end, [F(0), F(1), F(-1)].

t537() -> (fun(X) -> X * 2 end)(4).

t538() -> F = fun(X) -> fun(Y) -> X + Y end end, (F(1))(2).

t539() -> X = 1, X = 1, X.

t540() -> {X, X} = {1, 1}, X.

t541() -> [_, _ | T] = [1, 2, 3], T.

t542() -> _A = 1, _B = 2, _A + _B.

t543() -> S = #{n => 1, log => []}, #{n := N, log := L} = S, {N + 1, [x | L]}.

t544() -> [X + Y || {X, Y} <- [{1, 2}]] ++ [0].

t545() -> [begin Y = X * 2, Y + 1 end || X <- [1, 2]].

t546() -> [case X of 1 -> one; _ -> many end || X <- [1, 2]].

t547() -> lists:any(fun(X) -> X > 2 end, [1, 3]) andalso lists:all(fun(X) -> X > 0 end, [1, 3]).

t548() -> {1.5, 1.0e10, 0.1 + 0.2, -0.0}.

t549() -> 0.0 =:= -0.0.

t550() -> 0.0 == -0.0.

t551() -> case -0.0 of 0.0 -> zero; _ -> other end.

t552() -> {a, 1} =:= {a, 1}.

t553() -> #{a => 1} =:= #{a => 1}.

t554() -> <<"a">> < <<"b">>.

t555() -> hd([1, 2]) + hd(tl([1, 2])).

t556() -> binary:part(<<"hello">>, 1, 3).

t557() -> [C - 32 || C <- "abc"].

t558() -> case {1, 2} of {A, B} when A > B -> gt; {A, B} when A < B -> lt; _ -> eq end.

t559() -> L = [1, 2, 3], [H | _] = L, H.

t560() -> N = 3, lists:foldl(fun(I, Acc) when I rem 2 =:= 0 -> Acc + I * N; (_, Acc) -> Acc end, 0, lists:seq(1, 6)).

t561() -> (1 > 2) =:= false.

t562() -> X = if 1 > 2 -> a; true -> b end, X.

t563() -> {A, B} = if 1 > 2 -> {1, 2}; true -> {3, 4} end, A + B.

t564() -> maps:put(a, 1, maps:new()).

t565() -> maps:size(maps:remove(a, #{a => 1, b => 2})).

t566() -> float(3) * 1.5.

t567() -> 3 * 1.5.

t568() -> [X || {X, X} <- [{1, 1}, {1, 2}]].

t569() -> {X, X} = {1, 1}, X.

t570() -> F = fun({A, A}) -> A; (_) -> no end, {F({1, 1}), F({1, 2})}.

t571() -> case {1, 2, 1} of {A, B, A} when B > A -> {A, B}; _ -> no end.

t572() -> {_A, _A} = {1, 1}, _A.

t700() -> {lists:sort([3, 1, 2]), lists:sort([]), lists:sort([1.5, -2.5]), lists:sort([b, a, 'A']), lists:sort([<<"b">>, <<"a">>])}.

t701() -> lists:sort(fun(A, B) -> A >= B end, [3, 1, 2, 3]).

t702() -> lists:sort(fun({A, _}, {B, _}) -> A =< B end, [{1, a}, {0, b}, {1, c}, {0, d}]).

t703() -> lists:keysort(1, [{1, a}, {0, b}, {1, c}, {0, d}, {-1, e}]).

t704() -> lists:keysort(2, [{1, b}, {0, a}]).

t705() -> {lists:keyfind(2, 1, [{1, a}, {2, b}, {2, c}]), lists:keyfind(b, 2, [{1, a}, {2, b}]), lists:keyfind(3, 1, [{1, a}]), lists:keyfind(3, 1, [])}.

t706() -> case lists:keyfind(cup, 1, [{mug, 2}, {cup, 5}]) of {_, N} -> N + 1; false -> 0 end.

t707() -> case lists:keyfind(pot, 1, [{mug, 2}, {cup, 5}]) of {_, N} -> N + 1; false -> 0 end.

t708() -> {lists:max([3, 9, 2]), lists:min([3, 9, 2]), lists:max([1.5, 2.5]), lists:min([b, a]), lists:max([7])}.

t709() -> lists:max([]).

t710() -> lists:zip([1, 2], [a, b]) ++ lists:zip([], []).

t711() -> lists:zip([1, 2], [a]).

t712() -> lists:zip([], [a]).

t713() -> {lists:last([1, 2, 3]), lists:last([9])}.

t714() -> lists:last([]).

t715() -> lists:flatmap(fun(X) -> [X, X * 2] end, [1, 2]).

t716() -> {lists:enumerate([a, b]), lists:enumerate(5, [c]), lists:enumerate([])}.

t717() -> [lists:sublist([1, 2, 3], N) || N <- [0, 1, 3, 9]].

t718() -> lists:sublist([1], -1).

t719() -> {lists:nthtail(1, [1, 2, 3]), lists:nthtail(3, [1, 2, 3]), lists:nthtail(0, [])}.

t720() -> lists:nthtail(2, [1]).

t721() -> maps:merge(#{a => 1, b => 2}, #{b => 3, c => 4}).

t722() -> [{K, lists:sort(Vs)} || {K, Vs} <- lists:keysort(1, [{b, [2, 1]}, {a, []}])].

t723() -> X = 10, lists:sort(fun(A, B) -> (A + X) rem 3 =< (B + X) rem 3 end, [1, 2, 3, 4, 5, 6, 7]).

t724() -> F = fun(A, B) -> A > B end, lists:sort(F, [2, 3, 1]).

t725() -> lists:sort([(I * 17) rem 23 || I <- lists:seq(1, 40)]).

t726() -> lists:keysort(1, [{(I * 17) rem 5, I} || I <- lists:seq(1, 40)]).

t727() -> {A, B} = lists:keyfind(2, 1, [{1, a}, {2, b}]), {B, A}.

t728() -> lists:sort([0.0, -1.0, 0.5]).
