package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.expression.Scope;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What all instances of one expansion have in common.
 *
 * @param environment where they belong
 * @param variable what expressions see as {@code environment}
 * @param markers the late values
 * @param files what they may refer to
 */
record Surroundings(Environment environment, Map<String, Object> variable, Markers markers, Files files) {
    static Surroundings of(Environment environment, Files files) {
        Map<String, Object> variable = new LinkedHashMap<>(environment.spec().body());
        variable.put("name", environment.name());
        variable.put("tier", environment.tier().label());
        variable.put("targets", new java.util.TreeMap<>(environment.targets()));
        String team = environment.spec().metadata().team();
        if (team != null) {
            variable.put("team", team);
        }
        return new Surroundings(environment, variable, new Markers(), files);
    }

    /** Markers and the files as seen from the folder of the file. */
    Scope scope(String file) {
        int slash = file.lastIndexOf('/');
        String folder = slash < 0 ? "" : file.substring(0, slash);
        return new Scope(markers, path -> Paths.within(folder, path).flatMap(files::read));
    }

    /** Whose target serves the provider. */
    Optional<String> target(String provider) {
        return Optional.ofNullable(environment.targets().get(provider));
    }
}
