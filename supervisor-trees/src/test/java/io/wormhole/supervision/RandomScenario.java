package io.wormhole.supervision;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A random tree, up to four supervisors deep, and random events, in the shape of the scenario file.
 */
final class RandomScenario {
    private static final int MAX_DEPTH = 4;
    private static final int EVENTS = 14;
    private static final List<List<String>> STARTS =
            List.of(
                    List.of("ok", "error", "ok"),
                    List.of("ok", "error", "error", "ok"),
                    List.of("ok", "ok", "error"),
                    List.of("ok", "ignore", "ok"),
                    List.of("ignore", "ok"),
                    List.of("error", "ok"));

    private final SplittableRandom random;
    private final List<String> workers = new ArrayList<>();
    private final List<String> supervisors = new ArrayList<>(List.of(""));
    private final List<String> simple = new ArrayList<>();
    private final Map<String, String> owners = new HashMap<>();
    private int ids;

    private RandomScenario(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The row of this seed. */
    static Map<String, Object> row(long seed) {
        RandomScenario scenario = new RandomScenario(seed);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", "seed " + seed);
        scenario.supervisor(row, "", 1);
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(scenario.event());
        }
        row.put("events", events);
        return row;
    }

    static Config config(Map<String, Object> row) {
        return ConfigFactory.parseMap(row);
    }

    /** The row as an Erlang term: objects as maps, words as atoms. */
    static String toErlang(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((key, item) -> entries.add("'" + key + "' => " + toErlang(item)));
            return "#{" + String.join(", ", entries) + "}";
        }
        if (value instanceof List<?> list) {
            return "["
                    + String.join(", ", list.stream().map(RandomScenario::toErlang).toList())
                    + "]";
        }
        return value instanceof String word ? "'" + word + "'" : value.toString();
    }

    private void supervisor(Map<String, Object> row, String id, int depth) {
        boolean dynamic = chance(15);
        String auto = pick("never", "never", "any_significant", "all_significant");
        row.put(
                "strategy",
                dynamic
                        ? "simple_one_for_one"
                        : pick("one_for_one", "one_for_all", "rest_for_one"));
        row.put("intensity", random.nextInt(0, 5));
        row.put("period", 3600);
        row.put("auto_shutdown", auto);
        List<Map<String, Object>> children = new ArrayList<>();
        int number = dynamic ? 1 : random.nextInt(1, 5);
        for (int i = 0; i < number; i++) {
            if (!dynamic && depth < MAX_DEPTH && chance(35)) {
                children.add(subtree(auto, depth + 1));
            } else {
                children.add(worker(dynamic ? "x" + ids++ : addWorker("w", id), auto, dynamic));
            }
        }
        row.put("children", children);
        if (dynamic) {
            simple.add(id);
        }
    }

    private Map<String, Object> subtree(String parentAuto, int depth) {
        String id = "s" + ids++;
        supervisors.add(id);
        Map<String, Object> row = new LinkedHashMap<>();
        rules(row, id, "supervisor", parentAuto);
        row.put("shutdown", "infinity");
        supervisor(row, id, depth);
        return row;
    }

    private Map<String, Object> worker(String id, String auto, boolean template) {
        Map<String, Object> row = new LinkedHashMap<>();
        rules(row, id, "worker", auto);
        row.put("shutdown", chance(15) ? "brutal_kill" : chance(15) ? "infinity" : 1000);
        if (!template && chance(18)) {
            row.put("starts", STARTS.get(random.nextInt(STARTS.size())));
        }
        return row;
    }

    private void rules(Map<String, Object> row, String id, String type, String auto) {
        String restart = pick("permanent", "permanent", "transient", "temporary");
        row.put("id", id);
        row.put("type", type);
        row.put("restart", restart);
        if (!auto.equals("never") && !restart.equals("permanent") && chance(40)) {
            row.put("significant", true);
        }
    }

    private Map<String, Object> event() {
        Map<String, Object> event = new LinkedHashMap<>();
        int kind = random.nextInt(100);
        if (kind < 45 && !workers.isEmpty()) {
            event.put("op", "exit");
            event.put("child", anyWorker());
            event.put(
                    "reason",
                    pick("normal", "shutdown", "{shutdown,done}", "abnormal", "abnormal", "kill"));
        } else if (kind < 60 || workers.isEmpty()) {
            startEvent(event);
        } else if (kind < 98) {
            String op = pick("terminate_child", "restart_child", "delete_child");
            event.put("op", op);
            at(event, anySupervisor());
            event.put("child", chance(25) ? anySubtreeOr("w0") : anyWorker());
            if (chance(20) && !simple.isEmpty()) {
                event.put("op", "terminate_instance");
                event.put("child", anyWorker());
                event.remove("sup");
                at(event, simple.get(random.nextInt(simple.size())));
            }
        } else {
            event.put("op", "stop");
        }
        return event;
    }

    private void startEvent(Map<String, Object> event) {
        if (!simple.isEmpty() && chance(70)) {
            event.put("op", "start_instance");
            at(event, simple.get(random.nextInt(simple.size())));
            event.put("label", addWorker("i", "instances"));
            event.put(
                    "starts",
                    chance(25) ? List.of("ok", "error", "ok") : List.of(pick("ok", "ok", "error")));
        } else {
            event.put("op", "start_child");
            at(event, anyOrdered());
            String supervisor = (String) event.getOrDefault("sup", "");
            List<String> own =
                    workers.stream().filter(w -> supervisor.equals(owners.get(w))).toList();
            String id =
                    chance(40) && !own.isEmpty()
                            ? own.get(random.nextInt(own.size()))
                            : addWorker("d", supervisor);
            event.put("spec", worker(id, "never", false));
        }
    }

    private static void at(Map<String, Object> event, String supervisor) {
        if (!supervisor.isEmpty()) {
            event.put("sup", supervisor);
        }
    }

    private String addWorker(String prefix, String supervisor) {
        String id = prefix + ids++;
        owners.put(id, supervisor);
        workers.add(id);
        return id;
    }

    private String anyWorker() {
        return workers.get(random.nextInt(workers.size()));
    }

    private String anySupervisor() {
        return supervisors.get(random.nextInt(supervisors.size()));
    }

    private String anyOrdered() {
        String any = anySupervisor();
        return simple.contains(any) ? "none" : any;
    }

    private String anySubtreeOr(String otherwise) {
        String any = anySupervisor();
        return any.isEmpty() ? otherwise : any;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }
}
