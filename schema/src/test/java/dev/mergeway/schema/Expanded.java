package dev.mergeway.schema;

import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What specs expanded to, for assertions. */
record Expanded(List<ConcreteResource> resources, List<Finding> findings) {
    List<Finding> errors() {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    /** {@code Kind/name} of all resources. */
    List<String> names() {
        return resources.stream()
                .map(resource -> resource.key().kind() + "/" + resource.key().name())
                .toList();
    }

    /** The resource of a kind and name, such as {@code Deployment/cart}. */
    ConcreteResource resource(String kindAndName) {
        return resources.get(names().indexOf(kindAndName));
    }

    /** What stands at a JSON pointer in the body of a resource, null where nothing does. */
    @Nullable
    Object at(String kindAndName, String pointer) {
        Object here = resource(kindAndName).body();
        for (String part : pointer.substring(1).split("/")) {
            String name = part.replace("~1", "/").replace("~0", "~");
            if (here instanceof Map<?, ?> map) {
                here = map.get(name);
            } else if (here instanceof List<?> list) {
                here = list.get(Integer.parseInt(name));
            }
            if (here == null) {
                return null;
            }
        }
        return here;
    }
}
