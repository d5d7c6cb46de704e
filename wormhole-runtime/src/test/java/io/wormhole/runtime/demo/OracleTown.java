package io.wormhole.runtime.demo;

import io.wormhole.cluster.settings.FreePorts;
import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.keystore.KeyRing;
import io.wormhole.protocol.keystore.Keystore;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.node.NodeKeys;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of three operators: mina mines, validates and votes; olga asks and lies; carl has a
 * feed that knows better.
 */
final class OracleTown {
    private static final String PASSWORD = "correct horse battery staple";
    private static final List<String> PEOPLE = List.of("mina", "olga", "carl");

    private final Site site;
    private final SortedMap<String, KeyPair> keys = new TreeMap<>();
    private int minaPort;

    OracleTown(Site site) {
        this.site = site;
    }

    void prepare() throws IOException {
        SortedMap<Address, Amount> funds = new TreeMap<>();
        for (String who : PEOPLE) {
            KeyPair operator = KeyPair.generate(new SecureRandom());
            keys.put(who, operator);
            funds.put(operator.address(), Amount.parse("1000"));
        }
        SortedMap<Address, Amount> stakes = new TreeMap<>();
        stakes.put(key("mina").address(), Amount.parse("10000"));
        Genesis genesis = new Genesis(parameters(), System.currentTimeMillis(), funds, stakes);
        Files.write(site.network(), genesis.encoded().toArray());
        minaPort = FreePorts.one();
        Path truth = site.file("truth.json");
        Path lie = site.file("lie.json");
        Files.writeString(truth, "{\"cups\": 3}");
        Files.writeString(lie, "{\"cups\": 12}");
        write("mina", "roles = [miner, validator]\n" + watching(truth, "0"));
        write("olga", feed(lie));
        write("carl", watching(truth, "5"));
    }

    private KeyPair key(String who) {
        return Objects.requireNonNull(keys.get(who));
    }

    /**
     * Windows that survive a restart of the only miner on a busy machine: it mines alone, a block
     * in 200 ms, until the others have dialled it again.
     */
    private static NetworkParameters parameters() {
        NetworkParameters quick = NetworkParameters.development();
        OracleTerms terms = quick.oracles();
        return new NetworkParameters(
                quick.cuckoo(),
                quick.pacing(),
                quick.finality(),
                quick.limits(),
                quick.money(),
                quick.names(),
                quick.channels(),
                new OracleTerms(
                        terms.depositPerBlock(),
                        terms.minimumWindowBlocks(),
                        terms.maximumWindowBlocks(),
                        terms.maximumDelayBlocks(),
                        100,
                        30,
                        terms.shares()));
    }

    private static String feed(Path file) {
        return """
          oracle {
            feeds.counter { kind = file, file = "%s", path = "$.cups" }
            plans.cups { feeds = [counter], combine = majority, yes-when = "< 10" }
          }
        """
                .formatted(file.toAbsolutePath());
    }

    private static String watching(Path file, String mostBond) {
        return feed(file)
                + """
          oracle {
            watch = [{ contains = "CUPS", plan = cups, most-bond = "%s" }]
            budget = "50"
          }
        """
                        .formatted(mostBond);
    }

    private void write(String who, String more) throws IOException {
        Files.createDirectories(site.home(who));
        Files.writeString(site.password(who), PASSWORD + "\n");
        SecureRandom random = new SecureRandom();
        Keystore.create(
                site.keys(who),
                PASSWORD.toCharArray(),
                KeyRing.of(NodeKeys.OPERATOR, key(who))
                        .with(NodeKeys.NODE, KeyPair.generate(random)),
                random);
        boolean isMina = who.equals("mina");
        Files.writeString(
                site.config(who),
                """
                wormhole {
                  data-dir = "%s"
                  network.genesis = "%s"
                  keys { file = "%s", password-file = "%s" }
                  peers { port = %d, dial = [%s] }
                  sessions.port = %d
                  http.port = %d
                  channels { countdown-blocks = 10, minimum-countdown-blocks = 5 }
                %s
                }
                """
                        .formatted(
                                site.data(who).toAbsolutePath(),
                                site.network().toAbsolutePath(),
                                site.keys(who).toAbsolutePath(),
                                site.password(who).toAbsolutePath(),
                                isMina ? minaPort : FreePorts.one(),
                                isMina ? "" : "\"127.0.0.1:" + minaPort + "\"",
                                FreePorts.one(),
                                FreePorts.one(),
                                more));
    }
}
