package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.Canonical;

/** What a transaction does; the sealed families list all kinds. */
public sealed interface TransactionBody extends Canonical
        permits Transfer,
                AccountTransaction,
                ContractTransaction,
                NameTransaction,
                ChannelTransaction,
                StakeTransaction,
                FinalityTransaction,
                OracleTransaction,
                GovernanceTransaction {}
