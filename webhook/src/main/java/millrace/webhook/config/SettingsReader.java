package millrace.webhook.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.contract.settings.ClickHouseSettings;
import millrace.contract.settings.Environment;
import millrace.contract.settings.Secret;
import millrace.webhook.outgoing.Target;
import millrace.webhook.security.Events;

/** Reads settings from environment variables; what is missing or wrong becomes a sentence. */
record SettingsReader(Map<String, String> environment, List<String> problems) {
    String text(String name, String fallback) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? fallback : value;
    }

    int port(String name, int fallback) {
        String value = text(name, String.valueOf(fallback));
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535) {
            return Integer.parseInt(value);
        }
        problems.add(name + " is '" + value + "', but a port is a number from 0 to 65535.");
        return fallback;
    }

    boolean flag(String name, boolean fallback) {
        String value = text(name, fallback ? "on" : "off");
        if (!value.equals("on") && !value.equals("off")) {
            problems.add(name + " is '" + value + "', but it is on or off.");
        }
        return value.equals("on");
    }

    int number(String name, int fallback, int least, int most) {
        String value = text(name, String.valueOf(fallback));
        if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        problems.add(name + " is '" + value + "', but it is a number from " + least + " to " + most + ".");
        return fallback;
    }

    Optional<Secret> secret(String name) {
        String value = text(name, "");
        String file = text(name + "_FILE", "");
        try {
            return Optional.of(
                            file.isEmpty()
                                    ? value
                                    : Files.readString(Path.of(file)).strip())
                    .filter(text -> !text.isEmpty())
                    .map(Secret::new);
        } catch (IOException | InvalidPathException e) {
            problems.add(name + "_FILE names a file that cannot be read.");
            return Optional.empty();
        }
    }

    List<Secret> secrets(String name) {
        return secret(name).stream()
                .flatMap(all -> Stream.of(all.value().split("\\s+")))
                .map(Secret::new)
                .toList();
    }

    /** Addresses, which may be secret: no problem shows one. */
    List<Target> targets(String name) {
        List<Target> targets = new ArrayList<>();
        int number = 0;
        for (Secret address : secrets(name)) {
            number++;
            Optional<Target> target = Target.parse(address.value());
            if (target.isEmpty()) {
                problems.add(name + ": address number " + number + " is not one such as https://example.org/hook, or"
                        + " slack:https://example.org/hook; without a user and a # in it.");
            }
            target.ifPresent(targets::add);
        }
        return targets.stream().distinct().toList();
    }

    Optional<Events> events(String name) {
        String usual = text("MILLRACE_PIPELINES", ".") + "/webhook.events.yml";
        String file = text(name, Files.exists(Path.of(usual)) ? usual : "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Events.read(Path.of(file)));
        } catch (IOException | InvalidPathException e) {
            problems.add(name + " names " + file + ", which cannot be used: it " + e.getMessage() + ".");
            return Optional.empty();
        }
    }

    List<String> names(String name) {
        return Stream.of(text(name, "").toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(host -> !host.isEmpty())
                .toList();
    }

    Duration seconds(String name, Duration fallback) {
        String value = text(name, String.valueOf(fallback.toSeconds()));
        if (value.matches("[0-9]{1,8}") && Integer.parseInt(value) > 0) {
            return Duration.ofSeconds(Integer.parseInt(value));
        }
        problems.add(name + " is '" + value + "', but a timeout is a number of seconds from 1 to 99999999.");
        return fallback;
    }

    Path command(String name, String meaning) {
        String value = text(name, "");
        if (value.isEmpty() || value.contains("/")) {
            return path(name, meaning);
        }
        return Stream.of(text("PATH", "").split(":"))
                .map(folder -> Path.of(folder, value).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> path(name, meaning));
    }

    Path path(String name, String meaning) {
        String value = text(name, "");
        if (value.isEmpty()) {
            problems.add(name + " is not set: it names " + meaning + ".");
            return null;
        }
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            problems.add(name + " is not a path.");
            return null;
        }
    }

    /** An address that browsers open. */
    Optional<URI> address(String name) {
        String value = text(name, "");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI address = new URI(value);
            if (value.matches("https?://.*") && address.getHost() != null) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        problems.add(name + " is '" + value + "', but an address is such as http://127.0.0.1:8080.");
        return Optional.empty();
    }

    /** Where ClickHouse is; empty when nobody says so. */
    Optional<ClickHouseSettings> clickHouse() {
        if (text("CLICKHOUSE_HOST", "").isEmpty()) {
            return Optional.empty();
        }
        Environment variables = new Environment(environment);
        ClickHouseSettings settings = ClickHouseSettings.read("CLICKHOUSE", variables);
        try {
            variables.refuseProblems();
            return Optional.of(settings);
        } catch (millrace.contract.failure.Failure e) {
            problems.add(e.sentence());
            return Optional.empty();
        }
    }
}
