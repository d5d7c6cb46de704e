%% An order of cups, paid one by one as the line delivers them: order.wha in Erlang.
%%
%% terms    {network, order id, price, count, attestation key, maker, customer, deadline}
%% state    how many cups were delivered and paid
%% message  {sender, height, locked, payload}; payload {<<"deliver">>, cup, signature}
-module(order).
-export([contract/3]).

contract(Terms, Delivered, Message) ->
    Payload = element(4, Message),
    case element(1, Payload) =:= <<"deliver">> of
        true ->
            deliver(Terms, Delivered, element(2, Message),
                    element(2, Payload), element(3, Payload));
        false ->
            error(<<"unknown message">>)
    end.

deliver(Terms, Delivered, Height, Cup, Signature) ->
    if Cup =/= Delivered + 1 -> error(<<"not the next cup">>); true -> ok end,
    case Cup > element(4, Terms) of
        true -> error(<<"more cups than ordered">>);
        false -> ok
    end,
    case Height > element(8, Terms) of
        true -> error(<<"after the deadline">>);
        false -> ok
    end,
    case ed25519(element(5, Terms), attested_bytes(Terms, Cup), Signature) of
        true -> ok;
        false -> error(<<"the attestation is not the line's">>)
    end,
    {Cup, pay(element(6, Terms), element(3, Terms)), []}.

%% What the line signs: tag, network, order id, cup as four bytes.
attested_bytes(Terms, Cup) ->
    <<"wormhole/delivery/1", 0,
      (element(1, Terms))/binary, (element(2, Terms))/binary, Cup:32>>.

%% Payouts of a channel of two.
pay(Participant, Amount) ->
    if Participant =:= 0 -> [Amount, 0]; true -> [0, Amount] end.
