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
