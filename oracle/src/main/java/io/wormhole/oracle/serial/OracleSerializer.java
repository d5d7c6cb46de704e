package io.wormhole.oracle.serial;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.wormhole.cluster.serial.ProtobufSerializer;
import io.wormhole.oracle.proto.DutyEvent;
import io.wormhole.oracle.proto.DutySnapshot;
import java.util.function.Function;
import org.apache.pekko.actor.ExtendedActorSystem;

/** What operators, challengers and voters store. */
public final class OracleSerializer extends ProtobufSerializer {
    private static final int IDENTIFIER = 7301;

    /** Called by Pekko. */
    public OracleSerializer(ExtendedActorSystem system) {
        super(system, IDENTIFIER);
        stored("DutyEvent", DutyEvent.class, DutyEvent.parser());
        stored("DutySnapshot", DutySnapshot.class, DutySnapshot.parser());
    }

    private <M extends MessageLite> void stored(String manifest, Class<M> type, Parser<M> parser) {
        bind(manifest, type, parser, Function.identity(), Function.identity());
    }
}
